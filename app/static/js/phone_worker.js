// Keeps the page and its files, so that it opens in a cellar. TOLD stands above: page, files, static.
const NAME = `phone:${TOLD.page}:${hash(JSON.stringify(TOLD.files))}`;
const PATIENCE_MS = 6000; // a hall's network is often there and does not move

function hash(text) {
  let sum = 5381;
  for (const letter of text) sum = (sum * 33 + letter.codePointAt(0)) % 4_294_967_296;
  return sum.toString(36);
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const kept = await caches.open(NAME);
    await kept.addAll(TOLD.files);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(`phone:${TOLD.page}:`) && name !== NAME) await caches.delete(name);
    await self.clients.claim();
  })());
});

async function page(request) {
  const kept = await caches.open(NAME);
  const before = await kept.match(TOLD.page);
  const fresh = fetch(request).then((response) => {
    if (response.ok && response.type === "basic") return kept.put(TOLD.page, response.clone()).then(() => response);
    return response.status >= 500 && before ? before : response;
  });
  if (!before) return fresh;
  fresh.catch(() => {});
  const later = new Promise((done) => setTimeout(() => done(before.clone()), PATIENCE_MS));
  return Promise.race([fresh, later]).catch(() => before);
}

// What is not on the list is kept when it was needed once: the Chinese font, on a machine that has none of its own.
async function file(request) {
  const kept = await caches.open(NAME);
  const before = await kept.match(request);
  if (before) return before;
  const fresh = await fetch(request);
  if (fresh.status === 200) await kept.put(request, fresh.clone()).catch(() => {});
  return fresh;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate" && address.pathname === TOLD.page) event.respondWith(page(request));
  else if (address.pathname.startsWith(TOLD.static)) event.respondWith(file(request));
});

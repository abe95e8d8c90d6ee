// The phone's own database: acts that wait to be sent, and what the page shows without network. Where the browser keeps
// nothing (a private window), the same answers come from memory, and `forgets` says so.
let opened = null;
let memory = null;

function wished(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
}

export async function open(slug) {
  try {
    const asked = indexedDB.open(`signing-day-phone-${slug}`, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("acts", { keyPath: "client_id" });
      asked.result.createObjectStore("kept");
    };
    opened = await wished(asked);
    opened.onversionchange = () => opened.close();
    navigator.storage?.persist?.().catch(() => {});
  } catch {
    memory = { acts: new Map(), kept: new Map() };
  }
}

export const forgets = () => memory !== null;

// An act is kept only when the transaction is complete, not when the request was taken.
function written(store, work) {
  return new Promise((done, failed) => {
    const transaction = opened.transaction(store, "readwrite");
    transaction.oncomplete = () => done();
    transaction.onerror = transaction.onabort = () => failed(transaction.error);
    work(transaction.objectStore(store));
  });
}

export async function acts() {
  const all = memory ? [...memory.acts.values()] : await wished(opened.transaction("acts").objectStore("acts").getAll());
  return all.sort((a, b) => a.happened_at - b.happened_at || (a.client_id < b.client_id ? -1 : 1));
}

export async function keep(list) {
  if (memory) list.forEach((act) => memory.acts.set(act.client_id, act));
  else await written("acts", (store) => list.forEach((act) => store.put(act)));
}

export async function drop(ids) {
  if (memory) ids.forEach((id) => memory.acts.delete(id));
  else if (ids.length) await written("acts", (store) => ids.forEach((id) => store.delete(id)));
}

export async function remember(key, value) {
  if (memory) memory.kept.set(key, value);
  else await written("kept", (store) => store.put(value, key));
}

export async function recall(key) {
  return memory ? memory.kept.get(key) : wished(opened.transaction("kept").objectStore("kept").get(key));
}

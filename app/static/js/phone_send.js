// Sends what waits. Nothing leaves the store before the server has answered for it by its id.
import * as store from "./phone_store.js";

const TIMEOUT_MS = 15_000;
const PHOTO_TIMEOUT_MS = 90_000;
const AT_ONCE = 50;

export class Trouble extends Error {
  constructor(kind) {
    super(kind);
    this.kind = kind; // off, signed_out, forbidden, fault
  }
}

export async function ask(url, options = {}, timeout = TIMEOUT_MS) {
  let response;
  try {
    response = await fetch(url, {
      redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(timeout), ...options,
      headers: { Accept: "application/json", ...options.headers },
    });
  } catch {
    throw new Trouble("off");
  }
  if (response.type === "opaqueredirect" || response.status === 401) throw new Trouble("signed_out");
  if (response.status === 403) throw new Trouble("forbidden");
  if (response.status === 413) return { state: "refused", code: "too_large", text: document.querySelector("[data-phone]").dataset.sayTooLarge };
  if ([502, 503, 504].includes(response.status)) throw new Trouble("off");
  if (!response.ok) throw new Trouble("fault");
  return response.json().catch(() => { throw new Trouble("off"); }); // a hotel's network answers with its own page
}

// Who is signed in may have changed while the phone had no network: nobody's acts go out under another's name.
async function sendAll(base) {
  const hello = await ask(`${base}hello.json`);
  const token = { "X-CSRFToken": hello.token };
  const all = (await store.acts()).filter((act) => !act.refused);
  const mine = all.filter((act) => act.user === hello.user);
  const plain = mine.filter((act) => !act.photo);
  const post = async (some) => {
    const sent = some.map(({ client_id, kind, material_id, quantity, place, note, happened_at, box }) => (
      { client_id, kind, material_id, quantity, place, note, happened_at, box }));
    const body = JSON.stringify({ acts: sent, phone_now: Date.now() });
    const answer = await ask(`${base}sync`, { method: "POST", body, headers: { ...token, "Content-Type": "application/json" } });
    await settle(some, answer.results ?? []);
  };
  for (let at = 0; at < plain.length; at += AT_ONCE) await oneByOneAfterFault(plain.slice(at, at + AT_ONCE), post);
  for (const act of mine.filter((each) => each.photo)) {
    const form = new FormData();
    for (const name of ["client_id", "material_id", "happened_at", "note"]) form.set(name, act[name] ?? "");
    form.set("phone_now", Date.now());
    form.set("file", new Blob([act.photo], { type: "image/jpeg" }), "photo.jpg");
    const answer = await ask(`${base}photo`, { method: "POST", body: form, headers: token }, PHOTO_TIMEOUT_MS);
    await settle([act], [{ ...answer, client_id: act.client_id }]);
  }
  return { sent: mine.length, others: all.length - mine.length, hello };
}

// One act that the server stumbles over must not hold up those that came with it.
async function oneByOneAfterFault(some, post) {
  try {
    await post(some);
  } catch (error) {
    if (error.kind !== "fault" || some.length === 1) throw error;
    let last = null;
    for (const act of some) await post([act]).catch((fault) => { last = fault; });
    if (last) throw last;
  }
}

// Accepted and duplicate leave the phone; refused stays, with the reason, until the person has seen it.
async function settle(some, results) {
  const by = new Map(results.map((each) => [each.client_id, each]));
  const done = some.filter((act) => ["accepted", "duplicate"].includes(by.get(act.client_id)?.state));
  const refused = some.filter((act) => by.get(act.client_id)?.state === "refused");
  await store.keep(refused.map((act) => ({ ...act, refused: by.get(act.client_id).text || by.get(act.client_id).code || "?" })));
  await store.drop(done.map((act) => act.client_id));
  if (done.length + refused.length < some.length) throw new Trouble("fault");
}

// Two open pages of one phone do not send at the same time; if they did, the server would count each act once.
export function send(base) {
  if (!navigator.locks) return sendAll(base);
  return navigator.locks.request(`send ${base}`, () => sendAll(base));
}

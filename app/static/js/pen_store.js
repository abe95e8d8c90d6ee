// What a device must not lose, and sending it until somebody has answered.

export function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`pen-${name}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(`pen-${name}`);
    else localStorage.setItem(`pen-${name}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing still sends.
  }
}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const pause = (ms) => new Promise((done) => {
  const timer = setTimeout(done, ms);
  window.addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
});

// Resolves only when the server has said yes or no. A server that is down or busy is asked again for as long as it takes.
// What is too large may be refused by a server before ours, in words that are none of ours: `sayLarge` is said then.
export async function deliver(url, body, onWaiting, sayLarge) {
  for (let wait = 800; ; wait = Math.min(wait * 1.7, 8000)) {
    try {
      const response = await fetch(url, {
        method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body), signal: AbortSignal.timeout(15_000),
      });
      if (response.status === 413) return { ok: false, code: "too_large", text: sayLarge };
      if (response.status < 500 && response.status !== 429) {
        const answer = await response.json();
        return { ok: response.ok, code: answer.error ?? "", text: answer.text ?? "" };
      }
    } catch {
      // No line, or an answer that is none of ours.
    }
    onWaiting();
    await pause(wait);
  }
}

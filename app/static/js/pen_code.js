// The code by SMS. It needs the line; what it says stands beside the field.

export function startCode(box, onPassed) {
  if (!box) return;
  const field = box.querySelector("[data-code-field]");
  const said = box.querySelector("[data-code-said]");

  async function ask(url, body) {
    try {
      const response = await fetch(url, {
        method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body), signal: AbortSignal.timeout(10_000),
      });
      const answer = await response.json();
      return { ok: response.ok, text: answer.text ?? "" };
    } catch {
      return { ok: false, text: said.dataset.sayOff };
    }
  }

  box.querySelector("[data-code-send]").addEventListener("click", async () => {
    const answer = await ask(box.dataset.sendUrl, {});
    said.textContent = answer.ok ? said.dataset.saySent : answer.text;
    field.focus();
  });
  async function check() {
    const answer = await ask(box.dataset.checkUrl, { code: field.value.trim() });
    said.textContent = answer.text;
    if (!answer.ok) return;
    box.hidden = true;
    onPassed();
  }
  box.querySelector("[data-code-check]").addEventListener("click", check);
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); check(); } });
}

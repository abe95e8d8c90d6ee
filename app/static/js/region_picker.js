// A region chosen by search or level by level: a dialog beside every [data-region-picker]. The field itself stays a
// text field that understands names and codes, so everything works without this.
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

class Picker {
  constructor(field) {
    this.field = field;
    this.say = JSON.parse(field.dataset.say); // in the language of the page
    this.many = Boolean(field.dataset.many);
    const open = element("button", { type: "button", class: "btn rp-open" }, this.say.open);
    open.addEventListener("click", () => this.open());
    if (this.many) field.after(open);
    else {
      const beside = element("div", { class: "with-act" });
      field.replaceWith(beside);
      beside.append(field, open);
    }
  }

  open() {
    this.dialog ??= this.build();
    this.dialog.showModal();
    this.input.value = "";
    this.load({});
    this.input.focus();
  }

  build() {
    this.input = element("input", { type: "search", class: "form-control", "aria-label": this.say.search, placeholder: this.say.search });
    this.trail = element("nav", { class: "rp-trail" });
    this.list = element("ul", { class: "rp-list" });
    const close = element("button", { type: "button", class: "btn btn-ghost" }, this.say.close);
    close.addEventListener("click", () => this.dialog.close());
    const dialog = element("dialog", { class: "rp", "aria-label": this.say.open }, element("div", { class: "rp-head" }, this.input, close), this.trail, this.list);
    this.input.addEventListener("input", () => {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.load(this.input.value.trim() ? { q: this.input.value } : {}), 180);
    });
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.list.querySelector(".rp-take")?.click(); }
      if (event.key === "ArrowDown") { event.preventDefault(); this.list.querySelector("button")?.focus(); }
    });
    this.list.addEventListener("keydown", (event) => this.move(event));
    document.body.append(dialog);
    return dialog;
  }

  move(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const row = event.target.closest("li");
    const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    (next?.querySelector("button") ?? this.input).focus();
  }

  async load(query) {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const answer = await fetch(`${this.field.dataset.regionPicker}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || asked !== this.asked) return;
    this.show(await answer.json());
  }

  show({ trail, here, rows }) {
    this.trail.replaceChildren();
    if (trail.length) {
      this.trail.append(this.step(this.say.all, {}));
      for (const place of trail) this.trail.append("›", this.step(place.name, { in: place.id }));
    }
    const shown = here ? [here, ...rows] : rows;
    this.list.replaceChildren(...shown.map((row) => this.row(row)));
    if (!shown.length) this.list.append(element("li", { class: "rp-none" }, this.say.none));
  }

  step(name, query) {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => this.load(query));
    return button;
  }

  row(row) {
    const take = element("button", { type: "button", class: "rp-take" }, element("strong", {}, row.name), element("span", {}, [row.kind, row.where].filter(Boolean).join(" · ")));
    take.addEventListener("click", () => this.take(row.value));
    if (!row.parts) return element("li", {}, take);
    const into = element("button", { type: "button", class: "rp-in", "aria-label": `${this.say.into}: ${row.name}` }, "›");
    into.addEventListener("click", () => { this.input.value = ""; this.load({ in: row.id }); });
    return element("li", {}, take, into);
  }

  take(value) {
    const before = this.field.value.trim();
    this.field.value = this.many && before ? `${before}\n${value}` : value;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.dialog.close();
    this.field.focus();
  }
}

for (const field of document.querySelectorAll("[data-region-picker]")) new Picker(field);

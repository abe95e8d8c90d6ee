// Draws rows and cards from what the phone knows, with what waits to be sent laid over it.
const root = document.querySelector("[data-phone]");
export const say = root.dataset;

export const words = (key, facts = {}) => say[key].replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");

export function piece(id) {
  return document.getElementById(id).content.cloneNode(true);
}

export const place = (part, name) => part.querySelector(`[data-f="${name}"]`);

// The same fold as the server's, for what is not there yet: it only has to be right until the answer comes.
export function laidOver(data, acts) {
  const items = new Map(data.items.map((item) => [item.id, { ...item, waits: 0 }]));
  const boxes = data.boxes.map((box) => ({ ...box }));
  for (const act of acts) {
    if (act.refused) continue;
    const item = items.get(act.material_id);
    if (act.kind === "box_moved") {
      const box = boxes.find((each) => each.code === act.box);
      if (box) box.place = act.place;
    }
    if (!item) continue;
    item.waits += 1;
    if (act.kind === "ticked" || act.kind === "unticked") item.stands = act.kind === "ticked";
    if (act.kind === "counted") Object.assign(item, { here: act.quantity, has_come: true }, act.client_id.startsWith("settle-") ? { dispute: null } : {});
    if (act.kind === "damaged") Object.assign(item, { damaged: item.damaged + act.quantity, here: Math.max(0, item.here - act.quantity) });
    if (act.place) item.place = act.place;
  }
  return { ...data, items, boxes };
}

export const under = (...parts) => [...new Set(parts.filter(Boolean))].join(" · ");

export function row(item, more = "") {
  const part = piece("t-row");
  const button = part.querySelector("button");
  button.dataset.item = item.id;
  button.classList.toggle("is-done", item.stands);
  place(part, "stands").hidden = !item.stands;
  place(part, "open").hidden = item.stands;
  place(part, "name").textContent = item.name;
  place(part, "sub").textContent = more || under(item.zone, item.place);
  place(part, "here").textContent = item.has_come ? item.here : "–";
  place(part, "wanted").textContent = item.undecided ? "" : `/ ${item.wanted}${item.unit ? ` ${item.unit}` : ""}`;
  place(part, "differ").hidden = !item.dispute;
  place(part, "waits").hidden = !item.waits;
  return part;
}

export function boxRow(box) {
  const part = piece("t-row");
  part.querySelector("button").dataset.box = box.code;
  place(part, "open").hidden = true;
  place(part, "box").hidden = false;
  place(part, "name").textContent = box.name || box.code;
  place(part, "sub").textContent = under(box.place, box.name ? box.code : "");
  place(part, "here").textContent = box.contents.length || "–";
  return part;
}

function choices(part, places, now) {
  const into = part.querySelector("[data-places]");
  for (const each of places) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: each });
    Object.assign(button.dataset, { do: "move", place: each });
    if (each === now) button.setAttribute("aria-current", "true");
    into.append(button);
  }
}

function allowed(part) {
  if (!say.mayEdit) part.querySelectorAll("[data-edit], [data-panel-is]").forEach((each) => each.remove());
}

export function itemCard(item, data) {
  const part = piece("t-item");
  place(part, "name").textContent = item.name;
  place(part, "sub").textContent = under(item.zone, item.place, item.owner);
  place(part, "here").textContent = item.has_come ? item.here : "–";
  place(part, "wanted").textContent = item.undecided ? "–" : item.wanted;
  place(part, "unit").textContent = item.undecided ? words("sayUndecided") : words("sayWanted", { n: item.unit }).trim();
  place(part, "damaged").textContent = item.damaged;
  if (item.dispute) {
    const [a, b] = item.dispute;
    place(part, "dispute").hidden = false;
    place(part, "says").textContent = words("sayDispute", { a: a.counted, whoa: a.by, ata: a.at, b: b.counted, whob: b.by, atb: b.at, taken: item.here });
    part.querySelectorAll("[data-which]").forEach((button) => {
      button.textContent = words("sayRight", { n: item.says[button.dataset.which] });
      button.dataset.number = item.says[button.dataset.which];
    });
  }
  part.querySelector("[data-do=tick]").hidden = item.stands;
  part.querySelector("[data-do=untick]").hidden = !item.stands;
  const all = part.querySelector("[data-do=all-here]");
  all.hidden = item.undecided || !item.wanted;
  all.textContent = words("sayAllHere", { n: item.wanted });
  all.dataset.number = item.wanted;
  part.querySelector("[data-number-of=count]").value = item.has_come ? item.here : item.wanted;
  choices(part, data.places, item.place);
  const boxes = data.boxes.filter((box) => box.contents.some(([id]) => id === item.id));
  place(part, "boxes").hidden = !boxes.length;
  place(part, "boxes").textContent = boxes.map((box) => under(words("sayInBox", { name: box.name || box.code }), box.place)).join("; ");
  place(part, "whole").href = `${say.material}${item.id}`;
  allowed(part);
  return part;
}

export function boxCard(box, data) {
  const part = piece("t-box");
  place(part, "name").textContent = box.name || box.code;
  place(part, "sub").textContent = under(box.place, box.code, words("sayItems", { n: box.contents.length }));
  const list = part.querySelector("[data-contents]");
  for (const [id, number] of box.contents) {
    const item = data.items.get(id);
    if (item) list.append(row(item, words("sayOfBox", { n: number })));
  }
  if (!box.contents.length) part.querySelector("[data-do=tick-all]")?.remove();
  choices(part, data.places, box.place);
  place(part, "whole").href = `${say.stock}${box.code}`;
  allowed(part);
  return part;
}

export function said(act) {
  const key = { ticked: "sayTicked", unticked: "sayUnticked", counted: "sayCounted", moved: "sayMoved", damaged: "sayDamaged", box_moved: "sayBoxMoved" }[act.kind];
  return act.photo ? words("sayPhoto") : words(key ?? "sayTicked", { n: act.quantity, place: act.place });
}

// The editor of a plan's section. What is typed is kept in the plain field behind it, which the form sends; the server
// cleans it again, whatever comes from here.
const TAGS = ["p", "br", "h3", "h4", "strong", "b", "u", "s", "ul", "ol", "li", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"];
const TAG = /<([a-z][\w:-]*)\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const JOINED = /\s(?:colspan|rowspan)\s*=\s*["']?\d+["']?/gi;

function clean(html) {
  // Attributes that we drop anyway are taken out first: a browser that only reads them already tells of an offence
  // against the security policy.
  const bare = html.replace(/<(style|script|xml|svg|o:p)\b[\s\S]*?<\/\1>/gi, "").replace(/<!--[\s\S]*?-->/g, "")
    .replace(TAG, (_all, tag, attributes) => `<${tag}${(attributes.match(JOINED) ?? []).join("")}>`);
  const fragment = DOMPurify.sanitize(bare, {
    ALLOWED_TAGS: TAGS, ALLOWED_ATTR: ["colspan", "rowspan"], RETURN_DOM_FRAGMENT: true, FORCE_BODY: false,
  });
  return document.importNode(fragment, true);
}

function begin(box) {
  const field = box.querySelector("textarea"), area = box.querySelector("[data-editor-area]");
  const bar = box.querySelector("[data-editor-bar]"), insert = box.querySelector("[data-editor-insert]");
  const editor = new Squire(area, { blockTag: "P", addLinks: false, sanitizeToDOMFragment: clean });
  const first = /<[a-z]/i.test(field.value) ? field.value : field.value.split(/\n\s*\n/).map((text) => `<p>${text.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</p>`).join("");
  editor.setHTML(first);
  area.hidden = bar.hidden = false;
  field.hidden = true;
  field.removeAttribute("id");
  area.id = "body";
  let touched = false;
  editor.addEventListener("input", () => {
    if (!touched) { touched = true; return; } // its own first setting
    field.value = editor.getHTML();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  area.addEventListener("keydown", () => { touched = true; }, { once: true });
  field.form.addEventListener("submit", () => { field.value = editor.getHTML(); }, { capture: true });

  const block = (tag) => editor.modifyBlocks((fragment) => {
    for (const old of [...fragment.querySelectorAll("p, h3, h4")]) {
      if (old.closest("li, td, th")) continue;
      const made = document.createElement(old.tagName.toLowerCase() === tag ? "p" : tag);
      made.append(...old.childNodes);
      old.replaceWith(made);
    }
    return fragment;
  });
  const acts = {
    bold: () => (editor.hasFormat("B") || editor.hasFormat("STRONG") ? editor.removeBold() : editor.bold()),
    underline: () => (editor.hasFormat("U") ? editor.removeUnderline() : editor.underline()),
    heading: () => block("h3"),
    subheading: () => block("h4"),
    text: () => { if (editor.hasFormat("LI")) editor.removeList(); else block("p"); },
    list: () => (editor.hasFormat("UL") ? editor.removeList() : editor.makeUnorderedList()),
    numbers: () => (editor.hasFormat("OL") ? editor.removeList() : editor.makeOrderedList()),
    undo: () => editor.undo(),
    redo: () => editor.redo(),
  };
  const is = {
    bold: () => editor.hasFormat("B") || editor.hasFormat("STRONG"), underline: () => editor.hasFormat("U"),
    heading: () => editor.hasFormat("H3"), subheading: () => editor.hasFormat("H4"), text: () => false,
    list: () => editor.hasFormat("UL"), numbers: () => editor.hasFormat("OL"),
  };
  const show = () => {
    for (const button of bar.querySelectorAll("[data-do][aria-pressed]")) button.setAttribute("aria-pressed", String(is[button.dataset.do]()));
  };
  bar.addEventListener("mousedown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    touched = true;
    acts[button.dataset.do]();
    editor.focus();
    show();
  });
  editor.addEventListener("pathChange", show);
  editor.addEventListener("select", show);
  insert.addEventListener("change", () => {
    const option = insert.selectedOptions[0];
    if (!insert.value) return;
    touched = true;
    const text = `{{${insert.value}}}`;
    editor.focus();
    if ("block" in option.dataset) editor.insertHTML(`<p>${text}</p><p><br></p>`);
    else editor.insertPlainText(text);
    insert.value = "";
  });
  arrows(bar);
}

// In a toolbar the arrow keys go from button to button, and the tab key leaves it.
function arrows(bar) {
  const stops = [...bar.querySelectorAll("button, select")];
  stops.forEach((stop, index) => { stop.tabIndex = index ? -1 : 0; });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = stops.indexOf(document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = stops[(at + step + stops.length) % stops.length];
    stops.forEach((stop) => { stop.tabIndex = stop === next ? 0 : -1; });
    next.focus();
  });
}

for (const box of document.querySelectorAll("[data-editor]")) begin(box);

// Light, dark, or as the device: changed at once here, and kept in the cookie that the server reads.
const root = document.documentElement;
const system = window.matchMedia("(prefers-color-scheme: dark)");

function show(theme) {
  root.dataset.theme = theme;
  root.dataset.bsTheme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
  for (const button of document.querySelectorAll("[data-theme-form] [aria-pressed]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

system.addEventListener("change", () => {
  if (root.dataset.theme === "auto") show("auto");
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-form]")) return;
  event.preventDefault();
  const button = event.submitter;
  const theme = button?.hasAttribute("data-theme-flip") ? (root.dataset.bsTheme === "dark" ? "light" : "dark") : button?.value;
  if (!theme) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
  show(theme);
});

// Runs before the first paint: a page that flashes white in a dark hall is worse than a small blocking script.
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  if (root.dataset.theme === "auto" && window.matchMedia) {
    root.dataset.bsTheme = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
})();

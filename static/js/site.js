/* Small comforts. Every page reads, searches and pages without this file. */
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = document.querySelector(".find input");
    if (box) {
      event.preventDefault();
      box.focus();
    }
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});

// What a number is made of opens in place; with a modifier key, without htmx or after a failure it is a page.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-panel]");
  const panel = document.getElementById("panel");
  if (event.target === panel) panel.close();
  if (!link || !panel || !window.htmx || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  const body = panel.querySelector("#panel-body");
  const before = body.firstElementChild;
  link.setAttribute("aria-busy", "true");
  window.htmx
    .ajax("GET", link.href, { source: panel, target: body, swap: "innerHTML" })
    .then(() => {
      link.removeAttribute("aria-busy");
      if (body.firstElementChild === before) {
        window.location.assign(link.href);
        return;
      }
      if (!panel.open) panel.showModal();
      panel.scrollTop = 0;
    });
});

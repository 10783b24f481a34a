/* Suggestions under a search box, as an ARIA combobox. Without this file the box is a plain form.
   A choice leads to its page; in a form with `data-choose` it leads to that address with the id of what was chosen. */
"use strict";

(() => {
  const PAUSE = 120;
  const FEWEST = 2;

  function attach(form) {
    const input = form.querySelector("input[type=search]");
    const list = form.querySelector("[role=listbox]");
    const status = form.querySelector("[role=status]");
    if (!form.dataset.suggest || !input || !list || input.getAttribute("role")) return;
    let timer = 0;
    let asking = null;
    let active = -1;

    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    const options = () => [...list.querySelectorAll("[role=option]")];

    function close() {
      window.clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
      status.textContent = "";
    }

    function mark(next) {
      const all = options();
      if (!all.length) return;
      active = next < -1 ? all.length - 1 : next >= all.length ? -1 : next;
      all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      input.setAttribute("aria-activedescendant", all[active].id);
      all[active].scrollIntoView({ block: "nearest" });
    }

    async function ask() {
      const text = input.value.trim();
      if (text.length < FEWEST) return close();
      if (asking) asking.abort();
      asking = new AbortController();
      try {
        const address = new URL(form.dataset.suggest, window.location.href);
        address.searchParams.set("q", text);
        const answer = await fetch(address, { signal: asking.signal });
        if (!answer.ok) return close();
        const page = new DOMParser().parseFromString(`<ul>${await answer.text()}</ul>`, "text/html");
        const found = [...page.querySelectorAll("li")];
        found.forEach((item, at) => {
          if (item.id) item.id = `${list.id}-${at}`;
        });
        list.replaceChildren(...found);
      } catch (error) {
        if (error.name !== "AbortError") close();
        return;
      }
      active = -1;
      input.removeAttribute("aria-activedescendant");
      const count = options().length;
      list.hidden = !count || document.activeElement !== input;
      input.setAttribute("aria-expanded", String(!list.hidden));
      status.textContent = count ? `${status.dataset.count} ${count}` : "";
    }

    // Whoever shows pages in place goes there itself.
    function choose(option) {
      const { id, url } = option.dataset;
      const address = form.dataset.choose === undefined ? url : form.dataset.choose + id;
      if (form.dispatchEvent(new CustomEvent("choose", { bubbles: true, cancelable: true, detail: address }))) {
        window.location.assign(address);
      }
    }

    input.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, PAUSE);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else mark(active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        choose(options()[active]);
      }
    });
    // Before the box loses its focus, or the list would be gone.
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option && event.button === 0) choose(option);
    });
  }

  window.colophonSuggest = () => document.querySelectorAll("form[data-suggest]").forEach(attach);
  window.colophonSuggest();
})();

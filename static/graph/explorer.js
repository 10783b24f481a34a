// The explorer with a browser's help: what is done to the picture, and the list that leads through it by keys.
// The address is the state; the server answers it with list and picture, so that all of this may be left out. Undo and
// redo are the browser's own back and forward.
"use strict";

(() => {
  const picture = window.colophonPicture;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const explorer = () => document.getElementById("explorer");
  const rows = () => [...document.querySelectorAll(".graph-rows tbody tr")];
  const rowOf = (id) => document.getElementById(`row-${id}`);
  const moves = { ArrowLeft: [-3, 0], ArrowRight: [3, 0], ArrowUp: [0, -3], ArrowDown: [0, 3] };
  let asking = null;
  let walked = [];
  let drawnFocus = "";

  // ---- From state to state. Each knows its place in the visit; the newest tells what can be redone.

  const at = () => (window.history.state && window.history.state.at) || 0;
  const shownNow = () => window.location.pathname + window.location.search;
  let newest = at();
  let shown = shownNow();

  async function go(address, focus) {
    if (!(await show(address, focus))) return;
    newest = at() + 1;
    window.history.pushState({ at: newest }, "", explorer().dataset.address);
    shown = shownNow();
    buttons();
  }

  // Fetches a state and shows it; false when a newer one was asked for in the meantime.
  async function show(address, focus) {
    if (asking) asking.abort();
    const mine = new AbortController();
    asking = mine;
    explorer().setAttribute("aria-busy", "true");
    const found = await answer(address, mine.signal);
    if (asking !== mine) return false;
    asking = null;
    if (!found) {
      explorer().removeAttribute("aria-busy");
      return false;
    }
    document.title = found.title;
    explorer().replaceWith(document.adoptNode(found.getElementById("explorer")));
    begin();
    const target = (focus && document.getElementById(focus)) || document.getElementById("picture-title");
    if (target) target.focus({ preventScroll: true });
    return true;
  }

  // The page at an address; null when it did not come. What is refused is shown as the page that says so.
  async function answer(address, signal) {
    try {
      const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
      const page = response.ok && new DOMParser().parseFromString(await response.text(), "text/html");
      if (page && page.getElementById("explorer")) return page;
      window.location.assign(address);
    } catch (error) {
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
      const live = document.getElementById("graph-live");
      if (!signal.aborted && live) live.textContent = live.dataset.lost;
    }
    return null;
  }

  function undo() {
    if (at() > 0) window.history.back();
  }

  function redo() {
    if (at() < newest) window.history.forward();
  }

  // Back or forward, by whatever key or button.
  window.addEventListener("popstate", async () => {
    if (shown === shownNow()) return;
    shown = shownNow();
    const button = document.activeElement && document.activeElement.id;
    await show(window.location.href, button && button.startsWith("graph-") ? button : "");
    buttons();
  });

  function buttons() {
    for (const [name, can] of [["undo", at() > 0], ["redo", at() < newest], ["fit", true]]) {
      const button = document.getElementById(`graph-${name}`);
      if (!button) continue;
      button.hidden = false;
      // Not `disabled`, which would take the focus from whoever just pressed it.
      button.setAttribute("aria-disabled", String(!can));
    }
  }

  function act(id, name) {
    const link = rowOf(id) && rowOf(id).querySelector(`[data-action="${name}"]`);
    if (!link) return;
    const all = rows();
    const next = all[all.indexOf(rowOf(id)) + 1] || all[0];
    go(link.getAttribute("href"), name === "hide" ? `name-${next.dataset.node}` : `name-${id}`);
  }

  // A node that was put somewhere stays there: its place goes into the address.
  function put(id, across, down) {
    const within = (value) => Math.round(Math.min(Math.max(value, 0), 100));
    const query = new URLSearchParams(explorer().dataset.address);
    const pins = (query.get("pin") || "").split(",").filter((pin) => pin && !pin.startsWith(`${id}:`));
    query.set("pin", [...pins, `${id}:${within(across)}:${within(down)}`].join(","));
    go(`?${query}`, `name-${id}`);
  }

  function nudge(id, [dx, dy]) {
    const [x, y] = rowOf(id).dataset.at.split(" ").map(Number);
    put(id, x + dx, y + dy);
  }

  // ---- One node before the others: in the list, in the picture, and beneath it with what can be done

  function light(id) {
    rows().forEach((row) => row.classList.toggle("is-lit", row.dataset.node === id));
    picture.light(id);
    const row = rowOf(id);
    const bar = document.getElementById("graph-chosen");
    const name = document.createElement("strong");
    name.textContent = row.querySelector(".name").firstChild.textContent;
    const links = row.querySelector(".do").cloneNode(true);
    links.querySelectorAll("[id]").forEach((link) => link.removeAttribute("id"));
    bar.replaceChildren(row.querySelector(".mark").cloneNode(true), name, links);
  }

  function walkTo(id, { keeps = true, isPointed = false } = {}) {
    const name = document.getElementById(`name-${id}`);
    if (!name) return;
    if (keeps) walked.push(id);
    name.focus({ preventScroll: true });
    const row = rowOf(id);
    const box = row.closest(".graph-rows");
    // Whoever points into the picture keeps it before their eyes: the list alone is scrolled.
    if (isPointed) box.scrollTop = row.offsetTop - box.clientHeight / 3;
    else name.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    light(id);
    document.getElementById("graph-live").textContent = `${name.textContent.trim()}. ${row.querySelector(".ties").textContent.trim()}`;
  }

  function step(row, key) {
    const all = rows();
    const index = all.indexOf(row);
    if (key === "ArrowDown") walkTo((all[index + 1] || all[0]).dataset.node);
    if (key === "ArrowUp") walkTo((all[index - 1] || all[all.length - 1]).dataset.node);
    if (key === "ArrowRight") {
      const ties = row.dataset.ties.split(" ").filter(Boolean);
      const next = ties.find((id) => !walked.includes(id)) || ties[0];
      if (!walked.includes(row.dataset.node)) walked.push(row.dataset.node);
      if (next) walkTo(next);
    }
    if (key === "ArrowLeft") {
      walked.pop();
      if (walked.length) walkTo(walked[walked.length - 1], { keeps: false });
    }
  }

  // ---- Keys, clicks and forms

  document.addEventListener("keydown", (event) => {
    if (!event.target.closest("#explorer") || event.altKey) return;
    const isText = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (event.ctrlKey || event.metaKey) {
      if (!isText) retrace(event);
      return;
    }
    const name = event.target.closest(".graph-rows .name");
    if (!name) return;
    const row = name.closest("tr");
    const acts = { Delete: "hide", p: "pin" };
    if (event.shiftKey && moves[event.key]) nudge(row.dataset.node, moves[event.key]);
    else if (event.shiftKey) return;
    else if (moves[event.key]) step(row, event.key);
    else if (acts[event.key]) act(row.dataset.node, acts[event.key]);
    else return;
    event.preventDefault();
  });

  function retrace(event) {
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  }

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".graph-rows tr[data-node]");
    if (row) light(row.dataset.node);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-graph]");
    const link = event.target.closest("#explorer a[href^='?']");
    if (button) {
      ({ undo, redo, fit: () => picture.fit(calm.matches ? 0 : 250) })[button.dataset.graph]();
    } else if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      event.stopPropagation();
      go(link.getAttribute("href"), link.id);
    }
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#explorer form");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    const query = new URLSearchParams(new FormData(form, event.submitter));
    go(`?${query}`, query.has("q") ? "found-title" : "");
  }, true);

  // A suggestion that was chosen joins the picture.
  document.addEventListener("choose", (event) => {
    if (!event.target.closest("#explorer form")) return;
    event.preventDefault();
    go(event.detail);
  });

  // ---- Start, and again after each answer

  function begin() {
    const source = document.getElementById("graph-data");
    walked = [];
    window.colophonSuggest();
    buttons();
    if (!source || !picture.canDraw()) return; // the drawing by the server stays
    const focus = new URLSearchParams(explorer().dataset.address).get("n");
    document.querySelector(".graph-stage").classList.add("is-drawn");
    const on = { choose: (id) => walkTo(id, { keeps: false, isPointed: true }), expand: (id) => act(id, "expand"), put };
    picture.draw(document.getElementById("graph-canvas"), JSON.parse(source.textContent), on, focus === drawnFocus);
    drawnFocus = focus;
  }

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", begin);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();

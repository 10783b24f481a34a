// The explorer with a browser's help: the picture moves, and the list leads through it by keys.
// The address is the state; the server answers it with list and picture, so that all of this may be left out.
"use strict";

(() => {
  const stage = () => document.querySelector(".graph-stage");
  const rows = () => [...document.querySelectorAll(".graph-rows tbody tr")];
  const rowOf = (id) => document.getElementById(`row-${id}`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const past = [];
  const ahead = [];
  let here = window.location.search;
  let sigma = null;
  let lit = null;
  let walked = [];

  // ---- Colours of the style sheet, which knows day from night

  const probe = document.createElement("span");
  const colours = new Map();
  function colour(name) {
    if (!colours.has(name)) {
      document.body.append(probe);
      probe.hidden = true;
      probe.style.color = `var(--${name})`;
      const found = window.getComputedStyle(probe).color;
      const parts = found.match(/[\d.]+/g).slice(0, 3).map(Number);
      colours.set(name, `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`);
      probe.remove();
    }
    return colours.get(name);
  }

  const nameOf = (node) => {
    if (node.focus) return "rubric";
    return node.colour === "none" ? "no-colour" : node.colour.toLowerCase();
  };

  // ---- The picture

  function graphOf(data, shape) {
    const graph = new window.graphology.Graph({ multi: true });
    for (const node of data.nodes) {
      graph.addNode(node.id, {
        x: node.x * shape, y: 1 - node.y, size: node.size, label: node.label, kind: node.kind, color: colour(nameOf(node)),
        rim: node.colour === "kind-W" && !node.focus ? colour("ink-3") : colour("leaf"), strong: node.focus, title: node.title,
      });
    }
    for (const [a, b, kind, width] of data.edges) {
      graph.addEdge(a, b, { size: kind === "with" ? width : 0.8, color: colour("tie") });
    }
    return graph;
  }

  // Labels never lie on one another: whoever comes first keeps the place.
  let drawnLabels = [];
  function beginLabels() {
    const graph = sigma.getGraph();
    drawnLabels = graph.order > 800 ? [] : graph.mapNodes((id, node) => {
      const { x, y } = sigma.graphToViewport(node);
      const size = sigma.scaleSize(node.size);
      return [x - size, y - size, x + size, y + size];
    });
  }

  function drawLabel(context, data) {
    if (!data.label) return;
    const reach = data.size + 3;
    context.font = `${data.strong ? 650 : 450} 12px "Inter Variable", system-ui, sans-serif`;
    const wide = context.measureText(data.label).width;
    const edge = sigma.getDimensions().width;
    const sides = [data.x + reach, data.x - reach - wide - 4].map((x) => [x, data.y - 8, x + wide + 4, data.y + 8]);
    const free = (box) => box[0] >= 0 && box[2] <= edge && !drawnLabels.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]);
    const box = sides.find(free);
    if (!box) return;
    drawnLabels.push(box);
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = colour("leaf");
    context.strokeText(data.label, box[0] + 1, data.y + 4);
    context.fillStyle = colour(data.strong ? "ink" : "ink-2");
    context.fillText(data.label, box[0] + 1, data.y + 4);
  }

  function draw(data) {
    const place = document.getElementById("graph-canvas");
    stage().classList.add("is-drawn");
    colours.clear();
    const shape = Math.max(place.clientWidth, 1) / Math.max(place.clientHeight, 1);
    if (sigma) sigma.kill();
    sigma = new window.Sigma(graphOf(data, shape), place, {
      nodeProgramClasses: { circle: window.colophonMarks.MarkProgram },
      defaultDrawNodeLabel: drawLabel,
      defaultDrawNodeHover: drawLabel,
      hideEdgesOnMove: data.edges.length > 4000,
      labelDensity: 6, labelGridCellSize: 60, stagePadding: 48, labelRenderedSizeThreshold: 2, zIndex: true, allowInvalidContainer: true,
      nodeReducer: (id, node) => (lit && id === lit ? { ...node, color: colour("rubric"), forceLabel: true, zIndex: 2 } : node),
      edgeReducer: (id, edge) => (lit && sigma && sigma.getGraph().hasExtremity(id, lit) ? { ...edge, color: colour("rubric-soft"), size: edge.size + 1, zIndex: 1 } : edge),
    });
    sigma.on("beforeRender", beginLabels);
    sigma.on("enterNode", ({ node }) => light(node));
    sigma.on("clickNode", ({ node }) => walkTo(node, false));
    sigma.on("doubleClickNode", (event) => { event.preventSigmaDefault(); act(event.node, "expand"); });
    dragging();
    return sigma;
  }

  function dragging() {
    let held = null;
    let moved = false;
    sigma.on("downNode", ({ node }) => { held = node; moved = false; });
    sigma.on("moveBody", ({ event }) => {
      if (!held) return;
      moved = true;
      const { x, y } = sigma.viewportToGraph(event);
      sigma.getGraph().mergeNodeAttributes(held, { x, y });
      event.preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (held && moved) pinAt(held);
      held = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }

  // A node that was put somewhere stays there: its place goes into the address.
  function pinAt(id) {
    const place = document.getElementById("graph-canvas");
    const { x, y } = sigma.getGraph().getNodeAttributes(id);
    const shape = Math.max(place.clientWidth, 1) / Math.max(place.clientHeight, 1);
    const per = (value) => Math.round(Math.min(Math.max(value, 0), 1) * 100);
    const query = new URLSearchParams(here);
    const pins = (query.get("pin") || "").split(",").filter((pin) => pin && !pin.startsWith(`${id}:`));
    query.set("pin", [...pins, `${id}:${per(x / shape)}:${per(1 - y)}`].join(","));
    go(`?${query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`, `name-${id}`);
  }

  function light(id) {
    lit = id;
    rows().forEach((row) => row.classList.toggle("is-lit", row.dataset.node === id));
    if (sigma) sigma.refresh({ skipIndexation: true });
  }

  // ---- Going from state to state; the way back is kept

  function go(address, focus) {
    past.push(here);
    ahead.length = 0;
    show(address, focus);
  }

  function show(address, focus) {
    here = address;
    const target = new URL(address, window.location.href);
    const before = document.getElementById("explorer");
    before.setAttribute("aria-busy", "true");
    window.htmx
      .ajax("GET", target.pathname + target.search, { target: "#explorer", select: "#explorer", swap: "outerHTML show:none" })
      .then(() => {
        if (document.getElementById("explorer") === before) {
          window.location.assign(target); // refused or away: the page says so
          return;
        }
        window.history.pushState({}, "", target.pathname + target.search);
        begin();
        const row = (focus && document.getElementById(focus)) || document.querySelector(".graph-rows .name");
        if (row) row.focus({ preventScroll: true });
      });
  }

  function undo() {
    if (!past.length) return;
    ahead.push(here);
    show(past.pop());
  }

  function redo() {
    if (!ahead.length) return;
    past.push(here);
    show(ahead.pop());
  }

  function buttons() {
    for (const [name, list] of [["undo", past], ["redo", ahead], ["fit", [1]]]) {
      const button = document.querySelector(`[data-graph="${name}"]`);
      if (button) {
        button.hidden = false;
        button.disabled = !list.length;
      }
    }
  }

  function act(id, name) {
    const link = rowOf(id) && rowOf(id).querySelector(`[data-act="${name}"]`);
    if (!link) return;
    const all = rows();
    const next = all[all.indexOf(rowOf(id)) + 1] || all[0];
    go(link.getAttribute("href"), name === "hide" ? `name-${next.dataset.node}` : `name-${id}`);
  }

  // ---- The list leads: up and down its rows, right and left along the ties

  function walkTo(id, keep = true) {
    const name = document.getElementById(`name-${id}`);
    if (!name) return;
    if (keep) walked.push(id);
    name.focus({ preventScroll: true });
    name.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    light(id);
    const row = rowOf(id);
    const ties = row.querySelector(".ties").textContent.trim();
    document.getElementById("graph-live").textContent = `${name.textContent.trim()}. ${ties}`;
  }

  function step(row, key) {
    const all = rows();
    const at = all.indexOf(row);
    if (key === "ArrowDown") walkTo((all[at + 1] || all[0]).dataset.node);
    if (key === "ArrowUp") walkTo((all[at - 1] || all[all.length - 1]).dataset.node);
    if (key === "ArrowRight") {
      const ties = row.dataset.ties.split(" ").filter(Boolean);
      const next = ties.find((id) => !walked.includes(id)) || ties[0];
      if (!walked.includes(row.dataset.node)) walked.push(row.dataset.node);
      if (next) walkTo(next);
    }
    if (key === "ArrowLeft") {
      walked.pop();
      if (walked.length) walkTo(walked[walked.length - 1], false);
    }
  }

  document.addEventListener("keydown", (event) => {
    const inside = event.target.closest("#explorer");
    if (!inside || event.altKey) return;
    const isText = event.target.matches("input:not([type=checkbox]), select, textarea");
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !isText) {
      event.preventDefault();
      (event.shiftKey ? redo : undo)();
      return;
    }
    const name = event.target.closest(".graph-rows .name");
    if (!name || event.ctrlKey || event.metaKey) return;
    const row = name.closest("tr");
    const acts = { Delete: "hide", p: "pin" };
    if (event.key.startsWith("Arrow")) step(row, event.key);
    else if (event.shiftKey || !acts[event.key]) return;
    else act(row.dataset.node, acts[event.key]);
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".graph-rows tr[data-node]");
    if (row) light(row.dataset.node);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-graph]");
    const link = event.target.closest("#explorer a[href^='?']");
    if (button) {
      if (button.dataset.graph === "undo") undo();
      if (button.dataset.graph === "redo") redo();
      if (button.dataset.graph === "fit" && sigma) sigma.getCamera().animatedReset({ duration: calm.matches ? 0 : 250 });
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
    go(`${form.getAttribute("action")}?${query}`, "picture-title");
  }, true);

  // ---- Start, and again after each answer

  function begin() {
    const source = document.getElementById("graph-data");
    if (!source) return;
    walked = [];
    lit = null;
    buttons();
    const canvas = document.createElement("canvas");
    if (!canvas.getContext("webgl2") && !canvas.getContext("webgl")) return; // the drawing by the server stays
    draw(JSON.parse(source.textContent));
  }

  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", begin);
  window.addEventListener("popstate", () => window.location.reload());
  window.colophonGraph = { draw };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();

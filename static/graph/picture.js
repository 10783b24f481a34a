// The picture that moves: nodes and ties drawn by sigma, in the places that the server found. It knows no addresses:
// whoever shows it says what a click, a double click and a drag lead to.
"use strict";

(() => {
  const DIRECTED = new Set(["cites", "draws_on"]);
  const MOST_BOXED = 800; // of more nodes, labels keep clear of each other alone
  const MANY_TIES = 4000; // more are drawn as plain lines between smaller marks
  const TEXT = 12;
  let sigma = null;
  let sheet = null;
  let lit = null;
  let boxes = [];
  let isBoxed = false;

  // ---- Colours of the style sheet, which knows day from night

  const probe = document.createElement("span");
  const colours = new Map();
  function colour(name) {
    if (!colours.has(name)) {
      document.body.append(probe);
      probe.hidden = true;
      probe.style.color = `var(--${name})`;
      const parts = window.getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
      colours.set(name, `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`);
      probe.remove();
    }
    return colours.get(name);
  }

  function colourOf(node) {
    if (node.focus) return "rubric";
    return node.colour === "none" ? "no-colour" : node.colour.toLowerCase();
  }

  // ---- Nodes and ties

  function graphOf(data, at) {
    const graph = new window.graphology.Graph({ multi: true });
    const scale = data.edges.length > MANY_TIES ? 0.5 : 1;
    for (const node of data.nodes) {
      graph.addNode(node.id, {
        x: node[at][0], y: sheet[1] - node[at][1], size: node.size * scale, label: node.label, kind: node.kind, color: colour(colourOf(node)),
        rim: node.colour === "kind-W" && !node.focus ? colour("ink-3") : colour("leaf"), strong: node.focus, forceLabel: node.focus,
      });
    }
    for (const [a, b, kind, width] of data.edges) {
      graph.addEdge(a, b, {
        type: DIRECTED.has(kind) ? "arrow" : "line", size: kind === "with" ? width : 1, color: colour(kind === "with" ? "tie-with" : "tie"),
      });
    }
    return graph;
  }

  const reduceNode = (id, node) => (id === lit ? { ...node, color: colour("rubric"), forceLabel: true, zIndex: 2 } : node);
  const reduceEdge = (id, edge) =>
    lit && sigma && sigma.getGraph().hasExtremity(id, lit) ? { ...edge, color: colour("rubric-soft"), size: edge.size + 1, zIndex: 1 } : edge;

  // ---- Labels: never on one another, on a node or outside; whoever comes first chooses first

  // Called within a frame, by its first label: before it nobody knows where things stand in it.
  function boxNodes() {
    const graph = sigma.getGraph();
    isBoxed = true;
    boxes = [];
    if (graph.order > MOST_BOXED) return;
    graph.forEachNode((id, node) => {
      const { x, y } = sigma.graphToViewport(node);
      const reach = sigma.scaleSize(node.size) + 1;
      boxes.push({ left: x - reach, top: y - reach, right: x + reach, bottom: y + reach });
    });
  }

  function sidesOf(data, wide) {
    const reach = data.size + 4;
    const high = TEXT * 1.35;
    const down = data.size + high / 2 + 2;
    return [[reach, 0], [-reach - wide, 0], [-wide / 2, down], [-wide / 2, -down], [reach * 0.6, down], [-reach * 0.6 - wide, down],
      [reach * 0.6, -down], [-reach * 0.6 - wide, -down]].map(([dx, dy]) => ({
      left: data.x + dx - 1, top: data.y + dy - high / 2, right: data.x + dx + wide + 1, bottom: data.y + dy + high / 2, id: data.key,
    }));
  }

  const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

  function drawLabel(context, data) {
    if (!data.label) return;
    if (!isBoxed) boxNodes();
    const { width, height } = sigma.getDimensions();
    context.font = `${data.strong ? 650 : 450} ${TEXT}px "Inter Variable", system-ui, sans-serif`;
    const isInside = (box) => box.left >= 1 && box.top >= 1 && box.right <= width - 1 && box.bottom <= height - 1;
    const box = sidesOf(data, context.measureText(data.label).width).find((each) => isInside(each) && !boxes.some((other) => meets(each, other)));
    if (!box) return;
    boxes.push(box);
    write(context, data, box);
  }

  function write(context, data, box) {
    context.textBaseline = "middle";
    context.lineWidth = 3;
    context.lineJoin = "round";
    context.strokeStyle = colour("leaf");
    context.strokeText(data.label, box.left + 1, (box.top + box.bottom) / 2);
    context.fillStyle = colour(data.strong || data.kind === "A" ? "ink" : { T: "kind-t", I: "kind-i" }[data.kind] || "ink-2");
    context.fillText(data.label, box.left + 1, (box.top + box.bottom) / 2);
  }

  const labelAt = ({ x, y }) => boxes.find((box) => box.id && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);

  // The label of whatever the pointer is on is drawn where it already stands.
  const drawNothing = () => {};

  // ---- Drawing, and what is done to it

  // Of very many ties nobody sees widths and arrows, and a line costs a fraction of a rectangle to draw.
  function edgePrograms(isLarge) {
    const { EdgeLineProgram, EdgeRectangleProgram, createEdgeArrowProgram } = window.Sigma.rendering;
    if (isLarge) return { line: EdgeLineProgram, arrow: EdgeLineProgram };
    return { line: EdgeRectangleProgram, arrow: createEdgeArrowProgram({ lengthToThicknessRatio: 7, widenessToThicknessRatio: 5 }) };
  }

  function settings(data) {
    const isLarge = data.edges.length > MANY_TIES;
    return {
      nodeProgramClasses: { circle: window.colophonMarks.MarkProgram }, edgeProgramClasses: edgePrograms(isLarge),
      defaultDrawNodeLabel: drawLabel, defaultDrawNodeHover: drawNothing, hideEdgesOnMove: isLarge, hideLabelsOnMove: isLarge,
      labelDensity: data.nodes.length > MOST_BOXED ? 1 : 6, labelGridCellSize: 60, labelRenderedSizeThreshold: 2, stagePadding: 0,
      autoRescale: true, zIndex: data.nodes.length <= MOST_BOXED, allowInvalidContainer: true, nodeReducer: reduceNode, edgeReducer: reduceEdge,
    };
  }

  // `data` as the server gives it; `on` has choose(id), expand(id) and put(id, across, down), in hundredths of the sheet.
  function draw(place, data, on, keepsView) {
    const view = keepsView && sigma ? sigma.getCamera().getState() : null;
    const at = place.clientWidth < 500 ? "narrow" : "full";
    sheet = data.sheets[at];
    lit = null;
    colours.clear();
    if (sigma) sigma.kill();
    sigma = null;
    // Labels ask the picture where things stand: it is there before its nodes are, so that one drawing is enough.
    sigma = new window.Sigma(new window.graphology.Graph({ multi: true }), place, settings(data));
    sigma.setCustomBBox({ x: [0, sheet[0]], y: [0, sheet[1]] });
    sigma.on("beforeRender", () => { isBoxed = false; });
    sigma.setGraph(graphOf(data, at));
    if (view) sigma.getCamera().setState(view);
    pointing(on);
    dragging(on);
    return sigma;
  }

  function pointing(on) {
    sigma.on("enterNode", ({ node }) => light(node));
    sigma.on("clickNode", ({ node }) => on.choose(node));
    sigma.on("clickStage", ({ event }) => { const label = labelAt(event); if (label) on.choose(label.id); });
    sigma.on("doubleClickNode", (event) => { event.preventSigmaDefault(); on.expand(event.node); });
    sigma.on("doubleClickStage", (event) => {
      const label = labelAt(event.event);
      if (label) { event.preventSigmaDefault(); on.expand(label.id); }
    });
  }

  function dragging(on) {
    let held = null;
    let moved = false;
    sigma.on("downNode", ({ node }) => { held = node; moved = false; });
    sigma.on("moveBody", (move) => {
      if (!held) return;
      moved = true;
      sigma.getGraph().mergeNodeAttributes(held, sigma.viewportToGraph(move.event));
      move.preventSigmaDefault();
      move.event.original.preventDefault();
    });
    const drop = () => {
      if (held && moved) {
        const { x, y } = sigma.getGraph().getNodeAttributes(held);
        on.put(held, (x / sheet[0]) * 100, (1 - y / sheet[1]) * 100);
      }
      held = null;
    };
    sigma.on("upNode", drop);
    sigma.on("upStage", drop);
  }

  // Shows one node and its ties before the others; of many nodes only what changed is drawn anew.
  function light(id) {
    if (!sigma || id === lit) return;
    const graph = sigma.getGraph();
    const nodes = [lit, id].filter((each) => each && graph.hasNode(each));
    lit = id;
    // While all is about to be drawn anew there is nothing yet that a part could be changed of.
    if (sigma.needToProcess) sigma.scheduleRefresh();
    else sigma.refresh({ partialGraph: { nodes, edges: nodes.flatMap((node) => graph.edges(node)) }, skipIndexation: true, schedule: true });
  }

  function fit(milliseconds) {
    if (sigma) sigma.getCamera().animatedReset({ duration: milliseconds });
  }

  function canDraw() {
    const canvas = document.createElement("canvas");
    return Boolean(canvas.getContext("webgl2") || canvas.getContext("webgl"));
  }

  const labels = () => boxes.filter((box) => box.id);

  window.colophonPicture = { canDraw, draw, fit, labels, light };
})();

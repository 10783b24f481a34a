"""The explorer's picture of 10,000 nodes and 50,000 ties in a browser that draws by software: the first picture, and
frames while somebody drags and zooms.

The page holds the scripts and styles that the explorer loads and nothing else: what is measured is the drawing.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from typing import Any

import numpy as np
from django.conf import settings

from bench.registry import Line, at_most, benchmark
from bench.session import LeftOut, Session

NODES, EDGES = 10_000, 50_000
SHEET = (2_000, 1_400)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SCRIPTS = (
    "node_modules/graphology/dist/graphology.umd.min.js",
    "node_modules/sigma/dist/sigma.min.js",
    "static/graph/marks.js",
    "static/graph/picture.js",
)
STYLES = ("static/css/tokens.css", "static/graph/graph.css")
PAGE = '<!doctype html><body><div class="graph-stage is-drawn"><div class="graph-canvas" id="place"></div></div>'
DRAW = """async (text) => {
  const nextFrame = () => new Promise(requestAnimationFrame);
  const began = performance.now();
  const nothing = () => {};
  window.colophonPicture.draw(document.getElementById("place"), JSON.parse(text), { choose: nothing, expand: nothing, put: nothing });
  await nextFrame();
  await nextFrame();
  return performance.now() - began;
}"""
WATCH = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const note = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""


@benchmark("graph_in_browser")
def graph_in_browser(session: Session) -> Iterator[Line]:
    """The same at every scale."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise LeftOut("no Chromium on this machine: set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1_440, "height": 900})
        page.set_content(PAGE)
        for style in STYLES:
            page.add_style_tag(path=settings.BASE_DIR / style)
        for script in SCRIPTS:
            page.add_script_tag(path=settings.BASE_DIR / script)
        first = page.evaluate(DRAW, json.dumps(made_picture()))
        frames = _frames(page)
        browser.close()
    yield Line("graph.browser.first_picture", first / 1000, "s", reach=at_most(2, "s"))
    yield Line("graph.browser.frame.p95", float(np.percentile(frames, 95)), "ms", reach=at_most(50, "ms"))


def made_picture(seed: int = 1) -> dict[str, Any]:
    """Nodes of four kinds in a cloud, most ties to nodes that have many."""
    rng = np.random.default_rng(seed)
    places = rng.normal(0.5, 0.16, (NODES, 2)).clip(0, 1) * SHEET
    kinds = rng.choice(list("AWTI"), NODES, p=[0.4, 0.45, 0.1, 0.05])
    nodes = [
        {
            "id": f"n{place}",
            "kind": kind,
            "label": f"Name {place}",
            "size": 4.0,
            "colour": f"kind-{kind}",
            "focus": place == 0,
            "full": [round(x, 1), round(y, 1)],
        }
        for place, (kind, (x, y)) in enumerate(zip(kinds.tolist(), places.tolist(), strict=True))
    ]
    starts, ends = rng.integers(0, NODES, EDGES), (NODES * rng.random(EDGES) ** 2).astype(np.int64)
    sorts = rng.choice(["with", "wrote", "cites"], EDGES).tolist()
    edges = [
        [f"n{a}", f"n{b}", sort, 1.0]
        for a, b, sort in zip(starts.tolist(), ends.tolist(), sorts, strict=True)
        if a != b
    ]
    return {"nodes": nodes, "edges": edges, "sheets": {"full": list(SHEET)}}


def _frames(page: Any) -> list[float]:
    """How long each frame took, in milliseconds, while the picture is dragged to and fro and zoomed."""
    page.evaluate(WATCH)
    page.mouse.move(60, 60)  # beside the cloud, so that the picture is dragged and no node
    for _round in range(2):
        page.mouse.down()
        page.mouse.move(360, 260, steps=12)
        page.mouse.move(60, 60, steps=12)
        page.mouse.up()
        for turn in (-240, 240):
            page.mouse.wheel(0, turn)
            page.wait_for_timeout(400)
    frames: list[float] = page.evaluate("window.frames_ms")
    return frames[1:]

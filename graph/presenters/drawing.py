"""The picture as drawn without a browser's help: where each node, line and label stands, in units of the SVG."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from django.core.cache import cache

from graph.domain.labels import Mark, Placed, set_labels
from graph.domain.layout import Positions, by_year, lay_out, spread
from graph.domain.nodes import Edge, Node
from graph.domain.state import State
from graph.presenters.colours import Palette, palette_of
from graph.presenters.fonts import cut, width
from graph.presenters.lines import DrawnEdge, drawn_edge
from graph.selectors.pictures import Composed
from graph.selectors.records import Record

KEPT_SECONDS = 24 * 3600
STRENGTH = {"with": 1.0, "wrote": 1.0, "about": 0.5, "at": 0.5, "cites": 0.6, "similar": 0.4, "draws_on": 0.3}
TEXT_HEIGHT = 1.35
# Corners of the marks that are neither circle nor square, for a radius of 1.
DIAMOND = ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0))
HOUSE = ((0, -1.15), (1.05, -0.2), (0.8, 0.95), (-0.8, 0.95), (-1.05, -0.2))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of picture. `text` is the size of labels, `longest` the widest, `share` how much of it they may fill."""

    name: str
    width: int
    height: int
    text: float = 11.5
    longest: float = 172
    share: float = 0.5


WIDE, NARROW = Sheet("wide", 800, 520), Sheet("narrow", 360, 470, text=12, longest=132, share=0.42)
FULL, FILE = Sheet("full", 720, 720, text=12, longest=160), Sheet("file", 1120, 760, text=12, longest=190)


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node with its mark and label; `label` is None where there is no room. `size` is its radius."""

    node: Node
    record: Record
    reason: str
    href: str
    x: float
    y: float
    size: float
    text: str
    label: Placed | None
    colour: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """`palette` says what the colours mean where they do not show kinds."""

    sheet: Sheet
    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    palette: Palette


def drawn(composed: Composed, sheet: Sheet, *, leads_on: bool = False) -> Drawing:
    """The picture on a sheet: the same for the same nodes and ties.

    Nodes lead to their pages, or with `leads_on` to the picture in which they are expanded.
    """
    nodes = composed.nodes
    rank = {node: place for place, node in enumerate(nodes)}
    marks, texts = _marks(composed, sheet, rank)
    labels = set_labels(marks, width=sheet.width, height=sheet.height)
    palette, state = palette_of(composed), composed.state
    found = []
    for node, mark, text, label in zip(nodes, marks, texts, labels, strict=True):
        record = composed.records[node]
        href = f"?{state.expanding(node).address}" if leads_on else record.url
        colour = palette.colour(node)
        reason = composed.reasons[node]
        found.append(DrawnNode(node, record, reason, href, mark.x, mark.y, mark.radius, text, label, colour))
    return Drawing(
        sheet,
        tuple(found),
        tuple(drawn_edge(edge, marks[rank[edge.a]], marks[rank[edge.b]]) for edge in composed.edges),
        palette,
    )


def _marks(composed: Composed, sheet: Sheet, rank: Mapping[Node, int]) -> tuple[list[Mark], list[str]]:
    """Each node's mark on the sheet, moved apart from the others, and its text."""
    nodes, state = composed.nodes, composed.state
    degrees = degrees_of(composed.edges)
    sizes = [radius(composed.records[node], composed, degrees.get(node, 0.0)) for node in nodes]
    longest = dict.fromkeys(state.focus, sheet.longest * 1.3)
    texts = _texts([composed.records[node] for node in nodes], sheet, longest)
    labelled = _labelled(composed, texts, sheet)
    boxes = _boxes(texts, sizes, labelled, sheet)
    pins = {rank[node]: place for node, place in state.pins.items() if node in rank}
    held = {place: (x * sheet.width / 100, y * sheet.height / 100) for place, (x, y) in pins.items()}
    at = spread(positions(composed), boxes, width=sheet.width, height=sheet.height, margin=sheet.text * 1.6, held=held)
    wide = [width(text, sheet.text) if place in labelled else 0.0 for place, text in enumerate(texts)]
    high = sheet.text * TEXT_HEIGHT
    marks = [Mark(float(x), float(y), size, w, high) for (x, y), size, w in zip(at, sizes, wide, strict=True)]
    return marks, texts


def _texts(records: Sequence[Record], sheet: Sheet, longest: Mapping[Node, float]) -> list[str]:
    """Names as long as there is room for; topics that would then read the same keep their codes: "Machine… (stat.ML)"."""
    texts = [cut(each.label, sheet.text, longest.get(each.node, sheet.longest)) for each in records]
    often = Counter(texts)
    for place, each in enumerate(records):
        if often[texts[place]] > 1 and each.node.kind == "T" and each.field:
            code = f" ({each.field})"
            texts[place] = (
                cut(each.label.removesuffix(code), sheet.text, sheet.longest - width(code, sheet.text)) + code
            )
    return texts


def positions(composed: Composed) -> Positions:
    """Each node's place in a box of 1 by 1; kept by what the picture holds."""
    nodes, edges = composed.nodes, composed.edges
    rank = {node: place for place, node in enumerate(nodes)}
    springs = [(rank[e.a], rank[e.b], STRENGTH[e.kind] * (1 + log1p(e.weight))) for e in edges]
    seed = repr((composed.state.mode, [(n.kind, n.id) for n in nodes], springs)).encode()
    key = "graph-places-" + hashlib.blake2b(seed, digest_size=16).hexdigest()
    kept = cache.get(key)
    if isinstance(kept, bytes) and len(kept) == len(nodes) * 16:
        return np.frombuffer(kept, dtype=np.float64).reshape(len(nodes), 2)
    found = lay_out(len(nodes), springs)
    if composed.state.mode == "lineage":
        found = by_year([composed.records[node].year for node in nodes], found)
    cache.set(key, found.astype(np.float64).tobytes(), KEPT_SECONDS)
    return found


def degrees_of(edges: Sequence[Edge]) -> Mapping[Node, float]:
    """How many ties each node has in the picture."""
    total: dict[Node, float] = defaultdict(float)
    for edge in edges:
        total[edge.a] += 1
        total[edge.b] += 1
    return total


def radius(record: Record, composed: Composed, ties: float) -> float:
    """Bigger for more of what the state sizes by; an unknown number is the smallest."""
    if record.node in composed.state.focus:
        return 9.0
    number = size_number(record, composed.state, ties)
    return round(min(3.6 + 1.5 * log1p(number or 0) / (1.0 if composed.state.size == "ties" else 2.2), 9.5), 2)


def size_number(record: Record, state: State, ties: float) -> float | None:
    return {"ties": ties, "citations": record.citations, "works": record.works}[state.size]


def _labelled(composed: Composed, texts: Sequence[str], sheet: Sheet) -> set[int]:
    """Which nodes get a label: in focus first, then kind by kind in turn, until labels fill their share."""
    queues: dict[str, list[int]] = defaultdict(list)
    for place, node in enumerate(composed.nodes):
        queues["" if node in composed.state.focus else node.kind].append(place)
    room = sheet.width * sheet.height * sheet.share
    chosen: set[int] = set()
    turns = ["", "A", "T", "A", "W", "I"]
    while any(queues.values()):
        for kind in turns:
            if queues[kind]:
                place = queues[kind].pop(0)
                room -= (width(texts[place], sheet.text) + 22) * sheet.text * 2.1
                if room < 0:
                    return chosen
                chosen.add(place)
    return chosen


def _boxes(texts: Sequence[str], sizes: Sequence[float], labelled: set[int], sheet: Sheet) -> np.ndarray:
    """The room that each node needs: its own, and about its label's."""
    return np.array(
        [
            (
                size * 2 + (width(text, sheet.text) * 0.9 + 6 if place in labelled else 3),
                size * 2 + sheet.text * 0.75,
            )
            for place, (text, size) in enumerate(zip(texts, sizes, strict=True))
        ]
    ).reshape(-1, 2)

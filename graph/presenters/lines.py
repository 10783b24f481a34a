"""The lines of a drawing, and the heads of those that run one way."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, log1p

from graph.domain.labels import Mark
from graph.domain.nodes import Edge

ARROW = 6.0  # how long the head of an arrow is


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A line; where it runs one way, `head` is the corners of its arrow, before the mark that it leads to."""

    edge: Edge
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    head: tuple[tuple[float, float], ...] = ()


def drawn_edge(edge: Edge, a: Mark, b: Mark) -> DrawnEdge:
    thickness = 0.9 + 0.9 * log1p(edge.weight) if edge.kind == "with" else 1.0
    return DrawnEdge(edge, a.x, a.y, b.x, b.y, round(min(thickness, 4.0), 2), _head(a, b) if edge.is_directed else ())


def _head(a: Mark, b: Mark) -> tuple[tuple[float, float], ...]:
    """The corners of an arrow from `a` that ends at the mark of `b`; none where one mark lies on the other."""
    far = hypot(b.x - a.x, b.y - a.y)
    if far <= a.radius + b.radius + ARROW:
        return ()
    across, down = (b.x - a.x) / far, (b.y - a.y) / far
    tip = (b.x - across * (b.radius + 1.5), b.y - down * (b.radius + 1.5))
    end = (tip[0] - across * ARROW, tip[1] - down * ARROW)
    half = ARROW * 0.4
    return (tip, (end[0] - down * half, end[1] + across * half), (end[0] + down * half, end[1] - across * half))

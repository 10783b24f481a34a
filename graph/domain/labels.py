"""Where labels stand beside their nodes: no label on another, on a node, or outside the picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

type Side = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """A node as drawn: its centre, radius, and how wide and high its label is (0: it has none)."""

    x: float
    y: float
    radius: float
    label_width: float
    label_height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label's text is anchored (its middle height), and by which end."""

    x: float
    y: float
    anchor: Side
    box: Box


GAP = 4.0


def set_labels(marks: Sequence[Mark], *, width: float, height: float) -> list[Placed | None]:
    """A place for each label, the first marks choosing first; None where there is no room."""
    taken = [Box(m.x - m.radius - 1, m.y - m.radius - 1, m.x + m.radius + 1, m.y + m.radius + 1) for m in marks]
    placed: list[Placed | None] = []
    for index, mark in enumerate(marks):
        found = None
        for choice in _choices(mark) if mark.label_width else ():
            box = choice.box
            inside = box.left >= 1 and box.top >= 1 and box.right <= width - 1 and box.bottom <= height - 1
            if inside and not any(box.meets(other) for place, other in enumerate(taken) if place != index):
                found = choice
                break
        placed.append(found)
        if found:
            taken.append(found.box)
    return placed


def _choices(mark: Mark) -> Iterator[Placed]:
    """To the right, to the left, below, above, then the corners."""
    wide, high, reach = mark.label_width, mark.label_height, mark.radius + GAP
    down = mark.radius + high / 2 + 2
    for dx, dy, anchor in (
        (reach, 0.0, "start"),
        (-reach, 0.0, "end"),
        (0.0, down, "middle"),
        (0.0, -down, "middle"),
        (reach * 0.6, down, "start"),
        (-reach * 0.6, down, "end"),
        (reach * 0.6, -down, "start"),
        (-reach * 0.6, -down, "end"),
    ):
        x, y = mark.x + dx, mark.y + dy
        left = {"start": x, "end": x - wide, "middle": x - wide / 2}[anchor]
        yield Placed(x, y, anchor, Box(left - 1, y - high / 2, left + wide + 1, y + high / 2))  # type: ignore[arg-type]  # of Side

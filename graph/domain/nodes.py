"""What a picture of the network holds: nodes, edges, and why each is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

type Kind = Literal["A", "W", "T", "I"]
KINDS: tuple[Kind, ...] = ("A", "W", "T", "I")

# Kinds of edges, in the order in which a list names them.
type EdgeKind = Literal["wrote", "with", "about", "at", "cites", "draws_on", "similar"]


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A record: its kind's letter and its row id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie of two nodes. `cites` and `draws_on` run from `a` to `b`; the others have no direction.

    `weight` is the tie's strength (with), a count of works (about, at, draws_on), a likeness from 0 to 1 (similar),
    else 1.
    """

    a: Node
    b: Node
    kind: EdgeKind
    weight: float = 1.0

    @property
    def is_directed(self) -> bool:
        return self.kind in ("cites", "draws_on")


@dataclass(slots=True)
class Picture:
    """Nodes in order of weight with the reason each was chosen for, and the edges among them."""

    reasons: dict[Node, str] = field(default_factory=dict)
    weights: dict[Node, float] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def add(self, node: Node, reason: str, weight: float) -> bool:
        """Add a node unless it is here; says whether it was not."""
        if node in self.reasons:
            return False
        self.reasons[node], self.weights[node] = reason, weight
        return True

    def of_kind(self, kind: str) -> list[int]:
        """The ids of the nodes of a kind, in order."""
        return [node.id for node in self.reasons if node.kind == kind]

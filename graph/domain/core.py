"""What stands in focus, read as a weighted set of works, and sums over what is next to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.domain.network import WORKS, Network, Pairs
from graph.domain.nodes import Node
from graph.domain.relations import NO_IDS, Ids

LARGEST_CORE = 2_000
NEAR_A_WORK = 300
AROUND = 0.5  # what a reference, a citing or a similar work counts beside the work in focus

type Scores = tuple[Ids, NDArray[np.float64]]


@dataclass(frozen=True)
class Core:
    """Works, ascending, with what each counts, and what is next to them, which is looked up once."""

    network: Network
    works: Ids
    weights: NDArray[np.float64]
    _pairs: dict[str, Pairs] = field(default_factory=dict)

    def pairs(self, name: str) -> Pairs:
        if name not in self._pairs:
            self._pairs[name] = self.network.pairs(name, self.works)
        return self._pairs[name]

    @cached_property
    def team(self) -> NDArray[np.int64]:
        """How many wrote each of the works."""
        return self.network.team(self.works)

    @cached_property
    def people(self) -> Ids:
        """Everybody on a byline, ascending."""
        return np.unique(self.pairs("byline").targets).astype(np.int64)


def core_of(network: Network, focus: Sequence[Node]) -> Core:
    """The works that stand for the focus, each with its weight; at most LARGEST_CORE of each, the most cited here."""
    works, weights = [], []
    for node in focus:
        ids = np.array([node.id], dtype=np.int64)
        if node.kind == "W":
            works.append(ids)
            weights.append(np.ones(1))
            for name in ("references", "citing", "similar"):
                near = _most_cited(network, _reached(network, name, ids), NEAR_A_WORK)
                works.append(near)
                weights.append(np.full(len(near), AROUND))
        else:
            near = _most_cited(network, _reached(network, WORKS[node.kind], ids), LARGEST_CORE)
            works.append(near)
            weights.append(np.ones(len(near)))
    if not works:
        return Core(network, *none())
    return Core(network, *totals(np.concatenate(works), np.concatenate(weights)))


def _reached(network: Network, relation: str, ids: Ids) -> Ids:
    return np.unique(network.reach(relation, ids)).astype(np.int64)


def _most_cited(network: Network, works: Ids, most: int) -> Ids:
    if len(works) <= most:
        return works
    cited = network.impact(works)
    return works[np.lexsort((works, -cited))[:most]]


def totals(ids: Ids | NDArray[np.uint32], values: NDArray[np.float64]) -> Scores:
    """Each id once, ascending, with the sum of its values."""
    if not len(ids):
        return none()
    unique, where = np.unique(ids, return_inverse=True)
    return unique.astype(np.int64), np.bincount(where, values)


def ordered(ids: Ids, scores: NDArray[np.float64]) -> Scores:
    """Highest score first, then as they stood, which is by id."""
    order = np.argsort(-scores, kind="stable")
    return ids[order], scores[order]


def none() -> Scores:
    return NO_IDS, np.empty(0, np.float64)

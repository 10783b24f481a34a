"""Shortest paths between two people over the works that they wrote: found from both ends, all of them.

A step leads from a person to everybody on the byline of one of their works. Each work is entered once, so that a
byline of 3,303 names costs as much as 3,303 names and not their square.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.domain.network import Network
from graph.domain.relations import Ids

LONGEST = 20
SHOWN = 24


@dataclass(frozen=True, slots=True)
class Step:
    """From one person to the next, by these joint works (ids, ascending)."""

    from_id: int
    to_id: int
    works: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Paths:
    """All shortest paths: how many there are, how many steps each has, and the first of them, most joint works first.

    `length` is None when no path leads from one to the other, 0 for a person and themselves.
    """

    length: int | None
    count: int
    paths: tuple[tuple[Step, ...], ...]


class _Side:
    """What was reached from one end: whole levels of people, and marks for people and works."""

    def __init__(self, start: int, people: int, works: int, barred: Ids) -> None:
        self.seen = np.zeros(people, dtype=bool)
        self.seen[barred[barred < people]] = True
        self.seen[start] = True
        self.works = np.zeros(works, dtype=bool)
        self.slot = np.empty(max(people, works), dtype=np.int32)
        self.levels: list[Ids] = [np.array([start], dtype=np.int64)]

    @property
    def rim(self) -> Ids:
        """Those reached last."""
        return self.levels[-1]

    def grow(self, network: Network) -> None:
        """One more level: everybody on a new byline of those reached last."""
        works = self._new(network.reach("works_by", self.rim), self.works)
        self.levels.append(self._new(network.reach("byline", works), self.seen))

    def _new(self, found: NDArray[np.uint32], seen: NDArray[np.bool_]) -> Ids:
        """Those not seen before, each once; they are seen from now on. Without sorting: the last of equals wins."""
        fresh = found[~seen[found]]
        places = np.arange(len(fresh), dtype=np.int32)
        self.slot[fresh] = places
        fresh = fresh[self.slot[fresh] == places]
        seen[fresh] = True
        new: Ids = fresh.astype(np.int64)
        return new


def shortest_paths(network: Network, start: int, end: int, *, shown: int = SHOWN) -> Paths:
    """All shortest paths from one person to another, nobody unlisted on them."""
    barred = network.is_unlisted(np.array([start, end], dtype=np.int64))
    if barred.any():
        return Paths(None, 0, ())
    if start == end:
        return Paths(0, 1, ((),))
    levels = _levels(network, start, end)
    if not levels:
        return Paths(None, 0, ())
    ties = [_between(network, near, far) for near, far in pairwise(levels)]
    counts = {start: 1}
    for step in ties:
        counts = _carried(counts, step)
    return Paths(len(ties), counts.get(end, 0), tuple(_first(ties, start, shown)))


def _levels(network: Network, start: int, end: int) -> list[Ids]:
    """The people on shortest paths, by their distance from `start`; [] when no path leads there."""
    people, works = _heights(network, max(start, end))
    sides = (_Side(start, people, works, network.unlisted), _Side(end, people, works, network.unlisted))
    for _step in range(LONGEST):
        smaller, other = sorted(sides, key=lambda side: int(network.degree("works_by", side.rim).sum()))
        smaller.grow(network)
        if not len(smaller.rim):
            return []
        meeting = smaller.rim[np.isin(smaller.rim, other.rim)]
        if len(meeting):
            near = _traced(network, sides[0].levels, meeting)
            return [*reversed(near), meeting, *_traced(network, sides[1].levels, meeting)]
    return []


def _traced(network: Network, levels: list[Ids], meeting: Ids) -> list[Ids]:
    """From the people where both ends met back to one end: those of each level who lie on the way."""
    found, here = [], meeting
    for level in reversed(levels[:-1]):
        near = np.unique(network.reach("byline", np.unique(network.reach("works_by", here)).astype(np.int64)))
        here = near[np.isin(near, level)].astype(np.int64)
        found.append(here)
    return found


def _heights(network: Network, largest: int) -> tuple[int, int]:
    """One more than the largest id of a person and of a work."""
    people, works = largest + 1, 1
    for relations in (network.built, network.recent):
        for name in ("works_by", "byline"):
            if name not in relations:
                continue
            relation = relations[name]
            rows = (
                int(relation.keys[-1]) + 1 if relation.keys is not None and len(relation.keys) else relation.height + 1
            )
            if name == "works_by":
                people = max(people, rows)
            else:
                works = max(works, rows)
    return people, works


def _between(network: Network, near: Ids, far: Ids) -> dict[int, dict[int, tuple[int, ...]]]:
    """For each person of one level those of the next, with their joint works."""
    wrote = network.pairs("works_by", near)
    works = wrote.targets.astype(np.int64)
    pairs = network.pairs("byline", works)
    kept = np.isin(pairs.targets, far)
    joint: dict[int, dict[int, set[int]]] = {}
    for place, other in zip(pairs.owners[kept].tolist(), pairs.targets[kept].tolist(), strict=True):
        joint.setdefault(int(near[wrote.owners[place]]), {}).setdefault(other, set()).add(int(works[place]))
    return {a: {b: tuple(sorted(found)) for b, found in others.items()} for a, others in joint.items()}


def _carried(counts: dict[int, int], step: dict[int, dict[int, tuple[int, ...]]]) -> dict[int, int]:
    """How many shortest paths lead to each person of the next level."""
    further: dict[int, int] = {}
    for person, count in counts.items():
        for other in step.get(person, ()):
            further[other] = further.get(other, 0) + count
    return further


def _first(ties: list[dict[int, dict[int, tuple[int, ...]]]], start: int, shown: int) -> Iterator[tuple[Step, ...]]:
    """Paths one by one, at each step the person with most joint works first."""
    waiting: list[tuple[Step, ...]] = [()]
    given = 0
    while waiting and given < shown:
        path = waiting.pop()
        if len(path) == len(ties):
            given += 1
            yield path
            continue
        person = path[-1].to_id if path else start
        others = sorted(ties[len(path)].get(person, {}).items(), key=lambda item: (len(item[1]), -item[0]))
        waiting += [(*path, Step(person, other, works)) for other, works in others]

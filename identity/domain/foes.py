"""Which groups are two people for sure: two names of one byline, two ids of one kind, and what somebody decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import numpy as np

from identity.domain.certain import differ
from identity.domain.corpus import Ints, Mask
from identity.domain.units import Groups


class Foes:
    """`ids` are the ids of groups by scheme; `barred` says of a group from whom people keep it apart."""

    def __init__(self, groups: Groups, ids: dict[int, dict[str, str]], apart: Collection[tuple[int, int]]) -> None:
        self._groups = groups
        self.ids = ids
        self.barred: dict[int, set[int]] = defaultdict(set)
        for a, b in apart:
            self.barred[a].add(b)
            self.barred[b].add(a)

    def are_two(self, a: int, b: int) -> bool:
        """Whether ids or people keep two groups apart; bylines are not asked."""
        return b in self.barred.get(a, ()) or differ(self.ids.get(a), self.ids.get(b))

    def within(self, component: Ints) -> Iterator[tuple[int, int]]:
        """All pairs of foes inside a component of groups."""
        crowd = np.bincount(component)[component] > 1
        yield from self._on_one_byline(component, crowd)
        holders: dict[int, list[int]] = defaultdict(list)
        for unit in sorted(self.ids):
            if crowd[unit]:
                holders[int(component[unit])].append(unit)
        for units in holders.values():
            for k, a in enumerate(units):
                yield from ((a, b) for b in units[k + 1 :] if differ(self.ids[a], self.ids[b]))
        for a, others in self.barred.items():
            yield from ((a, b) for b in others if a < b)

    def _on_one_byline(self, component: Ints, crowd: Mask) -> Iterator[tuple[int, int]]:
        papers = self._groups.papers
        unit = np.repeat(np.arange(self._groups.count), np.diff(papers.indptr))
        paper = papers.indices.astype(np.int64)
        unit, paper = unit[crowd[unit]], paper[crowd[unit]]
        order = np.lexsort((unit, paper, component[unit]))
        unit, paper = unit[order], paper[order]
        same = (paper[1:] == paper[:-1]) & (component[unit[1:]] == component[unit[:-1]])
        run: list[int] = []
        for at in range(len(unit)) if same.any() else ():
            if at and not same[at - 1]:
                run = []
            yield from ((one, int(unit[at])) for one in run)
            run.append(int(unit[at]))

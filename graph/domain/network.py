"""The network of the record: what a build found, with what changed since read beside it.

Everything hangs on a work: its byline, topics, institutions, references. A work that changed after the build counts
with what it is now and with nothing of what it was, so that one list of changed works keeps every relation true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import MAXYEAR
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.domain.relations import NO_IDS, Ids, Relation, Targets, is_among

# Each relation: what its rows are and what they lead to.
RELATIONS: Mapping[str, tuple[str, str]] = {
    "byline": ("W", "A"),
    "works_by": ("A", "W"),
    "topics": ("W", "T"),
    "works_on": ("T", "W"),
    "institutions": ("W", "I"),
    "works_at": ("I", "W"),
    "references": ("W", "W"),
    "citing": ("W", "W"),
    "similar": ("W", "W"),
    "affiliations": ("A", "I"),
    "impact": ("W", ""),
    "years": ("W", ""),
}
WORKS = {"A": "works_by", "T": "works_on", "I": "works_at"}

type Relations = Mapping[str, Relation]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that were found: `owners` are places in what was asked for, `targets` ids, `weights` beside them."""

    owners: NDArray[np.int64]
    targets: Targets
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """Relations of a build and of the works changed since. `unlisted` are authors nobody may come across.

    `years` are the first and the last of the works that are come across, None for all works. `version` names the build, "" when there is none yet; `behind` is how many changed works are not in yet.
    """

    built: Relations
    recent: Relations = field(default_factory=dict)
    changed: Ids = field(default_factory=lambda: NO_IDS)
    unlisted: Ids = field(default_factory=lambda: NO_IDS)
    version: str = ""
    behind: int = 0
    years: tuple[int, int] | None = None

    def of_years(self, first: int | None, last: int | None) -> Network:
        """The network of the works of these years, each None where not limited: nothing leads to another work."""
        return replace(self, years=(first or 1, last or MAXYEAR))

    @cached_property
    def _is_changed(self) -> NDArray[np.bool_]:
        """By id of a work; longer by one than the largest changed id, so that larger ids ask the last, which is False."""
        flags = np.zeros(int(self.changed.max()) + 2 if len(self.changed) else 1, dtype=bool)
        flags[self.changed] = True
        return flags

    def has_changed(self, works: Ids | Targets) -> NDArray[np.bool_]:
        flags = self._is_changed
        found: NDArray[np.bool_] = flags[np.minimum(works, len(flags) - 1)]
        return found

    def is_unlisted(self, authors: Ids | Targets) -> NDArray[np.bool_]:
        return is_among(authors, self.unlisted)

    def pairs(self, name: str, ids: Ids) -> Pairs:
        """The pairs of these rows, unlisted people left out on both sides."""
        kind, leads_to = RELATIONS[name]
        found: list[Pairs] = []
        for relation, is_built in ((self.built.get(name), True), (self.recent.get(name), False)):
            if relation is None or not relation.size:
                continue
            owners, positions = relation.positions_of(ids)
            targets = relation.targets.take(positions)
            weights = np.ones(len(positions), np.float32) if relation.weights is None else relation.weights[positions]
            kept = self._kept(kind, leads_to, ids[owners], targets, is_built=is_built)
            found.append(
                Pairs(owners, targets, weights) if kept is None else Pairs(owners[kept], targets[kept], weights[kept])
            )
        return _joined(found)

    def reach(self, name: str, ids: Ids) -> Targets:
        """What these rows lead to, in no order and with repetitions."""
        if len(self.changed) or len(self.unlisted) or self.years or name not in self.built:
            return self.pairs(name, ids).targets
        return self.built[name].reach(ids)

    def degree(self, name: str, ids: Ids) -> NDArray[np.int64]:
        """About how many pairs each row has: changed works may count twice."""
        total = np.zeros(len(ids), dtype=np.int64)
        for relations in (self.built, self.recent):
            if name in relations:
                total += relations[name].counts(ids)
        return total

    def impact(self, works: Ids) -> NDArray[np.float64]:
        """How often each of these works is cited, as the portal shows it; 0 also where that is not known."""
        pairs = self.pairs("impact", works)
        counts = np.zeros(len(works), dtype=np.float64)
        counts[pairs.owners] = pairs.weights
        return counts

    def is_of_years(self, works: Ids | Targets) -> NDArray[np.bool_]:
        """Which of these works are of the years that are shown; a work without a date is of none."""
        pairs = self.pairs("years", works.astype(np.int64))
        found = np.zeros(len(works), dtype=np.bool_)
        if self.years is not None:
            found[pairs.owners] = (pairs.targets >= self.years[0]) & (pairs.targets <= self.years[1])
        return found

    def team(self, works: Ids) -> NDArray[np.int64]:
        """How many people wrote each of these works, those who are not listed included."""
        is_new = self.has_changed(works)
        built = self.built["byline"].counts(works) if "byline" in self.built else np.zeros(len(works), np.int64)
        recent = self.recent["byline"].counts(works) if "byline" in self.recent else 0
        return np.where(is_new, recent, built)

    def _kept(
        self, kind: str, leads_to: str, sources: Ids, targets: Targets, *, is_built: bool
    ) -> NDArray[np.bool_] | None:
        """Which pairs stand; None for all."""
        drops: list[NDArray[np.bool_]] = []
        if is_built and len(self.changed):
            drops += [self.has_changed(ids) for letter, ids in ((kind, sources), (leads_to, targets)) if letter == "W"]
        if len(self.unlisted):
            drops += [self.is_unlisted(ids) for letter, ids in ((kind, sources), (leads_to, targets)) if letter == "A"]
        if self.years is not None and leads_to == "W":
            drops.append(~self.is_of_years(targets))
        return ~np.logical_or.reduce(drops) if drops else None


def _joined(found: list[Pairs]) -> Pairs:
    if len(found) == 1:
        return found[0]
    if not found:
        return Pairs(NO_IDS, np.empty(0, np.uint32), np.empty(0, np.float32))
    return Pairs(
        np.concatenate([each.owners for each in found]),
        np.concatenate([each.targets for each in found]),
        np.concatenate([each.weights for each in found]),
    )

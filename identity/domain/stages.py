"""A stage: pairs of groups compared pack by pack, so that memory holds the features of few pairs at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from identity.domain.candidates import Pairs
from identity.domain.corpus import Floats, Ints
from identity.domain.features import pair_features, row_dots
from identity.domain.rivals import rival_features
from identity.domain.units import Background, Groups, Resolved, make_units

KEPT = 0.02  # pairs that are less likely are not kept: no zone begins so low, and they are nine in ten

type Weigh = Callable[[Floats], Floats]
type Tell = Callable[[str, int], None]


@dataclass(slots=True)
class Stage:
    """Pairs that a stage compared and kept: group numbers, the relation of their names, features and chances."""

    left: Ints
    right: Ints
    relations: Ints
    features: Floats
    chance: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))


@dataclass(slots=True)
class Comparison:
    """How a stage compares: groups at the left and at the right, and whether candidates are rivals.

    `weigh` gives chances, None for a stage to be learned from; pairs under `least` are not kept. `tell` hears how many
    pairs were compared.
    """

    back: Background
    one: Groups
    other: Groups
    people: Resolved | None = None
    rivals: bool = False
    weigh: Weigh | None = None
    least: float = 0.0
    tell: Callable[[int], None] = lambda _: None

    def of(self, packs: Iterable[Pairs]) -> Stage:
        """The pairs of all packs that are not of one byline."""
        parts: list[tuple[Ints, Ints, Ints, Floats, Floats]] = []
        for pack in packs:
            free = row_dots(self.one.papers, self.other.papers, pack[0], pack[1]) == 0
            left, right, relations = (column[free] for column in pack)
            features = self._features(left, right, relations)
            chance = np.ones(len(left), dtype=np.float32) if self.weigh is None else self.weigh(features)
            kept = chance >= self.least
            parts.append((left[kept], right[kept], relations[kept], features[kept], chance[kept]))
            self.tell(len(left))
        if not parts:
            none = np.zeros(0, dtype=np.int64)
            features = self._features(none, none, none)
            return Stage(none, none, none, features)
        return Stage(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _features(self, left: Ints, right: Ints, relations: Ints) -> Floats:
        i, j = np.unique(left), np.unique(right)
        if self.one is self.other:
            i = j = np.union1d(i, j)
        one = make_units(self.back, self.one, i, self.people)
        other = one if self.one is self.other else make_units(self.back, self.other, j, self.people)
        rows, columns = np.searchsorted(i, left), np.searchsorted(j, right)
        features = pair_features(self.back, one, rows, columns, relations, other)
        return rival_features(features, left, columns, other) if self.rivals else features

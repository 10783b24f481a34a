"""How common a name is, from the names of the corpus itself: how many people are likely to bear one that fits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from identity.domain.cultures import mixtures
from identity.domain.name_shares import MIDDLE_INITIAL, MIDDLE_NAME, NameShares
from identity.domain.names import Name

FEWEST_BORNE = 5  # given names of a family, and families of a given name, from which it is in the table
DIGITS = 4
FEW_NAMES = 500  # how many names a corpus must have before its own counts say much


class Commonness:
    """Counts over distinct full names. Each array has a figure a name, in the order of `names`."""

    def __init__(self, names: Sequence[Name]) -> None:
        distinct = {name.key: name for name in names if not name.is_initials}
        self.total = max(len(distinct), 1)
        self._family = Counter(name.family for name in distinct.values())
        given: dict[str, set[str]] = defaultdict(set)
        letters: Counter[str] = Counter()
        self._firsts_of: Counter[tuple[str, str]] = Counter()
        for name in distinct.values():
            for form in _firsts(name):
                given[form].add(name.family)
                self._firsts_of[form, name.family] += 1
            letters[name.closed_given[:1]] += 1
        self._given = {form: len(families) for form, families in given.items()}
        self._mix(given)
        self._letters = letters
        self._blocks = Counter(name.block for name in distinct.values())
        self._figures: dict[Name, tuple[float, float, float, float]] = {}

    def _mix(self, given: dict[str, set[str]]) -> None:
        self._family_at = {family: k for k, family in enumerate(sorted(self._family))}
        self._given_at = {form: k for k, form in enumerate(sorted(given))}
        pairs = [
            (self._family_at[f], self._given_at[g]) for g, families in sorted(given.items()) for f in sorted(families)
        ]
        self._share, self._frequency = mixtures(pairs, list(self._family_at), list(self._given_at))
        first = defaultdict(list)
        for form, place in self._given_at.items():
            first[form[:1]].append(place)
        self._letter = {letter: self._frequency[places].sum(axis=0) for letter, places in first.items()}

    def of(self, name: Name) -> tuple[float, float, float, float]:
        """Expected bearers, names of the family, families of the given name, full names in the block."""
        known = self._figures.get(name)
        if known is None:
            known = self._figures[name] = self._of(name)
        return known

    def _of(self, name: Name) -> tuple[float, float, float, float]:
        family, block = self._family.get(name.family, 0), self._blocks.get(name.block, 0)
        spread = self._spread(name)
        others = family - max((self._firsts_of.get((form, name.family), 0) for form in _firsts(name)), default=0)
        if name.is_initials:
            others = family
        bearers = (max(others, 0) + 0.5) * self._chance(name) * _middles(name)
        bearers *= self.total / (self.total + FEW_NAMES)
        return float(bearers), float(family), float(spread), float(block)

    def _spread(self, name: Name) -> float:
        """In how many families the given name, or its first letter, is found; half a one for none."""
        if name.is_initials:
            return max(self._letters.get(name.closed_given[:1], 0), 0.5)
        return max(*(self._given.get(form, 0) for form in _firsts(name)), 0.5)

    def _chance(self, name: Name) -> float:
        """How likely somebody of the family has a given name that fits."""
        if name.family not in self._family_at:
            return self._spread(name) / self.total
        share = self._share[self._family_at[name.family]]
        if name.is_initials:
            letter = self._letter.get(name.closed_given[:1])
            return 0.5 / self.total if letter is None else float(share @ letter)
        places = [self._given_at[form] for form in _firsts(name) if form in self._given_at]
        return max((float(share @ self._frequency[place]) for place in places), default=0.5 / self.total)

    def columns(self, names: Sequence[Name]) -> NDArray[np.float64]:
        """(names, 6): as `of`, then how many given tokens are in full and how many are letters."""
        rows = np.empty((len(names), 6), dtype=np.float64)
        for place, n in enumerate(names):
            rows[place] = (*self._of(n), len(n.short) - sum(n.short), sum(n.short))
        return rows

    def shares(
        self, fewest: int
    ) -> tuple[dict[str, tuple[float, list[float]]], dict[str, list[float]], dict[str, list[float]]]:
        """Of families with that many names: their share of all names and of kinds; of given names in that many
        families, and of first letters: how often each kind has them."""
        families = {
            family: (count / self.total, self._share[self._family_at[family]].tolist())
            for family, count in self._family.items()
            if count >= fewest
        }
        givens = {
            form: self._frequency[place].tolist()
            for form, place in self._given_at.items()
            if self._given[form] >= fewest
        }
        return families, givens, {letter: frequency.tolist() for letter, frequency in self._letter.items()}


def _firsts(name: Name) -> set[str]:
    """The given name by which one is counted: the first full token, and all full tokens closed up."""
    full = [token for token, short in zip(name.given, name.short, strict=True) if not short]
    return {full[0], "".join(full)} if full else {name.closed_given}


def _middles(name: Name) -> float:
    share = 1.0
    for short in name.short[1:]:
        share *= MIDDLE_INITIAL if short else MIDDLE_NAME
    return share


def counted_shares(names: Sequence[Name]) -> NameShares:
    """The table of these names; each distinct full name counts once."""
    families, givens, letters = Commonness(names).shares(FEWEST_BORNE)
    return NameShares(
        {family: (_rounded(share), [_rounded(x) for x in kinds]) for family, (share, kinds) in families.items()},
        {given: [_rounded(x) for x in kinds] for given, kinds in givens.items()},
        {letter: [_rounded(x) for x in kinds] for letter, kinds in letters.items()},
    )


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")

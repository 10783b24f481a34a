"""Why a mention stands where it does: facts for and against, by what each weighed in the trees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from identity.domain.corpus import Floats
from identity.domain.features import COLUMN, Feature
from identity.domain.names import Relation

MOST_FACTS = 3


@dataclass(frozen=True, slots=True)
class Fact:
    """A code of the closed list with its values; `is_for` says which way it speaks."""

    code: str
    is_for: bool
    values: tuple[int | float | str, ...] = ()

    def encoded(self) -> list[object]:
        """As a link keeps it."""
        return [self.code, int(self.is_for), *self.values]


def facts(features: Floats, shares: Floats, columns: Sequence[Feature], who: Sequence[str] = ()) -> list[Fact]:
    """At most MOST_FACTS facts of one pair. `shares` are what each feature weighed; `who` are common co-authors."""
    weight: dict[str, float] = {}
    for column, share in zip(columns, shares, strict=False):
        group = column.group.removeprefix("rivals ")
        weight[group] = weight.get(group, 0.0) + float(share)
    found: list[Fact] = []
    for group, share in sorted(weight.items(), key=lambda pair: (-abs(pair[1]), pair[0])):
        fact = _fact(group, share > 0, features, who)
        if fact is not None and len(found) < MOST_FACTS:
            found.append(fact)
    return found


def _fact(group: str, is_for: bool, features: Floats, who: Sequence[str]) -> Fact | None:
    def value(name: str) -> float:
        return float(features[COLUMN[name]])

    if group == "company":
        common = int(value("common"))
        if common:
            return Fact("wrote with", True, (common, *who[:2])) if is_for else None
        return None if is_for else Fact("no common co-author", False)
    if group == "years" and not np.isnan(value("gap")):
        gap = int(value("gap"))
        return (
            Fact("same years", True)
            if is_for and not gap
            else Fact("years apart", is_for and gap < 3, (gap,))
            if gap
            else None
        )
    if group in ("topic", "venue", "place", "citing"):
        return _likeness(group, is_for, value)
    if group == "rarity":
        return Fact("rare name", True) if is_for else Fact("common name", False)
    if group == "name":
        return Fact("name", is_for, (Relation(int(value("relation"))).name.lower(),))
    if group == "rivals":
        return Fact("only one", True) if is_for else Fact("rivals", False)
    return None


def _likeness(group: str, is_for: bool, value: Callable[[str], float]) -> Fact | None:
    if group == "topic":
        return Fact("same subject", True) if is_for else Fact("other subject", False)
    if group == "venue" and not np.isnan(value("venues")):
        return Fact("same venue", True) if is_for and value("venues") > 0 else None
    if group == "place" and not np.isnan(value("places")):
        return Fact("same place", True) if is_for and value("places") > 0 else Fact("other place", False)
    if group == "citing" and value("cites") > 0:
        return Fact("cites", True, (int(value("cites")),)) if is_for else None
    return None

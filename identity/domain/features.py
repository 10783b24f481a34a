"""What speaks for and against two units being one person, as columns. NaN is unknown, never 0."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from identity.domain.corpus import Floats, Ints
from identity.domain.units import Background, Units

AT_ONCE = 50_000

type Put = Callable[[str, Floats], None]


@dataclass(frozen=True, slots=True)
class Feature:
    """A column. direction: +1 where more can only speak for one person, -1 against, 0 where either may be."""

    name: str
    direction: int
    group: str


FEATURES = (
    Feature("relation", 0, "name"),
    Feature("tokens_apart", -1, "name"),
    Feature("initials_apart", 0, "name"),
    Feature("bearers", -1, "rarity"),
    Feature("family_names", 0, "rarity"),
    Feature("given_spread", 0, "rarity"),
    Feature("block_names", 0, "rarity"),
    Feature("bearers_fuller", -1, "rarity"),
    Feature("common", 1, "company"),
    Feature("common_weight", 1, "company"),
    Feature("rarest", 1, "company"),
    Feature("fewest_rivals", -1, "company"),
    Feature("common_share", 1, "company"),
    Feature("near", 1, "company"),
    Feature("people", 1, "company"),
    Feature("people_weight", 1, "company"),
    Feature("company_less", 0, "company"),
    Feature("words", 1, "topic"),
    Feature("topic", 1, "topic"),
    Feature("gap", -1, "years"),
    Feature("distance", -1, "years"),
    Feature("venues", 1, "venue"),
    Feature("places", 1, "place"),
    Feature("cites", 1, "citing"),
    Feature("cites_same", 1, "citing"),
    Feature("papers_less", 0, "papers"),
    Feature("papers_more", 0, "papers"),
    Feature("corpus", 0, "papers"),
)
COLUMN = {feature.name: place for place, feature in enumerate(FEATURES)}


def pair_features(
    back: Background, units: Units, left: Ints, right: Ints, relations: Ints, other: Units | None = None
) -> Floats:
    """(pairs, features) for numbers `left` of `units` and `right` of `other` (None: the same units)."""
    other = units if other is None else other
    parts = [
        _features(
            back,
            units,
            other,
            left[start : start + AT_ONCE],
            right[start : start + AT_ONCE],
            relations[start : start + AT_ONCE],
        )
        for start in range(0, len(left), AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(FEATURES)), dtype=np.float32)


def _features(back: Background, units: Units, other: Units, left: Ints, right: Ints, relations: Ints) -> Floats:
    out = np.full((len(left), len(FEATURES)), np.nan, dtype=np.float32)

    def put(name: str, values: Floats) -> None:
        out[:, COLUMN[name]] = values

    put("relation", relations.astype(np.float32))
    _rarity(back, units, other, left, right, put)
    _company(back, units, other, left, right, put)
    put("words", row_dots(units.words, other.words, left, right))
    put("topic", np.einsum("ij,ij->i", units.topic[left], other.topic[right]))
    first, last, start, end = units.first[left], units.last[left], other.first[right], other.last[right]
    put("gap", np.maximum(np.maximum(first, start) - np.minimum(last, end), 0))
    put("distance", np.asarray(np.abs((first + last) - (start + end)) / 2, dtype=np.float32))
    put("venues", _known(units.venues, other.venues, row_dots(units.venues, other.venues, left, right), left, right))
    put("places", _known(units.places, other.places, row_dots(units.places, other.places, left, right), left, right))
    put("cites", row_dots(units.cited, other.papers, left, right) + row_dots(units.papers, other.cited, left, right))
    put("cites_same", np.log1p(row_dots(units.cited, other.cited, left, right)))
    put("papers_less", np.log1p(np.minimum(units.size[left], other.size[right])))
    put("papers_more", np.log1p(np.maximum(units.size[left], other.size[right])))
    put("corpus", np.full(len(left), np.log(back.common.total), dtype=np.float32))
    cited = _known(units.cited, other.cited, np.zeros(len(left), dtype=np.float32), left, right)
    out[np.isnan(cited), COLUMN["cites_same"]] = np.nan
    return out


def _rarity(back: Background, units: Units, other: Units, left: Ints, right: Ints, put: Put) -> None:
    a, b = back.figures[units.name[left]], back.figures[other.name[right]]
    put("tokens_apart", np.abs(a[:, 4] - b[:, 4]))
    put("initials_apart", np.abs(a[:, 5] - b[:, 5]))
    loose = np.where((a[:, 0] >= b[:, 0])[:, None], a, b)
    put("bearers", np.log(loose[:, 0] + 1e-6))
    put("family_names", np.log1p(loose[:, 1]))
    put("given_spread", np.log1p(loose[:, 2]))
    put("block_names", np.log1p(loose[:, 3]))
    put("bearers_fuller", np.log(np.minimum(a[:, 0], b[:, 0]) + 1e-6))


def _company(back: Background, units: Units, other: Units, left: Ints, right: Ints, put: Put) -> None:
    a = csr_array(units.company[left])
    b = csr_array(other.company[right])
    b.data = np.ones_like(b.data)
    both = csr_array(a.multiply(b))
    both.eliminate_zeros()
    count = np.diff(both.indptr).astype(np.float32)
    put("common", count)
    weighed = csr_array((back.weight[both.indices], both.indices, both.indptr), shape=both.shape)
    put("common_weight", np.asarray(weighed.sum(axis=1)))
    put("rarest", _row_max(weighed))
    rare = csr_array((1.0 / (1.0 + back.rivals[both.indices]), both.indices, both.indptr), shape=both.shape)
    put("fewest_rivals", -_row_max(rare))
    sizes = np.minimum(np.diff(a.indptr), np.diff(b.indptr)).astype(np.float32)
    put("common_share", np.where(sizes > 0, count / np.maximum(sizes, 1), np.nan).astype(np.float32))
    put("near", np.einsum("ij,ij->i", units.near[left], other.near[right]))
    put("company_less", np.log1p(sizes))
    if units.people is not None and other.people is not None:
        c, d = csr_array(units.people[left]), csr_array(other.people[right])
        d.data = np.ones_like(d.data)
        shared = csr_array(c.multiply(d))
        shared.eliminate_zeros()
        put("people", np.diff(shared.indptr).astype(np.float32))
        put("people_weight", np.log1p(np.asarray(shared.sum(axis=1))).astype(np.float32))


def row_dots(a: csr_array, b: csr_array, left: Ints, right: Ints) -> Floats:
    """Inner products of rows left[k] of a and right[k] of b."""
    return np.asarray(csr_array(a[left]).multiply(csr_array(b[right])).sum(axis=1), dtype=np.float32).ravel()


def _row_max(matrix: csr_array) -> Floats:
    """The largest of each row, 0 of an empty one."""
    out = np.zeros(matrix.shape[0], dtype=np.float32)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    np.maximum.at(out, rows, matrix.data)
    return out


def _known(a: csr_array, b: csr_array, values: Floats, left: Ints, right: Ints) -> Floats:
    """The values, NaN where one of the two has nothing."""
    filled = (np.diff(a.indptr)[left] > 0) & (np.diff(b.indptr)[right] > 0)
    return np.where(filled, values, np.nan).astype(np.float32)

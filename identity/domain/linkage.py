"""Average linkage inside components of a sparse graph, with what must and cannot be one checked at each merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from identity.domain.corpus import Floats, Ints, Mask

type Sums = NDArray[np.float64]

DEAD = -2.0  # the mean of a unit that went into another
MOST_TOGETHER = 1500  # units of one component that are compared all with all


type Foes = Callable[[Ints], Iterable[tuple[int, int]]]


def average_linkage(
    count: int,
    left: Ints,
    right: Ints,
    chance: Floats,
    *,
    least: float,
    size: Floats,
    foes: Foes = lambda _: (),
) -> Ints:
    """The cluster of each of `count` units, numbered by its smallest unit.

    `chance` is how likely each pair is one; pairs that are not named are 0. Two clusters are joined while the mean
    over all pairs of their mentions (`size` are how many each unit has) is `least` or more and they have no pair of
    foes. `foes` is given the component of each unit, outside of which nothing is joined, and names at least all pairs
    of foes inside components. Ties go to the smaller numbers.
    """
    linked = chance >= least / 2
    graph = csr_array((np.ones(int(linked.sum())), (left[linked], right[linked])), shape=(count, count))
    component = np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
    label = np.arange(count, dtype=np.int64)
    barred: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in foes(component):
        if component[a] == component[b]:
            barred[int(component[a])].append((a, b))
    inside = np.nonzero((component[left] == component[right]) & (chance > 0))[0]
    inside = inside[np.argsort(component[left[inside]], kind="stable")]
    starts = np.unique(component[left[inside]], return_index=True)[1]
    for places in np.split(inside, starts[1:]):
        if len(places):
            units = np.unique(np.concatenate((left[places], right[places])))
            foes_here = barred.get(int(component[units[0]]), ())
            _join(units, left[places], right[places], chance[places], least, size, foes_here, label)
    return label


def _join(
    units: Ints,
    left: Ints,
    right: Ints,
    chance: Floats,
    least: float,
    sizes: Floats,
    apart: Collection[tuple[int, int]],
    label: Ints,
) -> None:
    size = len(units)
    if size > MOST_TOGETHER:
        _join_fewer(units, left, right, chance, least, sizes, apart, label)
        return
    place = {int(unit): k for k, unit in enumerate(units)}
    total = np.zeros((size, size), dtype=np.float64)  # sums of chances between clusters
    i = np.array([place[int(u)] for u in left], dtype=np.int64)
    j = np.array([place[int(u)] for u in right], dtype=np.int64)
    np.maximum.at(total, (i, j), chance.astype(np.float64))
    weight = sizes[units].astype(np.float64)
    banned = np.zeros((size, size), dtype=bool)
    for a, b in apart:
        if a in place and b in place:
            banned[place[a], place[b]] = banned[place[b], place[a]] = True
    label[units] = units[_merge_all(np.maximum(total, total.T) * np.outer(weight, weight), weight, banned, least)]


def _merge_all(total: Sums, weight: Sums, banned: Mask, least: float) -> Ints:
    """The first unit of the cluster that each ends in; `total` are sums of chances over all pairs of mentions.

    Each row keeps its best partner, so that a merge costs one row and not the table.
    """
    size = len(weight)
    member = np.arange(size, dtype=np.int64)
    mean = np.where(banned, -1.0, total / np.outer(weight, weight))
    np.fill_diagonal(mean, -1.0)
    best = np.argmax(mean, axis=1)
    top = mean[np.arange(size), best]
    while True:
        a = int(np.argmax(top))
        if top[a] < least:
            return member
        a, b = sorted((a, int(best[a])))
        total[a] += total[b]
        total[:, a] += total[:, b]
        banned[a] |= banned[b]
        banned[:, a] |= banned[:, b]
        weight[a] += weight[b]
        member[member == b] = a
        _renew(mean, total, weight, banned, best, top, a, b)


def _renew(mean: Sums, total: Sums, weight: Sums, banned: Mask, best: Ints, top: Sums, a: int, b: int) -> None:
    """The means and best partners after b went into a."""
    dead = mean[a] == DEAD
    row = np.where(banned[a], -1.0, total[a] / (weight[a] * weight))
    row[a] = -1.0
    row[dead] = DEAD
    mean[a], mean[:, a] = row, row
    mean[b], mean[:, b] = DEAD, DEAD
    mean[a, b] = mean[b, a] = DEAD
    top[b], best[b] = DEAD, b
    for other in np.nonzero((best == a) | (best == b))[0].tolist():
        if other != b:
            best[other] = int(np.argmax(mean[other]))
    best[a] = int(np.argmax(mean[a]))
    live = np.nonzero(top > DEAD)[0]
    top[live] = mean[live, best[live]]
    better = live[(row[live] > top[live]) | ((row[live] == top[live]) & (a < best[live]))]
    best[better], top[better] = a, row[better]


def _join_fewer(
    units: Ints,
    left: Ints,
    right: Ints,
    chance: Floats,
    least: float,
    sizes: Floats,
    apart: Collection[tuple[int, int]],
    label: Ints,
) -> None:
    """A component too large for a table of all pairs: its sure pairs alone, so that it falls into smaller ones."""
    sure = chance >= min(0.99, (least + float(chance.max())) / 2)
    if sure.all():
        return  # nothing tells these pairs from one another: they stay apart and are offered
    place = {int(unit): k for k, unit in enumerate(units)}
    i = np.array([place[int(u)] for u in left[sure]], dtype=np.int64)
    j = np.array([place[int(u)] for u in right[sure]], dtype=np.int64)
    near = sorted({(place[a], place[b]) for a, b in apart if a in place and b in place})
    found = average_linkage(len(units), i, j, chance[sure], least=least, size=sizes[units], foes=lambda _: near)
    label[units] = units[found]

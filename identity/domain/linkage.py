"""Average linkage inside components of a sparse graph, with what must and cannot be one checked at each merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from identity.domain.corpus import Floats, Ints, Mask

type Sums = NDArray[np.float64]

MOST_TOGETHER = 1500  # units of one component that are compared all with all


def average_linkage(
    count: int,
    left: Ints,
    right: Ints,
    chance: Floats,
    *,
    least: float,
    size: Floats,
    apart: Collection[tuple[int, int]] = (),
) -> Ints:
    """The cluster of each of `count` units, numbered by its smallest unit.

    `chance` is how likely each pair is one; pairs that are not named are 0. Two clusters are joined while the mean
    over all pairs of their mentions (`size` are how many each unit has) is `least` or more and no pair between them is
    in `apart`. Ties go to the smaller numbers.
    """  # fmt: skip
    linked = chance >= least / 2
    graph = csr_array((np.ones(int(linked.sum())), (left[linked], right[linked])), shape=(count, count))
    _, component = connected_components(graph, directed=False)
    label = np.arange(count, dtype=np.int64)
    within: dict[int, list[int]] = defaultdict(list)
    for place in np.nonzero((component[left] == component[right]) & (chance > 0))[0]:
        within[int(component[left[place]])].append(int(place))
    barred: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in apart:
        if component[a] == component[b]:
            barred[int(component[a])].append((a, b))
    for number in sorted(within):
        places = np.array(within[number], dtype=np.int64)
        units = np.unique(np.concatenate((left[places], right[places])))
        _join(units, left[places], right[places], chance[places], least, size, barred.get(number, ()), label)
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
        banned[place[a], place[b]] = banned[place[b], place[a]] = True
    label[units] = units[_merge_all(np.maximum(total, total.T) * np.outer(weight, weight), weight, banned, least)]


def _merge_all(total: Sums, weight: Sums, banned: Mask, least: float) -> Ints:
    """The first unit of the cluster that each ends in; `total` are sums of chances over all pairs of mentions."""
    size = len(weight)
    member = np.arange(size, dtype=np.int64)
    alive = np.ones(size, dtype=bool)
    while True:
        mean = np.where(banned, -1.0, total / np.outer(weight, weight))
        np.fill_diagonal(mean, -1.0)
        mean[~alive] = -1.0
        mean[:, ~alive] = -1.0
        a, b = sorted(divmod(int(np.argmax(mean)), size))
        if mean[a, b] < least:
            return member
        total[a] += total[b]
        total[:, a] += total[:, b]
        banned[a] |= banned[b]
        banned[:, a] |= banned[:, b]
        weight[a] += weight[b]
        alive[b] = False
        member[member == b] = a


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
    near = {(place[a], place[b]) for a, b in apart}
    found = average_linkage(len(units), i, j, chance[sure], least=least, size=sizes[units], apart=near)
    label[units] = units[found]

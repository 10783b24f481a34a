"""Relations between records as compressed sparse rows: who is next to a row is found without looking at others.

A row is a record's id. In a file rows are addressed by the id itself; the few that changed since are kept by sorted
key. Both answer the same questions, so that a graph reads them one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from graph.domain.compact_integers import Bounds, CompactIntegers, bounds, compact

type Ids = NDArray[np.int64]
type Targets = NDArray[np.uint32]

NO_IDS: Ids = np.empty(0, dtype=np.int64)
LARGEST_ID = 2**31 - 1


class TooLarge(ValueError):
    """An id that 31 bits do not hold."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows and what each leads to: the targets of row i stand from starts[i] to before starts[i + 1], ascending.

    `keys` are the ids of the rows, sorted; None when row i is id i. `weights` stand beside the targets, None for 1.
    """

    starts: Bounds
    targets: CompactIntegers
    keys: Ids | None = None
    weights: NDArray[np.float32] | None = None

    @property
    def size(self) -> int:
        """How many pairs there are."""
        return len(self.targets)

    def positions_of(self, ids: Ids) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For each pair of these rows: the place in `ids` of its row, and its own place among `targets`."""
        first, counts = self._bounds(ids)
        owners = np.repeat(np.arange(len(ids), dtype=np.int64), counts)
        return owners, _steps(first, counts)

    def reach(self, ids: Ids) -> Targets:
        """What these rows lead to, one row after the other."""
        return self.targets.take(_steps(*self._bounds(ids)))

    def counts(self, ids: Ids) -> NDArray[np.int64]:
        """How many pairs each of these rows has."""
        return self._bounds(ids)[1]

    @property
    def height(self) -> int:
        """How many rows there are; addressed by id, one more than the largest."""
        return len(self.starts) - 1

    def _bounds(self, ids: Ids) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the pairs of each row begin, and how many there are: none for an id that has no row."""
        height = self.height
        if not height:
            return np.zeros(len(ids), np.int64), np.zeros(len(ids), np.int64)
        if self.keys is None:
            known = ids < height
            rows = np.where(known, ids, 0)
        else:
            rows = np.minimum(np.searchsorted(self.keys, ids), height - 1)
            known = self.keys[rows] == ids
        ends = self.starts.take(np.concatenate([rows, rows + 1]))
        first = ends[: len(rows)]
        return first, (ends[len(rows) :] - first) * known


def is_among(values: Ids | Targets, ids: Ids) -> NDArray[np.bool_]:
    """Which of the values are one of `ids`, which are sorted."""
    if not len(ids):
        return np.zeros(len(values), dtype=bool)
    found: NDArray[np.bool_] = ids[np.minimum(np.searchsorted(ids, values), len(ids) - 1)] == values
    return found


def _steps(first: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """first[0], first[0] + 1, … as often as counts[0] says, then those of the next."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    steps: NDArray[np.int64] = np.repeat(first - (ends - counts), counts) + np.arange(total, dtype=np.int64)
    return steps


def _checked(ids: Ids) -> Ids:
    if len(ids) and int(ids.max()) > LARGEST_ID:
        raise TooLarge(f"id {int(ids.max())} does not fit into 31 bits")
    return ids


def relation(sources: Ids, targets: Ids, weights: NDArray[np.float32] | None = None) -> Relation:
    """The relation of these pairs, rows addressed by id; a pair that is named twice counts once."""
    rows = int(_checked(sources).max()) + 1 if len(sources) else 0
    width = int(_checked(targets).max()) + 1 if len(targets) else 0
    return _built(sources, targets, weights, rows, width, None)


def keyed_relation(sources: Ids, targets: Ids, weights: NDArray[np.float32] | None = None) -> Relation:
    """The same for few rows among many ids."""
    keys, rows = np.unique(_checked(sources), return_inverse=True)
    width = int(_checked(targets).max()) + 1 if len(targets) else 0
    return _built(rows, targets, weights, len(keys), width, keys)


def _built(
    rows: Ids, targets: Ids, weights: NDArray[np.float32] | None, height: int, width: int, keys: Ids | None
) -> Relation:
    """Sorted by counting, as a sparse matrix is: the time grows with the pairs alone."""
    if not len(rows):
        weighted = None if weights is None else np.empty(0, np.float32)
        return Relation(bounds(np.zeros(height + 1, np.int64)), compact(NO_IDS), keys, weighted)
    values = np.ones(len(rows), np.float32) if weights is None else weights
    matrix = csr_matrix((values, (rows.astype(np.int32), targets.astype(np.int32))), shape=(height, width))
    matrix.sort_indices()
    return Relation(
        bounds(matrix.indptr),
        compact(matrix.indices),
        keys,
        None if weights is None else matrix.data.astype(np.float32),
    )

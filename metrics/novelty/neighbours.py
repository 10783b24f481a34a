"""The k nearest papers that were certainly published before a paper. Exact, in blocks.

Brute force spends most of its time choosing (argpartition), not multiplying. Here the product is cut
into tiles over candidates in order of time, so that later papers are never multiplied at all, and once
a query has k neighbours a tile is only compared with the k-th: the few survivors are merged in.
Why not an index: docs/adr/0040-novelty-neighbours.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics.embedding.model import Vectors

Integers = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]

QUERY_BLOCK = 2048
FIRST_TILE = 256
LARGEST_TILE = 4096
SPARE = 6
DECIMALS = 7


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What was found for each query, nearest first.

    rows: (queries, k), the neighbour's row in the vectors that were given; -1 where there are fewer than k.
    cosines: (queries, k), rounded to 7 decimals; NaN where there is no neighbour.
    """

    rows: Integers
    cosines: Cosines

    @property
    def counts(self) -> Integers:
        """How many neighbours each query has (at most k)."""
        return np.asarray((self.rows >= 0).sum(axis=1), dtype=np.int64)


def earlier_neighbours(
    *,
    vectors: Vectors,
    first_days: Integers,
    last_days: Integers,
    queries: Integers | None = None,
    k: int = 10,
) -> Neighbours:
    """The k nearest rows whose last possible day is before the query's first possible day.

    vectors: (papers, dimension), unit rows. first_days, last_days: day numbers between which a paper was
    published; equal for a full date, January 1 and December 31 for a year alone. A candidate that could
    be of the same day, or later, never counts. queries: rows to look for; all of them when None.
    The answer for a row depends on no paper that is not certainly earlier.
    """
    wanted = np.arange(len(vectors), dtype=np.int64) if queries is None else queries
    by_time = np.argsort(last_days, kind="stable")
    candidates = np.ascontiguousarray(vectors[by_time])
    limits = np.searchsorted(last_days[by_time], first_days[wanted], side="left").astype(np.int64)
    found_rows = np.full((len(wanted), k), -1, dtype=np.int64)
    found_cosines = np.full((len(wanted), k), np.nan)
    in_turn = np.argsort(limits, kind="stable")
    for start in range(0, len(wanted), QUERY_BLOCK):
        block = in_turn[start : start + QUERY_BLOCK]
        block_vectors = vectors[wanted[block]]
        positions = _nearest(block_vectors, candidates, limits[block], k + SPARE)
        chosen, cosines = _settle(block_vectors, candidates, positions, k)
        found_rows[block] = np.where(chosen >= 0, by_time[np.maximum(chosen, 0)] if len(by_time) else -1, -1)
        found_cosines[block] = cosines
    return Neighbours(rows=found_rows, cosines=found_cosines)


def displaced_rows(
    *,
    vectors: Vectors,
    first_days: Integers,
    kth_cosines: Cosines,
    new_vectors: Vectors,
    new_last_days: Integers,
    known: Integers | None = None,
) -> Integers:
    """Rows whose ten neighbours change because new papers arrived: what an import must compute anew.

    kth_cosines: the cosine of each row's k-th neighbour, NaN where it has fewer than k (then any earlier
    newcomer counts). known: how many of the newcomers each row lists already. A row is named when more newcomers
    than these are certainly earlier and at least as near.
    """
    listed = np.zeros(len(vectors), dtype=np.int64) if known is None else known
    thresholds = np.where(np.isnan(kth_cosines), -np.inf, kth_cosines - 10.0**-DECIMALS).astype(np.float32)
    named = np.zeros(len(vectors), dtype=np.bool_)
    for start in range(0, len(vectors), LARGEST_TILE):
        part = slice(start, start + LARGEST_TILE)
        products = vectors[part] @ new_vectors.T
        near = products > thresholds[part, None]
        near &= new_last_days[None, :] < first_days[part, None]
        named[part] = near.sum(axis=1) > listed[part]
    return np.flatnonzero(named).astype(np.int64)


def _tiles(common: int, total: int) -> Iterator[tuple[int, int]]:
    """Ranges over the candidates: those common to a block's queries backwards in time, then the rest.

    The first are small: they give every query its k-th product cheaply, and the wide ones are then only
    compared with it.
    """
    size, stop = FIRST_TILE, common
    while stop > 0:
        start = max(0, stop - size)
        yield start, stop
        stop, size = start, min(LARGEST_TILE, size * 2)
    for start in range(common, total, LARGEST_TILE):
        yield start, min(total, start + LARGEST_TILE)


def _nearest(queries: Vectors, candidates: Vectors, limits: Integers, keep: int) -> Integers:
    """(queries, keep) positions among the candidates with the largest products; -1 where fewer."""
    products = np.full((len(queries), keep), -np.inf, dtype=np.float32)
    positions = np.full((len(queries), keep), -1, dtype=np.int64)
    buffer = np.empty(len(queries) * LARGEST_TILE, dtype=np.float32)
    for start, stop in _tiles(int(limits.min()), int(limits.max())):
        tile = buffer[: len(queries) * (stop - start)].reshape(len(queries), stop - start)
        np.matmul(queries, candidates[start:stop].T, out=tile)
        _blank_later(tile, limits - start)
        thresholds = products.min(axis=1)
        open_rows = np.isneginf(thresholds)
        if open_rows.any():
            fresh_products, fresh_positions = _top(tile, start, keep)
        else:
            fresh_products, fresh_positions = _survivors(tile, thresholds, start, keep)
        products, positions = _merge(products, positions, fresh_products, fresh_positions, keep)
    return positions


def _blank_later(tile: Floats, widths: Integers) -> None:
    """Put minus infinity where a candidate is not earlier than the query: column at or past its width."""
    if int(widths.min()) < tile.shape[1]:
        tile[np.arange(tile.shape[1])[None, :] >= widths[:, None]] = -np.inf


def _top(tile: Floats, start: int, keep: int) -> tuple[Floats, Integers]:
    """The best of each row of a tile, by selection: only while rows still lack neighbours."""
    width = tile.shape[1]
    columns = (
        np.argpartition(tile, width - keep, axis=1)[:, width - keep :]
        if width > keep
        else np.broadcast_to(np.arange(width), tile.shape)
    )
    products = np.take_along_axis(tile, columns, axis=1)
    return products, np.where(np.isneginf(products), -1, columns + start).astype(np.int64)


def _survivors(tile: Floats, thresholds: Floats, start: int, keep: int) -> tuple[Floats, Integers]:
    """The entries of a tile above their row's threshold, packed to the left, at most `keep` a row."""
    flat = np.flatnonzero(tile > thresholds[:, None])
    rows, columns = np.divmod(flat, tile.shape[1])
    values = tile.ravel()[flat]
    order = np.lexsort((-values, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    ranks = np.arange(len(rows)) - np.searchsorted(rows, rows, side="left")
    kept = ranks < keep
    width = int(ranks[kept].max(initial=-1)) + 1
    products = np.full((len(tile), width), -np.inf, dtype=np.float32)
    positions = np.full((len(tile), width), -1, dtype=np.int64)
    products[rows[kept], ranks[kept]] = values[kept]
    positions[rows[kept], ranks[kept]] = columns[kept] + start
    return products, positions


def _merge(
    products: Floats, positions: Integers, fresh_products: Floats, fresh_positions: Integers, keep: int
) -> tuple[Floats, Integers]:
    """The best `keep` of what was known and what a tile added."""
    if not fresh_products.shape[1]:
        return products, positions
    all_products = np.concatenate((products, fresh_products), axis=1)
    all_positions = np.concatenate((positions, fresh_positions), axis=1)
    best = np.argpartition(-all_products, keep - 1, axis=1)[:, :keep]
    return np.take_along_axis(all_products, best, axis=1), np.take_along_axis(all_positions, best, axis=1)


def _settle(queries: Vectors, candidates: Vectors, positions: Integers, k: int) -> tuple[Integers, Cosines]:
    """Cosines anew in float64 and the k best of them: what is stored does not depend on the tiling."""
    if not len(candidates):
        return positions[:, :k], np.full((len(queries), k), np.nan)
    near = candidates[np.maximum(positions, 0)].astype(np.float64)
    cosines = np.round(np.einsum("qd,qcd->qc", queries.astype(np.float64), near), DECIMALS)
    cosines[positions < 0] = np.nan
    order = np.lexsort((positions, -cosines), axis=1)[:, :k]
    return np.take_along_axis(positions, order, axis=1), np.take_along_axis(cosines, order, axis=1)

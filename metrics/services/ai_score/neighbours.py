"""Vectors and earlier neighbours for training: what novelty has stored, and the rest computed the same way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.ai_score.corpus import Integers, Values
from metrics.embedding.model import EmbeddingModel, Vectors, embedding_text
from metrics.formulas.novelty import COPY, NEIGHBOURS
from metrics.novelty.neighbours import earlier_neighbours
from metrics.services.ai_score.reading import of_unit_length, read_integers, read_vectors
from metrics.sql import ai_score as statements

BATCH = 2_000
DISTANCE_UNIT = 1e-12


@dataclass(frozen=True, slots=True)
class StoredNeighbours:
    """distances: 1 − mean cosine of the ten nearest, NaN unknown. neighbours: (papers, 10) rows, -1 where none."""

    distances: Values
    neighbours: Integers


def fill_vectors(
    vectors: Vectors,
    *,
    ids: Integers,
    titles: Sequence[str],
    abstracts: Sequence[str],
    model: EmbeddingModel,
) -> None:
    """Write the vector of every paper with an abstract into its row; the others stay zero."""
    stored = np.zeros(len(ids), dtype=np.bool_)
    for paper_ids, rows_read in read_vectors(statements.VECTORS, model=model.name):
        here = np.isin(paper_ids, ids)
        rows = np.searchsorted(ids, paper_ids[here])
        vectors[rows] = rows_read[here]
        stored[rows] = True
    missing = [row for row in np.flatnonzero(~stored).tolist() if abstracts[row]]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        texts = [embedding_text(title=titles[row], abstract=abstracts[row]) for row in batch]
        # As the database would hold them: components of two bytes.
        vectors[batch] = of_unit_length(model.embed(texts).astype(np.float16).astype(np.float32))


def find_neighbours(
    vectors: Vectors,
    *,
    ids: Integers,
    worded: Integers,
    first_days: Integers,
    last_days: Integers,
    model: str,
) -> StoredNeighbours:
    """Neighbours as they are stored; computed for papers that have not been placed. worded: rows with an abstract."""
    places = StoredNeighbours(
        distances=np.full(len(ids), np.nan), neighbours=np.full((len(ids), NEIGHBOURS), -1, dtype=np.int64)
    )
    placed = _fill_stored(places, ids, model)
    missing = np.flatnonzero(~placed[worded]).astype(np.int64)
    if not len(missing):
        return places
    found = earlier_neighbours(
        vectors=vectors[worded],
        first_days=first_days[worded],
        last_days=last_days[worded],
        queries=missing,
        k=NEIGHBOURS,
    )
    rows = worded[missing]
    places.neighbours[rows] = np.where(found.rows >= 0, worded[np.maximum(found.rows, 0)], -1)
    distances = np.where(found.cosines[:, 0] >= COPY, 0.0, 1 - found.cosines.mean(axis=1))
    places.distances[rows] = np.round(distances / DISTANCE_UNIT) * DISTANCE_UNIT
    return places


def _fill_stored(stored: StoredNeighbours, ids: Integers, model: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Take over what is stored; says for which rows it was."""
    placed = np.zeros(len(ids), dtype=np.bool_)
    distances = read_integers(statements.PLACED, columns=2, model=model)
    here = np.isin(distances[:, 0], ids)
    rows = np.searchsorted(ids, distances[here, 0])
    known = distances[here, 1]
    stored.distances[rows] = np.where(known >= 0, known * DISTANCE_UNIT, np.nan)
    placed[rows] = True
    listed = read_integers(statements.NEIGHBOURS, columns=3, model=model)
    listed = listed[np.isin(listed[:, 0], ids) & np.isin(listed[:, 2], ids) & (listed[:, 1] <= NEIGHBOURS)]
    rows = np.searchsorted(ids, listed[:, 0])
    stored.neighbours[rows, listed[:, 1] - 1] = np.searchsorted(ids, listed[:, 2])
    return placed

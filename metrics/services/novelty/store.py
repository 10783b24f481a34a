"""Vectors as the database holds them, in one array: streamed in binary, 12 bytes and two a component each."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import connection

from common.db.copying import copying
from common.db.sql import fetch_value
from metrics.embedding.model import Vectors
from metrics.models.papers import DIMENSION

_HEADER = 19  # signature, flags and extension length of COPY BINARY
_ROW = np.dtype(
    [
        ("fields", ">i2"),
        ("id_length", ">i4"),
        ("id", ">i8"),
        ("first_length", ">i4"),
        ("first", ">i4"),
        ("last_length", ">i4"),
        ("last", ">i4"),
        ("placed_length", ">i4"),
        ("placed", "u1"),
        ("vector_length", ">i4"),
        ("dimension", ">i2"),
        ("unused", ">i2"),
        ("vector", ">f2", (DIMENSION,)),
    ]
)
_QUERY = """
COPY (
    SELECT paper_id, first_day - DATE '1970-01-01', last_day - DATE '1970-01-01', is_placed, vector
    FROM metrics_papervector WHERE model = {model} AND first_day IS NOT NULL ORDER BY paper_id
) TO STDOUT (FORMAT BINARY)
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Every dated paper with a vector of one model, side by side, by paper id.

    first_days, last_days: days since 1970 between which each was published. vectors: unit rows, float32.
    """

    paper_ids: npt.NDArray[np.int64]
    first_days: npt.NDArray[np.int64]
    last_days: npt.NDArray[np.int64]
    is_placed: npt.NDArray[np.bool_]
    vectors: Vectors

    def row_of_each(self, paper_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The row of each of these papers, in their order; -1 for one that is not here."""
        if not len(self.paper_ids):
            return np.full(len(paper_ids), -1, dtype=np.int64)
        rows = np.minimum(np.searchsorted(self.paper_ids, paper_ids), len(self.paper_ids) - 1)
        return np.where(self.paper_ids[rows] == paper_ids, rows, -1).astype(np.int64)

    def rows_of(self, paper_ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Positions of these papers; ones that are not here are left out."""
        rows = np.searchsorted(self.paper_ids, paper_ids)
        rows = rows[rows < len(self.paper_ids)] if len(self.paper_ids) else rows[:0]
        return np.intersect1d(rows[np.isin(self.paper_ids[rows], paper_ids)], rows).astype(np.int64)


def load_corpus(model: str) -> Corpus:
    """Read the vectors that `model` made. Memory: about 1.6 kB a paper while reading, 1 kB after."""
    content = bytearray()
    with connection.cursor() as cursor:
        quoted = fetch_value("SELECT quote_literal(%s)", [model])
        with copying(cursor, _QUERY.format(model=quoted)) as copy:
            for piece in copy:
                content += piece
    count = (len(content) - _HEADER - 2) // _ROW.itemsize
    rows = np.frombuffer(content, dtype=_ROW, count=count, offset=_HEADER)
    vectors = rows["vector"].astype(np.float32)
    # Halves round each component: the rows are made unit length again.
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    lengths[lengths == 0.0] = 1.0
    vectors /= lengths[:, None].astype(np.float32)
    return Corpus(
        paper_ids=rows["id"].astype(np.int64),
        first_days=rows["first"].astype(np.int64),
        last_days=rows["last"].astype(np.int64),
        is_placed=rows["placed"].astype(np.bool_),
        vectors=vectors,
    )

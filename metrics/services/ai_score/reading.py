"""Whole numbers and vectors out of Postgres, in pieces: binary COPY, so that memory holds arrays and not rows."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import sql

from common.db.copying import copying
from metrics.ai_score.corpus import Integers
from metrics.models.papers import DIMENSION

PIECE = 4_000_000
_HEADER = 19  # signature, flags and extension length of COPY BINARY
_VECTOR_ROW = np.dtype(
    [
        ("fields", ">i2"),
        ("id_length", ">i4"),
        ("id", ">i8"),
        ("vector_length", ">i4"),
        ("dimension", ">i2"),
        ("unused", ">i2"),
        ("vector", ">f2", (DIMENSION,)),
    ]
)


def read_integers(query: str, *, columns: int, model: str = "") -> Integers:
    """(rows, columns) of a query whose columns are all bigint and never NULL. `{model}` in it is quoted."""
    parts: list[tuple[str, Any]] = [("fields", ">i2")]
    for column in range(columns):
        parts += [(f"length{column}", ">i4"), (f"value{column}", ">i8")]
    width = np.dtype(parts)
    pieces = [
        np.column_stack([rows[f"value{column}"] for column in range(columns)]).astype(np.int64)
        for rows in _rows(query, width, model)
    ]
    return np.concatenate(pieces) if pieces else np.empty((0, columns), dtype=np.int64)


def read_vectors(query: str, *, model: str) -> Iterator[tuple[Integers, npt.NDArray[np.float32]]]:
    """(paper ids, vectors of length 1) in pieces; halves round each component, so lengths are made 1 again."""
    for rows in _rows(query, _VECTOR_ROW, model):
        yield rows["id"].astype(np.int64), of_unit_length(rows["vector"].astype(np.float32))


def of_unit_length(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows of length 1; zeros stay zeros."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))
    lengths[lengths == 0.0] = 1.0
    return np.asarray(vectors / lengths[:, None].astype(np.float32), dtype=np.float32)


def _rows(query: str, row: np.dtype[Any], model: str) -> Iterator[npt.NDArray[Any]]:
    statement = sql.SQL("COPY ({}) TO STDOUT (FORMAT BINARY)").format(sql.SQL(query).format(model=sql.Literal(model)))
    buffer, is_first = bytearray(), True
    with connection.cursor() as cursor, copying(cursor, statement) as copy:
        for piece in copy:
            buffer += piece
            if is_first and len(buffer) >= _HEADER:
                del buffer[:_HEADER]
                is_first = False
            if len(buffer) >= PIECE:
                yield _take(buffer, row)
    if len(buffer) >= row.itemsize:
        yield _take(buffer, row)


def _take(buffer: bytearray, row: np.dtype[Any]) -> npt.NDArray[Any]:
    """The whole rows at the start of the buffer, copied and taken out of it."""
    count = len(buffer) // row.itemsize
    taken = np.frombuffer(bytes(buffer[: count * row.itemsize]), dtype=row)
    if (taken["fields"] != taken["fields"][0]).any():
        raise ValueError("a NULL among columns that may have none")  # every row would be misread from there on
    del buffer[: count * row.itemsize]
    return taken

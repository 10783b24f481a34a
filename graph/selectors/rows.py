"""Rows by COPY in Postgres's binary form, straight into arrays."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from common.db.copying import copying
from common.db.sql import fetch
from graph.domain.relations import Ids

_HEADER, _END = 19, 2
_PAIR = np.dtype([("columns", ">i2"), ("size_1", ">i4"), ("source", ">i8"), ("size_2", ">i4"), ("target", ">i8")])
_WEIGHTED = np.dtype([*_PAIR.descr, ("size_3", ">i4"), ("weight", ">f4")])

type Weights = NDArray[np.float32]


class UnexpectedRows(Exception):
    """The server sent rows of another form than two ids and a weight."""


def copy_bytes(sql: str) -> bytes:
    """All that a COPY of the statement sends."""
    with connection.cursor() as cursor, copying(cursor, f"COPY ({sql}) TO STDOUT (FORMAT BINARY)") as copy:
        return b"".join(bytes(part) for part in copy)


def read_pairs(sql: str, *, is_weighted: bool) -> tuple[Ids, Ids, Weights | None]:
    """Two columns of ids, neither ever NULL, and a real number beside them if `is_weighted`."""
    form = _WEIGHTED if is_weighted else _PAIR
    sent = copy_bytes(sql)
    length = len(sent) - _HEADER - _END
    if length % form.itemsize:
        raise UnexpectedRows(sql)
    rows = np.frombuffer(sent, dtype=form, count=length // form.itemsize, offset=_HEADER)
    if len(rows) and (rows["columns"][0] != (3 if is_weighted else 2) or rows["size_1"][0] != 8):
        raise UnexpectedRows(sql)
    weights = rows["weight"].astype(np.float32) if is_weighted else None
    return rows["source"].astype(np.int64), rows["target"].astype(np.int64), weights


def fetch_pairs(sql: str, values: Mapping[str, Any], *, is_weighted: bool) -> tuple[Ids, Ids, Weights | None]:
    """The same for few rows, with values."""
    rows = fetch(sql, values)
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    weights = np.array(columns[2], dtype=np.float32) if is_weighted else None
    return np.array(columns[0], dtype=np.int64), np.array(columns[1], dtype=np.int64), weights

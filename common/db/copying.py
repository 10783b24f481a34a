"""COPY with the exceptions of Django: those of a bare cursor's `copy` are the driver's, which nobody here expects."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from psycopg import Copy


@contextmanager
def copying(cursor: Any, statement: Any) -> Iterator[Copy]:
    """Run a COPY on a cursor of Django's. Raises DatabaseError and its kinds, as every other statement does."""
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        yield copy

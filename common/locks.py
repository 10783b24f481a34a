"""Locks that Postgres holds for a name, so that one process at a time does a thing."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def lock_number(name: str) -> int:
    """The signed 64-bit key of a name; two names share one only by an accident of 1 in 2**64."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock inside one transaction, waiting for it (up to lock_timeout: OperationalError then)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_number(name)])
        yield


@contextmanager
def locked_if_free(name: str) -> Iterator[bool]:
    """Hold the lock inside one transaction; yields False at once when somebody else has it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(name)])
            (taken,) = cursor.fetchone()
        yield bool(taken)


@contextmanager
def session_locked_if_free(name: str) -> Iterator[bool]:
    """Hold the lock over many transactions, for a long import; yields False when somebody else has it.

    It belongs to the database connection and ends with it, so `kill -9` frees it too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock_number(name)])
        (taken,) = cursor.fetchone()
    try:
        yield bool(taken)
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_number(name)])

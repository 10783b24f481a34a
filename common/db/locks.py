"""Locks that Postgres holds for a name, so that one process at a time does a thing."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from common.db.sql import fetch_value


def lock_number(name: str) -> int:
    """The signed 64-bit key of a name; two names share one only by an accident of 1 in 2**64."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


def take_lock(name: str, *, shared: bool = False) -> None:
    """Hold the lock to the end of the transaction, waiting for it (up to lock_timeout: OperationalError then).

    Any number of holders share a lock; one that does not share it has it alone.
    """
    _ask("SELECT pg_advisory_xact_lock_shared(%s)" if shared else "SELECT pg_advisory_xact_lock(%s)", name)


def take_lock_if_free(name: str, *, shared: bool = False) -> bool:
    """Hold the lock to the end of the transaction; False at once when somebody else has it."""
    statement = "SELECT pg_try_advisory_xact_lock_shared(%s)" if shared else "SELECT pg_try_advisory_xact_lock(%s)"
    return bool(_ask(statement, name))


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock inside one transaction, waiting for it (up to lock_timeout: OperationalError then)."""
    with transaction.atomic():
        take_lock(name)
        yield


@contextmanager
def locked_if_free(name: str) -> Iterator[bool]:
    """Hold the lock inside one transaction; yields False at once when somebody else has it."""
    with transaction.atomic():
        yield take_lock_if_free(name)


@contextmanager
def session_locked(name: str) -> Iterator[None]:
    """Hold the lock over many transactions, waiting for it (up to lock_timeout: OperationalError then).

    It belongs to the database connection and ends with it, so `kill -9` frees it too.
    """
    _ask("SELECT pg_advisory_lock(%s)", name)
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)", name)


@contextmanager
def session_locked_if_free(name: str) -> Iterator[bool]:
    """As `session_locked`, for a long import; yields False at once when somebody else has it."""
    is_taken = bool(_ask("SELECT pg_try_advisory_lock(%s)", name))
    try:
        yield is_taken
    finally:
        if is_taken:
            _ask("SELECT pg_advisory_unlock(%s)", name)


def _ask(statement: str, name: str) -> object:
    return fetch_value(statement, [lock_number(name)])

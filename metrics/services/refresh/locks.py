"""Who may compute beside whom.

Items of a full refresh share one lock; an incremental refresh has it alone. An item that read rows before an import
committed has therefore written before the import's own refresh begins, which then has the last word. Nobody waits for
it in a worker: who finds it taken leaves the work, which stands in rows, to a later turn. A command may wait.
"""

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from common.locks import lock_number

_NAME = lock_number("metrics.refresh")


class RefreshBusy(Exception):
    """Somebody else computes at this moment what cannot be computed beside this."""


def share_refresh(*, wait: bool = False) -> None:
    """Compute beside other items until the transaction ends. Raises RefreshBusy while somebody computes alone, unless
    it may wait (up to lock_timeout: OperationalError then)."""
    if wait:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_NAME])
    else:
        _take("SELECT pg_try_advisory_xact_lock_shared(%s)")


def have_refresh_alone(*, wait: bool = False) -> None:
    """Compute alone until the transaction ends. Raises RefreshBusy while anybody computes; if it may wait, when that
    took longer than lock_timeout."""
    if not wait:
        _take("SELECT pg_try_advisory_xact_lock(%s)")
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NAME])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise RefreshBusy from error
        raise


def _take(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_NAME])
        (is_taken,) = cursor.fetchone()
    if not is_taken:
        raise RefreshBusy

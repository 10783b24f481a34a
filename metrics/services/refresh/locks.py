"""Who may compute beside whom.

Items of a full refresh share one lock; an incremental refresh has it alone. An item that read rows before an import
committed has therefore written before the import's own refresh begins, which then has the last word.
"""

from django.db import connection

from common.locks import lock_number

_NAME = lock_number("metrics.refresh")


def share_refresh() -> None:
    """Compute beside other items until the transaction ends; waits for an incremental refresh (lock_timeout)."""
    _take("SELECT pg_advisory_xact_lock_shared(%s)")


def have_refresh_alone() -> None:
    """Compute alone until the transaction ends; waits for items that run (lock_timeout: OperationalError)."""
    _take("SELECT pg_advisory_xact_lock(%s)")


def _take(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_NAME])

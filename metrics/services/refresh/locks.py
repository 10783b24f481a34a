"""Who may compute beside whom.

Items of a full refresh share one lock; an incremental refresh has it alone. An item that read rows before an import
committed has therefore written before the import's own refresh begins, which then has the last word. Nobody waits for
it in a worker: who finds it taken leaves the work, which stands in rows, to a later turn. A command may wait.
"""

from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from common.db.locks import take_lock, take_lock_if_free

_NAME = "metrics.refresh"


class RefreshBusy(Exception):
    """Somebody else computes at this moment what cannot be computed beside this."""


def share_refresh(*, wait: bool = False) -> None:
    """Compute beside other items until the transaction ends. Raises RefreshBusy while somebody computes alone, unless
    it may wait (up to lock_timeout: OperationalError then)."""
    if wait:
        take_lock(_NAME, shared=True)
    elif not take_lock_if_free(_NAME, shared=True):
        raise RefreshBusy


def have_refresh_alone(*, wait: bool = False) -> None:
    """Compute alone until the transaction ends. Raises RefreshBusy while anybody computes; if it may wait, when that
    took longer than lock_timeout."""
    if wait:
        try:
            take_lock(_NAME)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise RefreshBusy from error
            raise
    elif not take_lock_if_free(_NAME):
        raise RefreshBusy

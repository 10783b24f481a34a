"""Reads that end in time: a statement timeout for one block, and one error for what comes of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InternalError, OperationalError, connection, transaction

QUERY_CANCELED = "57014"
LOCK_NOT_AVAILABLE = "55P03"
BROKEN = ("XX001", "XX002")  # data_corrupted, index_corrupted


class ReadUnavailable(Exception):
    """The database did not answer: `is_slow` when it took too long, else an index or a table is damaged."""

    def __init__(self, *, is_slow: bool) -> None:
        self.is_slow = is_slow
        super().__init__("the read took too long" if is_slow else "the data cannot be read")


@contextmanager
def read_timeout(*, milliseconds: int) -> Iterator[None]:
    """Run the reads of a block in one transaction, each within the time given. Raises ReadUnavailable.

    JIT is off: compiling costs more than a bounded read can win.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('statement_timeout', %s, true), set_config('jit', 'off', true)",
                    [str(milliseconds)],
                )
            yield
    except (OperationalError, InternalError) as error:
        state = getattr(error.__cause__, "sqlstate", None)
        if state in (QUERY_CANCELED, LOCK_NOT_AVAILABLE):
            raise ReadUnavailable(is_slow=True) from error
        if state in BROKEN:
            raise ReadUnavailable(is_slow=False) from error
        raise

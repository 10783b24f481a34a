"""One writer of the record at a time: an import's batch, a merge and a person's correction see each other's rows."""

from common.db.locks import take_lock

WRITER_LOCK = "papers.record"


def lock_record() -> None:
    """Wait for the record and hold it to the end of the transaction; OperationalError after lock_timeout."""
    take_lock(WRITER_LOCK)

"""One writer of the record at a time: an import's batch, a merge and a person's correction see each other's rows."""

from django.db import connection

WRITER_LOCK = 0x636F6C6F


def lock_record() -> None:
    """Wait for the record and hold it to the end of the transaction; OperationalError after lock_timeout."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER_LOCK])

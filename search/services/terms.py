"""How often words occur, counted anew from the record: what rankings weigh words by, and typing errors are found in."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from django.db import connection

from common.db.copying import copying
from common.db.locks import locked_if_free
from common.db.sql import fetch, fetch_value
from search.domain.spelling import deletions
from search.models import Term, Upkeep

TERMS = "terms"
SAMPLED = 200_000  # papers whose full text is counted; frequencies are scaled up from them
GROWTH = 0.1  # of the record, after which it is counted anew
LONGEST_REST = timedelta(days=1)
MAX_CHARS = 60

_SIZE = """
SELECT (SELECT count(*) FROM papers_papersearch WHERE NOT is_stale)
     + (SELECT count(*) FROM canonical_author WHERE is_canonical AND is_listed)
"""
_LEXEMES = """
SELECT word, ndoc FROM ts_stat($$
    SELECT vector FROM papers_papersearch TABLESAMPLE SYSTEM ({percent}) WHERE vector IS NOT NULL $$)
WHERE length(word) <= {chars}
"""
_TITLES = """
SELECT word, ndoc FROM ts_stat($$
    SELECT to_tsvector('simple', unaccent(lower(title))) FROM canonical_paper WHERE is_canonical $$)
WHERE word ~ '^[^\\W\\d_]+$' AND length(word) BETWEEN 3 AND {chars}
"""
_NAMES = """
SELECT word, ndoc FROM ts_stat($$
    SELECT to_tsvector('simple', search_text) FROM canonical_author WHERE is_canonical AND is_listed $$)
WHERE word ~ '^[^\\W\\d_]+$' AND length(word) BETWEEN 3 AND {chars}
"""


def refresh_terms(*, now: datetime) -> int:
    """Count the terms of each kind anew when the record has grown by a tenth or a day has passed; returns how many were
    written. Each kind is a transaction of its own, so that what one run has no time for is done by the next."""
    return sum(_refresh(kind, now) for kind in Term.Kind)


def _refresh(kind: Term.Kind, now: datetime) -> int:
    """One run at a time: another returns at once."""
    with locked_if_free("search.refresh_terms") as is_mine:
        if not is_mine:
            return 0
        size = fetch_value(_SIZE)
        done, _is_new = Upkeep.objects.get_or_create(name=f"{TERMS} {kind.value}")
        if not _is_due(done, size, now):
            return 0
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '200s'")
            cursor.execute("DELETE FROM search_term WHERE kind = %s", [kind.value])
        written = _write(kind, _counted(kind))
        done.size, done.finished_at = size, now
        done.save(update_fields=["size", "finished_at"])
    return written


def _is_due(done: Upkeep, size: int, now: datetime) -> bool:
    if done.size is None or done.finished_at is None:
        return size > 0
    return abs(size - done.size) > done.size * GROWTH or (now - done.finished_at > LONGEST_REST and size != done.size)


def _counted(kind: Term.Kind) -> list[tuple[str, int]]:
    if kind is not Term.Kind.LEXEME:
        return fetch((_TITLES if kind is Term.Kind.TITLE else _NAMES).format(chars=MAX_CHARS))
    papers = fetch_value("SELECT count(*) FROM papers_papersearch WHERE vector IS NOT NULL")
    share = min(1.0, SAMPLED / papers) if papers else 1.0
    return [
        (word, ceil(number / share)) for word, number in fetch(_LEXEMES.format(percent=100 * share, chars=MAX_CHARS))
    ]


def _write(kind: Term.Kind, rows: Iterable[tuple[str, int]]) -> int:
    written = 0
    with (
        connection.cursor() as cursor,
        copying(cursor, "COPY search_term (kind, text, frequency, deletions) FROM STDIN") as copy,
    ):
        copy.set_types(["text", "text", "int4", "int4[]"])
        for word, number in rows:
            copy.write_row((kind.value, word, number, [] if kind is Term.Kind.LEXEME else deletions(word)))
            written += 1
    return written

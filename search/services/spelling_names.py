"""The texts that people are found by, made anew after their rules changed: those of old rows lack the new spellings."""

from datetime import datetime

from django.db import connection, transaction

from common.db.sql import fetch
from papers.domain.names import search_text
from search.models import Upkeep

NAMES = "names"
RULES = 1  # of papers.domain.names.search_text; a new number has every text looked at again
BATCH = 2_000

_NEXT = """
SELECT a.id, a.search_text, ARRAY[a.name] || ARRAY(
    SELECT n.name::text FROM papers_authorname n WHERE n.author_id = a.id AND NOT a.has_private_names ORDER BY n.id)
FROM canonical_author a WHERE a.id > %s AND a.is_canonical ORDER BY a.id LIMIT %s FOR UPDATE
"""
_WRITE = """
UPDATE papers_author a SET search_text = t.text FROM unnest(%s::bigint[], %s::text[]) AS t(id, text) WHERE a.id = t.id
"""
_STALE = """
UPDATE papers_papersearch s SET is_stale = true
FROM papers_authorship x WHERE x.author_id = ANY(%s) AND s.paper_id = x.paper_id AND NOT s.is_stale
"""


def respell_names(*, at_most: int, now: datetime) -> int:
    """Look at up to so many authors that the present rules have not seen; returns how many were looked at. Nothing that
    somebody was found by is lost: owners' own words stand in the text alone."""
    seen = 0
    while seen < at_most:
        with transaction.atomic():
            found = _batch(now)
        if not found:
            break
        seen += found
    return seen


def _batch(now: datetime) -> int:
    done = Upkeep.objects.select_for_update().get_or_create(name=NAMES)[0]
    if done.version != RULES:
        done.version, done.done_to, done.finished_at = RULES, 0, None
    if done.finished_at is not None:
        return 0
    with connection.cursor() as cursor:
        rows = fetch(_NEXT, [done.done_to, BATCH])
        changed = {pk: text for pk, before, names in rows if (text := _with_spellings(before, names)) != before}
        if changed:
            cursor.execute(_WRITE, [list(changed), list(changed.values())])
            cursor.execute(_STALE, [list(changed)])
    done.done_to = max([done.done_to, *(pk for pk, _before, _names in rows)])
    done.finished_at = None if rows else now
    done.save()
    return len(rows)


def _with_spellings(before: str, names: list[str]) -> str:
    return " ".join(dict.fromkeys([*before.split(), *search_text(names).split()]))

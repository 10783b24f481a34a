"""Records from which a run took every work: their addresses lead on, and come back when the run is undone."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from common.db.sql import fetch
from identity.models import IdentityRun
from papers.services.record_changes import tell_moved

# Where the emptied records of a run lead to: where most of their works went, of equals the elder.
_EMPTIED = """
SELECT DISTINCT ON (a.id) a.id, m.to_author_id
FROM listed_author a
JOIN (
    SELECT i.from_author_id, t.canonical_id AS to_author_id, count(*) AS n
    FROM identity_identitymove i JOIN canonical_author t ON t.id = i.to_author_id
    WHERE i.run_id = %s GROUP BY 1, 2
) m ON m.from_author_id = a.id
WHERE a.is_canonical
  AND NOT EXISTS (SELECT FROM papers_authorship s WHERE s.author_id = a.id) AND m.to_author_id <> a.id
ORDER BY a.id, m.n DESC, m.to_author_id
"""
_REDIRECT = """
WITH led AS (SELECT * FROM unnest(%(from)s::bigint[], %(to)s::bigint[]) AS l(id, target)),
noted AS (
    INSERT INTO identity_identityredirect (run_id, author_id, to_author_id, name_slot, led_to_id)
    SELECT %(run)s, a.id, l.target, a.name_slot, a.merged_into_id
    FROM papers_author a JOIN led l ON l.id = a.id OR l.id = a.merged_into_id
    ON CONFLICT DO NOTHING
)
UPDATE papers_author a SET merged_into_id = l.target, changed_at = %(now)s,
       name_slot = CASE WHEN a.is_initials THEN NULL ELSE a.name_slot END
FROM led l WHERE a.id = l.id OR a.merged_into_id = l.id
"""
# An iD goes along unless the record has one of its kind.
_IDENTIFIERS = """
UPDATE papers_authoridentifier i SET author_id = l.target
FROM unnest(%(from)s::bigint[], %(to)s::bigint[]) AS l(id, target)
WHERE i.author_id = l.id
  AND NOT EXISTS (SELECT FROM papers_authoridentifier o WHERE o.author_id = l.target AND o.scheme = i.scheme)

"""
_SEARCH_TEXT = """
UPDATE papers_author t SET search_text = t.search_text || ' ' || x.text, changed_at = %(now)s
FROM (SELECT l.target, string_agg(DISTINCT a.search_text, ' ') AS text
      FROM unnest(%(from)s::bigint[], %(to)s::bigint[]) AS l(id, target) JOIN papers_author a ON a.id = l.id
      GROUP BY l.target) x
WHERE t.id = x.target AND NOT t.has_private_names
"""


@transaction.atomic
def redirect_emptied(*, run: IdentityRun, now: datetime) -> int:
    """Let records that a run emptied lead to where their works went, also those that it emptied before it was stopped;
    returns how many."""
    end = dict(fetch(_EMPTIED, [run.pk]))
    if not end:
        return 0
    given: dict[str, Any] = {"from": list(end), "to": [_last(a, end) for a in end], "now": now, "run": run.pk}
    with connection.cursor() as cursor:
        for statement in (_REDIRECT, _IDENTIFIERS, _SEARCH_TEXT):
            cursor.execute(statement, given)
    tell_moved(author_ids={*given["from"], *given["to"]}, paper_ids=(), now=now)
    return len(end)


def _last(author_id: int, end: dict[int, int]) -> int:
    """Where a chain of emptied records ends; a circle ends at its smallest."""
    seen = {author_id}
    at = end[author_id]
    while at in end and at not in seen:
        seen.add(at)
        at = end[at]
    return at

"""Two papers that a curator knows to be one work are joined, and parted again: what a join moved is kept with the pair."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, transaction

from accounts.models import User
from common.db.sql import fetch_value
from harvest.services.writer.batch import rewrite_papers
from papers.models import Correction, Paper, PaperMatch, RecordKind
from papers.services.merging import merge_papers
from papers.services.record_lock import lock_record

# What belongs to the paper that goes (`from`), and of edges and figures only what the other one (`to`) has not.
_MOVED = """
SELECT jsonb_build_object(
  'identifiers', (SELECT coalesce(jsonb_agg(id), '[]') FROM papers_paperidentifier WHERE paper_id = %(from)s),
  'statements', (SELECT coalesce(jsonb_agg(id), '[]') FROM papers_paperstatement WHERE paper_id = %(from)s),
  'decisions', (SELECT coalesce(jsonb_agg(id), '[]') FROM papers_bylinedecision WHERE paper_id = %(from)s),
  'redirects', (SELECT coalesce(jsonb_agg(id), '[]') FROM papers_paper WHERE merged_into_id = %(from)s),
  'corrections', (SELECT coalesce(jsonb_agg(field), '[]') FROM papers_correction
                  WHERE kind = 'paper' AND object_id = %(from)s),
  'bylines', (SELECT coalesce(jsonb_agg(jsonb_build_array(position, printed_name, author_id)), '[]')
              FROM papers_authorship WHERE paper_id = %(from)s),
  'cites', (SELECT coalesce(jsonb_agg(jsonb_build_array(c.cited_id, c.source, o.id IS NOT NULL)), '[]')
            FROM papers_citation c LEFT JOIN papers_citation o ON o.citing_id = %(to)s AND o.cited_id = c.cited_id
            WHERE c.citing_id = %(from)s),
  'cited_by', (SELECT coalesce(jsonb_agg(jsonb_build_array(c.citing_id, c.source, o.id IS NOT NULL)), '[]')
               FROM papers_citation c LEFT JOIN papers_citation o ON o.cited_id = %(to)s AND o.citing_id = c.citing_id
               WHERE c.cited_id = %(from)s),
  'unresolved', (SELECT coalesce(jsonb_agg(jsonb_build_array(u.scheme, u.value, u.source, o.id IS NOT NULL)), '[]')
                 FROM papers_unresolvedreference u LEFT JOIN papers_unresolvedreference o
                   ON o.citing_id = %(to)s AND o.scheme = u.scheme AND o.value = u.value
                 WHERE u.citing_id = %(from)s),
  'reported', (SELECT coalesce(jsonb_agg(jsonb_build_array(r.source, r.count, r.as_of_date, o.id IS NOT NULL)), '[]')
               FROM papers_reportedcitations r LEFT JOIN papers_reportedcitations o
                 ON o.paper_id = %(to)s AND o.source = r.source
               WHERE r.paper_id = %(from)s)
)::text
"""
# `other` stands again, with what the join took from it; `one` gives back what it did not have before.
_PART = (
    "UPDATE papers_paper SET merged_into_id = NULL, changed_at = %(now)s WHERE id = %(other)s",
    "UPDATE papers_paper SET merged_into_id = %(other)s WHERE id = ANY(%(redirects)s)",
    "UPDATE papers_paperidentifier SET paper_id = %(other)s WHERE id = ANY(%(identifiers)s)",
    "UPDATE papers_paperstatement SET paper_id = %(other)s WHERE id = ANY(%(statements)s)",
    "UPDATE papers_bylinedecision SET paper_id = %(other)s WHERE id = ANY(%(decisions)s)",
    """UPDATE papers_correction SET object_id = %(other)s
       WHERE kind = 'paper' AND object_id = %(one)s AND field = ANY(%(corrections)s)""",
    """INSERT INTO papers_citation (citing_id, cited_id, source)
       SELECT %(other)s, (e->>0)::bigint, e->>1 FROM jsonb_array_elements(%(cites)s::jsonb) e
       WHERE EXISTS (SELECT FROM papers_paper p WHERE p.id = (e->>0)::bigint) ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_citation (citing_id, cited_id, source)
       SELECT (e->>0)::bigint, %(other)s, e->>1 FROM jsonb_array_elements(%(cited_by)s::jsonb) e
       WHERE EXISTS (SELECT FROM papers_paper p WHERE p.id = (e->>0)::bigint) ON CONFLICT DO NOTHING""",
    """DELETE FROM papers_citation c USING jsonb_array_elements(%(cites)s::jsonb) e
       WHERE c.citing_id = %(one)s AND c.cited_id = (e->>0)::bigint AND NOT (e->>2)::boolean""",
    """DELETE FROM papers_citation c USING jsonb_array_elements(%(cited_by)s::jsonb) e
       WHERE c.cited_id = %(one)s AND c.citing_id = (e->>0)::bigint AND NOT (e->>2)::boolean""",
    """INSERT INTO papers_unresolvedreference (citing_id, scheme, value, source)
       SELECT %(other)s, e->>0, e->>1, e->>2 FROM jsonb_array_elements(%(unresolved)s::jsonb) e ON CONFLICT DO NOTHING""",
    """DELETE FROM papers_unresolvedreference u USING jsonb_array_elements(%(unresolved)s::jsonb) e
       WHERE u.citing_id = %(one)s AND u.scheme = e->>0 AND u.value = e->>1 AND NOT (e->>3)::boolean""",
    """INSERT INTO papers_reportedcitations (paper_id, source, count, as_of_date)
       SELECT %(other)s, e->>0, (e->>1)::int, (e->>2)::date FROM jsonb_array_elements(%(reported)s::jsonb) e
       ON CONFLICT DO NOTHING""",
    """DELETE FROM papers_reportedcitations r USING jsonb_array_elements(%(reported)s::jsonb) e
       WHERE r.paper_id = %(one)s AND r.source = e->>0 AND NOT (e->>3)::boolean""",
)
# The names stand again with the authors whom they stood with, where these are still there.
_BYLINES = """
UPDATE papers_authorship s SET author_id = a.canonical_id
FROM jsonb_array_elements(%(bylines)s::jsonb) e JOIN canonical_author a ON a.id = (e->>2)::bigint
WHERE s.paper_id = %(other)s AND s.position = (e->>0)::int AND s.printed_name = e->>1
  AND NOT EXISTS (SELECT FROM papers_authorship o
                  WHERE o.paper_id = s.paper_id AND o.author_id = a.canonical_id)
"""
_ROW_IDS = ("identifiers", "statements", "decisions", "redirects", "corrections")
_ROWS = ("bylines", "cites", "cited_by", "unresolved", "reported")


@transaction.atomic
def join_papers(*, match_ids: Sequence[int], by: User, now: datetime) -> list[int]:
    """Make one work of each of these pairs; returns the pairs that were. The older paper stays, the other redirects.

    A pair that is decided, of which either paper is gone by now, or in which people corrected the same field of both,
    is left as it is.
    """
    lock_record()
    joined = []
    for match in PaperMatch.objects.filter(pk__in=match_ids, state=PaperMatch.State.OPEN).order_by("pk"):
        one, other = match.one_id, match.other_id
        if Paper.objects.filter(pk__in=[one, other], merged_into=None).count() != 2 or _corrected_alike(one, other):
            continue
        match.moved = orjson.loads(fetch_value(_MOVED, {"to": one, "from": other}))
        match.state, match.decided_at, match.decided_by = PaperMatch.State.JOINED, now, by
        match.save()
        merge_papers(merge_target_id=one, merged_ids=[other])
        rewrite_papers([one], now=now)
        joined.append(match.pk)
    return joined


def _corrected_alike(one: int, other: int) -> bool:
    fields = Correction.objects.filter(kind=RecordKind.PAPER, object_id__in=[one, other]).values_list(
        "field", flat=True
    )
    return len(fields) != len(set(fields))


@transaction.atomic
def part_papers(*, match_ids: Sequence[int], by: User, now: datetime) -> list[int]:
    """Undo these joins; returns the pairs that were. Both works stand again, and no import joins them.

    A work that was itself merged into another since stays as it is.
    """
    lock_record()
    parted = []
    for match in PaperMatch.objects.filter(pk__in=match_ids, state=PaperMatch.State.JOINED).order_by("-pk"):
        still = Paper.objects.filter(pk=match.one_id, merged_into=None).exists()
        if not still or not Paper.objects.filter(pk=match.other_id, merged_into=match.one_id).exists():
            continue
        params: dict[str, Any] = {"one": match.one_id, "other": match.other_id, "now": now}
        params |= {name: match.moved.get(name, []) for name in _ROW_IDS}
        params |= {name: orjson.dumps(match.moved.get(name, [])).decode() for name in _ROWS}
        match.state, match.decided_at, match.decided_by, match.moved = PaperMatch.State.NEVER, now, by, {}
        match.save()
        with connection.cursor() as cursor:
            for statement in _PART:
                cursor.execute(statement, params)
        for paper_id in (match.one_id, match.other_id):
            rewrite_papers([paper_id], now=now)
        with connection.cursor() as cursor:
            cursor.execute(_BYLINES, params)
        parted.append(match.pk)
    return parted

"""Two papers that turn out to be one: everything moves to the one that stays, the other redirects to it."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

# Each statement takes (merge_target, [merged ids]). What would stand twice stays behind and goes with its owner's rows.
_MOVES = (
    """UPDATE papers_paperidentifier SET paper_id = %(to)s WHERE paper_id = ANY(%(from)s)""",
    """UPDATE papers_paperstatement SET paper_id = %(to)s WHERE paper_id = ANY(%(from)s)""",
    """INSERT INTO papers_reportedcitations (paper_id, source, count, as_of_date)
       SELECT DISTINCT ON (source) %(to)s, source, count, as_of_date FROM papers_reportedcitations
       WHERE paper_id = ANY(%(from)s) ORDER BY source, count DESC ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_citation (citing_id, cited_id, source)
       SELECT DISTINCT ON (cited_id) %(to)s, cited_id, source FROM papers_citation
       WHERE citing_id = ANY(%(from)s) AND cited_id <> %(to)s AND NOT cited_id = ANY(%(from)s)
       ORDER BY cited_id, id ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_citation (citing_id, cited_id, source)
       SELECT DISTINCT ON (citing_id) citing_id, %(to)s, source FROM papers_citation
       WHERE cited_id = ANY(%(from)s) AND citing_id <> %(to)s AND NOT citing_id = ANY(%(from)s)
       ORDER BY citing_id, id ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_unresolvedreference (citing_id, scheme, value, source)
       SELECT DISTINCT ON (scheme, value) %(to)s, scheme, value, source FROM papers_unresolvedreference
       WHERE citing_id = ANY(%(from)s) ORDER BY scheme, value, id ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_paperlink (paper_id, kind, url)
       SELECT DISTINCT %(to)s, kind, url FROM papers_paperlink WHERE paper_id = ANY(%(from)s)
       ON CONFLICT DO NOTHING""",
    """INSERT INTO papers_correction (kind, object_id, field, value, imported_value, imported_source, reason, by_id, at)
       SELECT DISTINCT ON (field) kind, %(to)s, field, value, imported_value, imported_source, reason, by_id, at
       FROM papers_correction WHERE kind = 'paper' AND object_id = ANY(%(from)s)
       ORDER BY field, at DESC, id DESC ON CONFLICT DO NOTHING""",
    # Of two words on one person, or on one name, the latest stands.
    """WITH said AS (
           SELECT id, row_number() OVER (PARTITION BY author_id ORDER BY at DESC, id DESC) AS word,
                  row_number() OVER (PARTITION BY is_theirs, position, printed_name ORDER BY at DESC, id DESC) AS name,
                  is_theirs
           FROM papers_bylinedecision
           WHERE (paper_id = %(to)s OR paper_id = ANY(%(from)s)) AND withdrawn_at IS NULL
       )
       UPDATE papers_bylinedecision d SET withdrawn_at = now() FROM said s
       WHERE d.id = s.id AND (s.word > 1 OR (s.is_theirs AND s.name > 1))""",
    """UPDATE papers_bylinedecision SET paper_id = %(to)s WHERE paper_id = ANY(%(from)s)""",
    # What a curator keeps apart from a paper that goes is kept apart from the one that stays.
    """INSERT INTO papers_papermatch (one_id, other_id, state, reason, found_at, decided_at, decided_by_id, moved)
       SELECT DISTINCT ON (x.third) least(x.third, %(to)s), greatest(x.third, %(to)s),
              'never', x.reason, x.found_at, x.decided_at, x.decided_by_id, '{}'::jsonb
       FROM (SELECT m.*, CASE WHEN m.one_id = ANY(%(from)s) THEN m.other_id ELSE m.one_id END AS third
             FROM papers_papermatch m
             WHERE m.state = 'never' AND (m.one_id = ANY(%(from)s) OR m.other_id = ANY(%(from)s))) AS x
       WHERE x.third <> %(to)s AND NOT x.third = ANY(%(from)s) ORDER BY x.third, x.decided_at DESC
       ON CONFLICT (one_id, other_id) DO UPDATE
       SET state = 'never', decided_at = excluded.decided_at, decided_by_id = excluded.decided_by_id
       WHERE papers_papermatch.state = 'open'""",
)
_LEFT_BEHIND = (
    "DELETE FROM papers_correction WHERE kind = 'paper' AND object_id = ANY(%(from)s)",
    "DELETE FROM papers_citation WHERE citing_id = ANY(%(from)s) OR cited_id = ANY(%(from)s)",
    "DELETE FROM papers_unresolvedreference WHERE citing_id = ANY(%(from)s)",
    "DELETE FROM papers_reportedcitations WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_paperlink WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_paperlocation WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_paperrelation WHERE paper_id = ANY(%(from)s)",
    """DELETE FROM papers_papermatch
       WHERE state <> 'joined' AND (one_id = ANY(%(from)s) OR other_id = ANY(%(from)s))""",
    "DELETE FROM papers_paperversion WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_papercategory WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_papertopic WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_papersearch WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_authorshipinstitution WHERE paper_id = ANY(%(from)s)",
    "DELETE FROM papers_authorship WHERE paper_id = ANY(%(from)s)",
    """UPDATE papers_paper SET merged_into_id = %(to)s, title_hash = NULL, changed_at = now()
       WHERE id = ANY(%(from)s) OR merged_into_id = ANY(%(from)s)""",
    """INSERT INTO papers_change (kind, object_id, at)
       SELECT 'paper', unnest(%(from)s::bigint[] || %(to)s::bigint), now()""",
)


def merge_papers(*, merge_target_id: int, merged_ids: Sequence[int]) -> None:
    """Move what is stored of `merged_ids` to `merge_target_id`; inside the caller's transaction.

    The caller writes the merge_target's own fields anew from its statements afterwards. Authors of the papers that go
    are marked as changed first, since their byline rows are deleted.
    """
    params: dict[str, Any] = {"to": merge_target_id, "from": list(merged_ids)}
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO papers_change (kind, object_id, at)
               SELECT DISTINCT 'author', author_id, now() FROM papers_authorship WHERE paper_id = ANY(%(from)s)""",
            params,
        )
        for statement in (*_MOVES, *_LEFT_BEHIND):
            cursor.execute(statement, params)

"""Statements that make events from the record, a batch of changed works at a time.

A work is new in the world when it was published at most `days` before the portal first saw it, and is not older than
that here: its date counts as the last day of what is known of it, and a year alone says nothing.
"""

from following.targets import TARGET_KINDS

_IS_NEW = """
(p.is_canonical AND coalesce(p.created_at > %(now)s - make_interval(days => %(days)s)
    AND CASE p.published_precision
            WHEN 'D' THEN p.published_date
            WHEN 'M' THEN (p.published_date + interval '1 month' - interval '1 day')::date
        END BETWEEN p.created_at::date - %(days)s AND p.created_at::date + 400, false))
"""

BATCH = f"""
CREATE TEMP TABLE changed_batch ON COMMIT DROP AS
SELECT id, changed_at, created_at, is_retracted, is_canonical, merge_target_id, {_IS_NEW} AS is_new
FROM canonical_paper p WHERE (changed_at, id) > (%(since)s, %(after)s)
ORDER BY changed_at, id LIMIT %(size)s
"""

# Events of works that were merged away go on as those of the work that took their place.
FOLLOW_MERGED_PAPERS = (
    """
    UPDATE following_event e SET paper_id = b.merge_target_id
    FROM changed_batch b
    WHERE NOT b.is_canonical AND e.paper_id = b.id
      AND NOT EXISTS (SELECT FROM following_event o WHERE o.paper_id = b.merge_target_id AND o.kind = e.kind)
      AND NOT EXISTS (
          SELECT FROM following_event o JOIN changed_batch c ON c.id = o.paper_id
          WHERE c.merge_target_id = b.merge_target_id AND o.kind = e.kind AND o.id < e.id)
    """,
    """
    INSERT INTO following_eventlink (event_id, kind, target_id, event_kind, seen_at)
    SELECT k.id, l.kind, l.target_id, l.event_kind, k.seen_at
    FROM changed_batch b JOIN following_event e ON e.paper_id = b.id
    JOIN following_event k ON k.paper_id = b.merge_target_id AND k.kind = e.kind
    JOIN following_eventlink l ON l.event_id = e.id
    WHERE NOT b.is_canonical ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO following_mailedevent (user_id, event_id, digest_id)
    SELECT m.user_id, k.id, m.digest_id
    FROM changed_batch b JOIN following_event e ON e.paper_id = b.id
    JOIN following_event k ON k.paper_id = b.merge_target_id AND k.kind = e.kind
    JOIN following_mailedevent m ON m.event_id = e.id
    WHERE NOT b.is_canonical ON CONFLICT DO NOTHING
    """,
    "DELETE FROM following_mailedevent m USING following_event e, changed_batch b WHERE m.event_id = e.id AND e.paper_id = b.id AND NOT b.is_canonical",
    "DELETE FROM following_eventlink l USING following_event e, changed_batch b WHERE l.event_id = e.id AND e.paper_id = b.id AND NOT b.is_canonical",
    "DELETE FROM following_event e USING changed_batch b WHERE e.paper_id = b.id AND NOT b.is_canonical",
)


def _arms(*arms: str) -> str:
    return "\nUNION\n".join(arms)


_KINDS_MATCHED = ", ".join(f"'{target.kind}'" for target in TARGET_KINDS if target.matches)
# What a set of works is by, on, at and in, as far as somebody follows it.
_TARGETS = _arms(*(arm for target in TARGET_KINDS for arm in target.works))
_RETRACTED = _arms(*(arm for target in TARGET_KINDS for arm in target.retractions))
_CITED = _arms(*(arm.format(is_new=_IS_NEW) for target in TARGET_KINDS for arm in target.citations))
_MATCHED = _arms(*(arm for target in TARGET_KINDS for arm in target.matches))

WORKS = f"""
CREATE TEMP TABLE candidates ON COMMIT DROP AS
WITH chosen AS (SELECT id AS paper_id FROM changed_batch WHERE is_new)
SELECT DISTINCT 'work' AS event_kind, n.paper_id, n.kind, n.target_id, b.created_at AS seen_at
FROM ({_TARGETS}) n JOIN changed_batch b ON b.id = n.paper_id
"""

CITATIONS = f"""
INSERT INTO candidates
SELECT 'citation', n.paper_id, n.kind, n.target_id, n.seen_at FROM ({_CITED}) n
"""

# What was retracted when it was first seen is no news, then or later.
RETRACTIONS_KNOWN = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, text, url)
SELECT 'retraction', id, '', created_at, created_at::date, '', '' FROM changed_batch
WHERE is_retracted AND is_canonical AND changed_at = created_at ORDER BY id
ON CONFLICT DO NOTHING
"""
RETRACTIONS = f"""
INSERT INTO candidates
WITH chosen AS (
    SELECT b.id AS paper_id FROM changed_batch b
    WHERE b.is_retracted AND b.is_canonical AND NOT EXISTS (
        SELECT FROM following_event e WHERE e.paper_id = b.id AND e.kind = 'retraction')
)
SELECT 'retraction', n.paper_id, n.kind, n.target_id, %(now)s FROM ({_RETRACTED}) n
"""
# A retraction that nobody follows today is not told to whoever follows tomorrow either.
RETRACTIONS_UNHEARD = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, text, url)
SELECT 'retraction', id, '', %(now)s, %(now)s::date, '', '' FROM changed_batch
WHERE is_retracted AND is_canonical ORDER BY id
ON CONFLICT DO NOTHING
"""

# What is retracted before anybody ever followed anything.
RETRACTIONS_BEFORE = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, text, url)
SELECT 'retraction', id, '', created_at, created_at::date, '', '' FROM canonical_paper
WHERE is_retracted AND is_canonical AND changed_at <= %s ON CONFLICT DO NOTHING
"""

FOR_SEARCHES = f"""
INSERT INTO following_unmatchedpaper (paper_id)
SELECT id FROM changed_batch
WHERE is_new AND EXISTS (SELECT FROM following_followed WHERE kind IN ({_KINDS_MATCHED}) AND followers_count > 0)
ON CONFLICT DO NOTHING
"""

TAKE_UNMATCHED = """
CREATE TEMP TABLE taken ON COMMIT DROP AS
WITH gone AS (
    DELETE FROM following_unmatchedpaper WHERE paper_id = ANY(ARRAY(
        SELECT u.paper_id FROM following_unmatchedpaper u JOIN papers_papersearch s ON s.paper_id = u.paper_id
        WHERE NOT s.is_stale ORDER BY u.paper_id LIMIT %(size)s
    )) RETURNING paper_id
)
SELECT paper_id FROM gone
"""
TAKEN = "SELECT paper_id FROM taken ORDER BY paper_id"
MATCH_SEARCHES = f"""
CREATE TEMP TABLE candidates ON COMMIT DROP AS
SELECT 'work' AS event_kind, n.paper_id, n.kind, n.target_id, p.created_at AS seen_at
FROM ({_MATCHED}) n JOIN canonical_paper p ON p.id = n.paper_id
"""

ADD_MATCHES = """
INSERT INTO candidates
SELECT 'work', p.id, 'search', %(search)s, p.created_at FROM canonical_paper p WHERE p.id = ANY(%(ids)s)
"""

STORE_EVENTS = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, text, url)
SELECT event_kind, paper_id, '', min(seen_at), min(seen_at)::date, '', '' FROM candidates
GROUP BY event_kind, paper_id ORDER BY min(seen_at), paper_id
ON CONFLICT DO NOTHING
"""
# The links that are new, and with them who has something to hear.
STORE_LINKS = """
INSERT INTO following_eventlink (event_id, kind, target_id, event_kind, seen_at)
SELECT e.id, c.kind, c.target_id, e.kind, e.seen_at FROM candidates c
JOIN following_event e ON e.paper_id = c.paper_id AND e.kind = c.event_kind
ORDER BY e.id, c.kind, c.target_id
ON CONFLICT DO NOTHING RETURNING id
"""
FOLLOWERS_TO_NOTIFY = """
SELECT DISTINCT l.event_kind, f.user_id FROM following_eventlink l
JOIN following_follow f ON f.kind = l.kind AND f.target_id = l.target_id AND f.followed_at <= l.seen_at
WHERE l.id >= %(first)s AND l.id <= %(last)s AND NOT EXISTS (
    SELECT FROM following_preference p
    WHERE p.user_id = f.user_id AND p.event_kind = l.event_kind AND p.cadence = 'never')
"""

FIND = (WORKS, CITATIONS, RETRACTIONS_KNOWN, RETRACTIONS, FOR_SEARCHES)
IS_ANY_UNMATCHED = """
SELECT EXISTS (SELECT FROM following_unmatchedpaper u JOIN papers_papersearch s ON s.paper_id = u.paper_id
               WHERE NOT s.is_stale)
"""
LAST_OF_BATCH = """
SELECT changed_at, id, (count(*) OVER ())::int AS size FROM changed_batch ORDER BY 1 DESC, 2 DESC LIMIT 1
"""

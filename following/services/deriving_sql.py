"""Statements that make events from the record, a batch of changed works at a time.

A work is new in the world when it was published at most `days` before the portal first saw it, and is not older than
that here: its date counts as the last day of what is known of it, and a year alone says nothing.
"""

_IS_NEW = """
(p.merged_into_id IS NULL AND coalesce(p.created_at > %(now)s - make_interval(days => %(days)s)
    AND CASE p.published_precision
            WHEN 'D' THEN p.published_date
            WHEN 'M' THEN (p.published_date + interval '1 month' - interval '1 day')::date
        END BETWEEN p.created_at::date - %(days)s AND p.created_at::date + 400, false))
"""

BATCH = f"""
CREATE TEMP TABLE changed_batch ON COMMIT DROP AS
SELECT id, changed_at, created_at, is_retracted, merged_into_id, {_IS_NEW} AS is_new
FROM papers_paper p WHERE (changed_at, id) > (%(since)s, %(after)s)
ORDER BY changed_at, id LIMIT %(size)s
"""

# Events of works that were merged away go on as those of the work that took their place.
FOLLOW_MERGED_PAPERS = (
    """
    UPDATE following_event e SET paper_id = b.merged_into_id
    FROM changed_batch b
    WHERE b.merged_into_id IS NOT NULL AND e.paper_id = b.id
      AND NOT EXISTS (SELECT FROM following_event o WHERE o.paper_id = b.merged_into_id AND o.kind = e.kind)
      AND NOT EXISTS (
          SELECT FROM following_event o JOIN changed_batch c ON c.id = o.paper_id
          WHERE c.merged_into_id = b.merged_into_id AND o.kind = e.kind AND o.id < e.id)
    """,
    """
    INSERT INTO following_eventlink (event_id, kind, subject_id, event_kind, seen_at)
    SELECT k.id, l.kind, l.subject_id, l.event_kind, k.seen_at
    FROM changed_batch b JOIN following_event e ON e.paper_id = b.id
    JOIN following_event k ON k.paper_id = b.merged_into_id AND k.kind = e.kind
    JOIN following_eventlink l ON l.event_id = e.id
    WHERE b.merged_into_id IS NOT NULL ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO following_mailedevent (user_id, event_id, digest_id)
    SELECT m.user_id, k.id, m.digest_id
    FROM changed_batch b JOIN following_event e ON e.paper_id = b.id
    JOIN following_event k ON k.paper_id = b.merged_into_id AND k.kind = e.kind
    JOIN following_mailedevent m ON m.event_id = e.id
    WHERE b.merged_into_id IS NOT NULL ON CONFLICT DO NOTHING
    """,
    "DELETE FROM following_mailedevent m USING following_event e, changed_batch b WHERE m.event_id = e.id AND e.paper_id = b.id AND b.merged_into_id IS NOT NULL",
    "DELETE FROM following_eventlink l USING following_event e, changed_batch b WHERE l.event_id = e.id AND e.paper_id = b.id AND b.merged_into_id IS NOT NULL",
    "DELETE FROM following_event e USING changed_batch b WHERE e.paper_id = b.id AND b.merged_into_id IS NOT NULL",
)

_FOLLOWED = "JOIN following_followed w ON w.followers_count > 0 AND w.kind = '{}' AND w.subject_id = {}"

# What a set of works is by, on, at and in, as far as somebody follows it.
_SUBJECTS = f"""
SELECT s.paper_id, w.kind, w.subject_id FROM chosen c JOIN papers_authorship s ON s.paper_id = c.paper_id
JOIN canonical_author a ON a.id = s.author_id {_FOLLOWED.format("author", "a.canonical_id")}
JOIN listed_author kept ON kept.id = w.subject_id
UNION
SELECT s.paper_id, w.kind, w.subject_id FROM chosen c JOIN papers_papertopic s ON s.paper_id = c.paper_id
JOIN canonical_topic t ON t.id = s.topic_id {_FOLLOWED.format("topic", "t.canonical_id")}
UNION
SELECT s.paper_id, w.kind, w.subject_id FROM chosen c JOIN papers_papercategory s ON s.paper_id = c.paper_id
JOIN canonical_topic t ON t.category_id = s.category_id {_FOLLOWED.format("topic", "t.canonical_id")}
UNION
SELECT s.paper_id, w.kind, w.subject_id FROM chosen c JOIN papers_authorshipinstitution s ON s.paper_id = c.paper_id
JOIN canonical_institution i ON i.id = s.institution_id
{_FOLLOWED.format("institution", "i.canonical_id")}
UNION
SELECT p.id, w.kind, w.subject_id FROM chosen c JOIN papers_paper p ON p.id = c.paper_id
JOIN canonical_venue v ON v.id = p.venue_id {_FOLLOWED.format("venue", "v.canonical_id")}
"""

WORKS = f"""
CREATE TEMP TABLE candidates ON COMMIT DROP AS
WITH chosen AS (SELECT id AS paper_id FROM changed_batch WHERE is_new)
SELECT DISTINCT 'work' AS event_kind, n.paper_id, n.kind, n.subject_id, b.created_at AS seen_at
FROM ({_SUBJECTS}) n JOIN changed_batch b ON b.id = n.paper_id
"""

CITATIONS = f"""
INSERT INTO candidates
SELECT DISTINCT 'citation', c.citing_id, w.kind, w.subject_id, b.created_at
FROM changed_batch b JOIN papers_citation c ON c.citing_id = b.id {_FOLLOWED.format("paper", "c.cited_id")}
WHERE b.is_new
"""

# A work that is followed may have got the citations of one that was merged into it.
CITATIONS_OF_CHANGED = f"""
INSERT INTO candidates
SELECT DISTINCT 'citation', p.id, 'paper', b.id, p.created_at
FROM changed_batch b JOIN following_followed w ON w.followers_count > 0 AND w.kind = 'paper' AND w.subject_id = b.id
JOIN papers_citation c ON c.cited_id = b.id JOIN papers_paper p ON p.id = c.citing_id
WHERE {_IS_NEW}
"""

# What was retracted when it was first seen is no news, then or later.
RETRACTIONS_KNOWN = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, words, url)
SELECT 'retraction', id, '', created_at, created_at::date, '', '' FROM changed_batch
WHERE is_retracted AND merged_into_id IS NULL AND changed_at = created_at ORDER BY id
ON CONFLICT DO NOTHING
"""
RETRACTIONS = f"""
INSERT INTO candidates
WITH chosen AS (
    SELECT b.id AS paper_id FROM changed_batch b
    WHERE b.is_retracted AND b.merged_into_id IS NULL AND NOT EXISTS (
        SELECT FROM following_event e WHERE e.paper_id = b.id AND e.kind = 'retraction')
)
SELECT 'retraction', n.paper_id, n.kind, n.subject_id, %(now)s FROM (
    SELECT n.paper_id, n.kind, n.subject_id FROM ({_SUBJECTS}) n WHERE n.kind = 'author'
    UNION
    SELECT c.paper_id, w.kind, w.subject_id FROM chosen c {_FOLLOWED.format("paper", "c.paper_id")}
) n
"""
# A retraction that nobody follows today is not told to whoever follows tomorrow either.
RETRACTIONS_UNHEARD = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, words, url)
SELECT 'retraction', id, '', %(now)s, %(now)s::date, '', '' FROM changed_batch
WHERE is_retracted AND merged_into_id IS NULL ORDER BY id
ON CONFLICT DO NOTHING
"""

# What is retracted before anybody ever followed anything.
RETRACTIONS_BEFORE = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, words, url)
SELECT 'retraction', id, '', created_at, created_at::date, '', '' FROM papers_paper
WHERE is_retracted AND merged_into_id IS NULL AND changed_at <= %s ON CONFLICT DO NOTHING
"""

FOR_SEARCHES = """
INSERT INTO following_unmatchedpaper (paper_id)
SELECT id FROM changed_batch
WHERE is_new AND EXISTS (SELECT FROM following_followed WHERE kind = 'search' AND followers_count > 0)
ON CONFLICT DO NOTHING
"""

MATCH_SEARCHES = """
CREATE TEMP TABLE candidates ON COMMIT DROP AS
WITH taken AS (
    DELETE FROM following_unmatchedpaper WHERE paper_id = ANY(ARRAY(
        SELECT u.paper_id FROM following_unmatchedpaper u JOIN papers_papersearch s ON s.paper_id = u.paper_id
        WHERE NOT s.is_stale ORDER BY u.paper_id LIMIT %(size)s
    )) RETURNING paper_id
), asked AS MATERIALIZED (
    SELECT w.subject_id, websearch_to_tsquery('colophon', s.words) AS query
    FROM following_followed w JOIN following_savedsearch s ON s.id = w.subject_id
    WHERE w.kind = 'search' AND w.followers_count > 0
)
SELECT 'work' AS event_kind, t.paper_id, 'search' AS kind, a.subject_id, p.created_at AS seen_at
FROM taken t JOIN papers_papersearch s ON s.paper_id = t.paper_id JOIN papers_paper p ON p.id = t.paper_id
JOIN asked a ON s.vector @@ a.query
"""

STORE_EVENTS = """
INSERT INTO following_event (kind, paper_id, key, seen_at, day, words, url)
SELECT event_kind, paper_id, '', min(seen_at), min(seen_at)::date, '', '' FROM candidates
GROUP BY event_kind, paper_id ORDER BY min(seen_at), paper_id
ON CONFLICT DO NOTHING
"""
# The links that are new, and with them who has something to hear.
STORE_LINKS = """
INSERT INTO following_eventlink (event_id, kind, subject_id, event_kind, seen_at)
SELECT e.id, c.kind, c.subject_id, e.kind, e.seen_at FROM candidates c
JOIN following_event e ON e.paper_id = c.paper_id AND e.kind = c.event_kind
ORDER BY e.id, c.kind, c.subject_id
ON CONFLICT DO NOTHING RETURNING id
"""
HEARERS = """
SELECT DISTINCT l.event_kind, f.user_id FROM following_eventlink l
JOIN following_follow f ON f.kind = l.kind AND f.subject_id = l.subject_id AND f.followed_at <= l.seen_at
WHERE l.id >= %(first)s AND l.id <= %(last)s AND NOT EXISTS (
    SELECT FROM following_preference p
    WHERE p.user_id = f.user_id AND p.event_kind = l.event_kind AND p.cadence = 'never')
"""

FIND = (WORKS, CITATIONS, CITATIONS_OF_CHANGED, RETRACTIONS_KNOWN, RETRACTIONS, FOR_SEARCHES)

"""Full text of papers, made from rows that wait for it: an import marks them, this takes them with SKIP LOCKED."""

from django.db import connection, transaction

BATCH = 2_000

# Names are folded like the queries are; the author's search text has their transliterations too.
_INDEX = """
    WITH waiting AS (
        SELECT paper_id FROM papers_papersearch WHERE is_stale ORDER BY paper_id LIMIT %s FOR UPDATE SKIP LOCKED
    ), names AS (
        SELECT a.paper_id, string_agg(w.search_text, ' ') AS text
        FROM papers_authorship a JOIN papers_author w ON w.id = a.author_id
        WHERE a.paper_id IN (SELECT paper_id FROM waiting) GROUP BY a.paper_id
    )
    UPDATE papers_papersearch s
    SET is_stale = false,
        vector = setweight(to_tsvector('colophon', p.title), 'A')
              || setweight(to_tsvector('colophon', left(coalesce(n.text, ''), 100000)), 'B')
              || setweight(to_tsvector('colophon', p.abstract), 'C')
    FROM waiting JOIN papers_paper p ON p.id = waiting.paper_id LEFT JOIN names n ON n.paper_id = p.id
    WHERE s.paper_id = waiting.paper_id
"""


def index_waiting_papers(*, at_most: int | None = None) -> int:
    """Index papers batch by batch until none waits or `at_most` are done; returns how many. Safe to run twice at
    once: each row is one worker's."""
    done = 0
    while at_most is None or done < at_most:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '120s'")
            cursor.execute(_INDEX, [BATCH])
            if not cursor.rowcount:
                return done
            done += cursor.rowcount
    return done

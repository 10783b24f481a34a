"""Works that are about the same as one: near in meaning first, then judged by the words and the works they share."""

from common.db.sql import fetch_column

NEAREST = 100  # by meaning, of which the most similar are found
MOST = 40

# A setting holds for this statement alone; asked in a condition of its own, it is set before the index is read.
# The nearest come from the index first, which a condition on their papers would keep Postgres from reading.
_SIMILAR = """
WITH this AS MATERIALIZED (
    SELECT v.vector, v.model, s.vector AS words FROM metrics_papervector v LEFT JOIN papers_papersearch s USING (paper_id)
    WHERE v.paper_id = %(paper)s
), searched AS MATERIALIZED (
    SELECT set_config('hnsw.ef_search', %(nearest)s::text, true) IS NOT NULL AS is_set
), near AS MATERIALIZED (
    SELECT v.paper_id, 1 - (v.vector <=> (SELECT vector FROM this)) AS cosine FROM metrics_papervector v
    WHERE (SELECT is_set FROM searched) AND v.model = (SELECT model FROM this) AND v.paper_id <> %(paper)s
    ORDER BY v.vector <=> (SELECT vector FROM this) LIMIT %(nearest)s
), size AS MATERIALIZED (
    SELECT greatest(reltuples, 1) AS papers FROM pg_class WHERE oid = 'papers_papersearch'::regclass
), own AS MATERIALIZED (
    SELECT u.lexeme, ln(1 + (greatest(size.papers - f.papers, 0) + 0.5) / (f.papers + 0.5))
        * (1 + ('A' = ANY(u.weights))::int) AS weight
    FROM size, this, unnest(this.words) u LEFT JOIN search_term t ON t.kind = 'lexeme' AND t.text = u.lexeme
    CROSS JOIN LATERAL (SELECT coalesce(t.frequency, 1) AS papers) f
    WHERE u.weights && '{A,C}'
), theirs AS MATERIALIZED (
    SELECT n.paper_id, u.lexeme, 1 + ('A' = ANY(u.weights))::int AS times
    FROM near n JOIN papers_papersearch s USING (paper_id), unnest(s.vector) u WHERE u.weights && '{A,C}'
), shared_words AS (
    SELECT t.paper_id, sum(o.weight * t.times) / (SELECT sum(weight) FROM own) AS part
    FROM theirs t JOIN own o USING (lexeme) GROUP BY 1
), shared_references AS (
    SELECT b.citing_id AS paper_id, count(*) AS works FROM near n JOIN papers_citation b ON b.citing_id = n.paper_id
    WHERE b.cited_id IN (SELECT cited_id FROM papers_citation WHERE citing_id = %(paper)s) GROUP BY 1
), shared_citing AS (
    SELECT b.cited_id AS paper_id, count(*) AS works
    FROM (SELECT citing_id FROM papers_citation WHERE cited_id = %(paper)s ORDER BY citing_id DESC LIMIT %(nearest)s) a
    JOIN papers_citation b USING (citing_id) WHERE b.cited_id IN (SELECT paper_id FROM near) GROUP BY 1
)
SELECT n.paper_id FROM near n JOIN canonical_paper p ON p.id = n.paper_id
LEFT JOIN shared_words w USING (paper_id) LEFT JOIN shared_references r USING (paper_id)
LEFT JOIN shared_citing c USING (paper_id)
WHERE p.is_canonical
ORDER BY n.cosine + coalesce(w.part, 0) + 0.2 * (ln(1 + coalesce(r.works, 0)) + ln(1 + coalesce(c.works, 0))) DESC,
    n.paper_id LIMIT %(most)s
"""


def similar_works(paper_id: int, *, most: int = MOST) -> list[int]:
    """The ids of the works most like one, the most similar first; none for a work without a vector. One query.

    Of the NEAREST by the vectors of titles and abstracts each is judged by the sum of its cosine, the part of this
    work's words that it has (by how rare they are, those of titles twice), and 0.2 times the logarithms of how many
    references and how many citing works both have. See docs/search.md for what each of these is worth.
    """
    return fetch_column(_SIMILAR, {"paper": paper_id, "nearest": NEAREST, "most": most})

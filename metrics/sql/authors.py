"""Citation indices of authors, over the union of the records merged into each; a work counts once.

Figures are of one kind for an author: counted here, or reported by one source, whichever is known for the most works.
"""

from metrics.sql.indices import H_INDEX, I10_INDEX, IS_ENOUGH, MEAN_CITEDNESS_2Y
from metrics.sql.papers import AS_USUAL, BY_SORTING

RECORDS = """
    SELECT a.id, a.id AS author_id FROM canonical_author a WHERE {ids:a.id} AND a.is_canonical
    UNION ALL
    SELECT a.id, a.canonical_id FROM canonical_author a WHERE {ids:a.merge_target_id}
"""

# `fresh` are citations made last year to a work of the two years before, for the mean citedness; NULL where that year
# was not counted for the work.
WORKS = f"""
CREATE TEMP TABLE author_works ON COMMIT DROP AS
WITH records AS ({RECORDS}), pairs AS (
    SELECT DISTINCT r.author_id, s.paper_id
    FROM records r JOIN papers_authorship s ON s.author_id = r.id
)
SELECT w.author_id, w.paper_id, m.counted_citation_count AS counted, m.published_year AS year, m.citing_years,
       m.citing_counts, m.counted_from, m.counted_until,
       CASE WHEN m.published_year IN (%(year)s - 3, %(year)s - 2) AND m.counted_until >= %(year)s - 1 THEN
           coalesce(m.citing_counts[array_position(m.citing_years, (%(year)s - 1)::smallint)], 0) END AS fresh
FROM pairs w JOIN metrics_papermetrics m ON m.paper_id = w.paper_id
"""

# `figure` is of the author's kind, NULL where the work has none of it.
FIGURES = """
CREATE TEMP TABLE author_figures ON COMMIT DROP AS
WITH kinds AS (
    SELECT author_id, 'counted' AS figures, count(counted) AS n, sum(counted) AS total FROM author_works GROUP BY author_id
    UNION ALL
    SELECT w.author_id, r.source, count(*), sum(r.count)
    FROM author_works w JOIN papers_reportedcitations r ON r.paper_id = w.paper_id GROUP BY w.author_id, r.source
), chosen AS (
    SELECT DISTINCT ON (author_id) author_id, figures FROM kinds WHERE n > 0
    ORDER BY author_id, n DESC, total DESC, figures
)
SELECT w.author_id, w.year, w.fresh, coalesce(c.figures, '') AS figures,
       CASE WHEN c.figures = 'counted' THEN w.counted ELSE r.count END AS figure,
       w.counted_until >= %(year)s - 1 AS is_counted_now
FROM author_works w
LEFT JOIN chosen c ON c.author_id = w.author_id
LEFT JOIN papers_reportedcitations r ON r.paper_id = w.paper_id AND r.source = c.figures
"""

# One walk over the works from the most cited gives h, g, i10 and h5, whose places count recent works alone; every
# figure is the same however ties are ordered.
FRESH = f"""
CREATE TEMP TABLE fresh_authors ON COMMIT DROP AS
WITH ranked AS (
    SELECT author_id, figures, figure, year, fresh, is_counted_now,
           row_number() OVER most_cited AS place, sum(figure) OVER most_cited AS running,
           year > %(year)s - 5 AND year <= %(year)s AS is_recent,
           count(*) FILTER (WHERE year > %(year)s - 5 AND year <= %(year)s) OVER most_cited AS recent_place
    FROM author_figures
    WINDOW most_cited AS (PARTITION BY author_id ORDER BY figure DESC NULLS LAST ROWS UNBOUNDED PRECEDING)
), indices AS (
    SELECT author_id, min(figures) AS figures, count(*)::int AS works, count(figure)::int AS known, sum(figure) AS cited,
           {H_INDEX} AS h,
           (count(*) FILTER (WHERE figure IS NOT NULL AND running >= place * place))::int AS g,
           {I10_INDEX} AS i10,
           CASE WHEN count(figure) FILTER (WHERE is_recent) * 2 >= greatest(count(*) FILTER (WHERE is_recent), 1)
               THEN count(*) FILTER (WHERE is_recent AND figure >= recent_place)::int END AS h5,
           min(year) AS first_year, max(year) AS last_year,
           {MEAN_CITEDNESS_2Y} AS citedness,
           count(*) FILTER (WHERE is_counted_now) * 2 >= count(*) AS is_counted_now
    FROM ranked GROUP BY author_id
), known AS (
    SELECT *, {IS_ENOUGH} AS is_enough FROM indices
), spans AS (
    SELECT author_id, min(counted_from) AS first, max(counted_until) AS last FROM author_works
    WHERE counted_from IS NOT NULL GROUP BY author_id
), cited AS (
    SELECT author_id, unnest(citing_years) AS year, unnest(citing_counts) AS n FROM author_works
), made AS (
    SELECT k, sum(works)::int AS works, sum(n)::int AS n FROM (
        SELECT author_id * 16384 + year AS k, 0 AS works, n FROM cited
        UNION ALL
        SELECT author_id * 16384 + year, 1, 0 FROM author_works WHERE year IS NOT NULL
    ) y GROUP BY k
), yearly AS (
    SELECT k >> 14 AS author_id,
           to_jsonb(array_agg(ARRAY[(k & 16383)::int, works,
               CASE WHEN n > 0 OR k & 16383 BETWEEN s.first AND s.last THEN n END] ORDER BY k)) AS counts,
           coalesce(sum(n) FILTER (WHERE k & 16383 BETWEEN %(year)s - 4 AND %(year)s), 0)::int AS n_5y
    FROM made LEFT JOIN spans s ON s.author_id = k >> 14 GROUP BY k >> 14
)
SELECT a.id AS author_id, coalesce(i.works, 0) AS works_count, i.cited::bigint AS cited_by_count,
       coalesce(i.figures, '') AS figures, coalesce(i.known, 0) AS known_count,
       CASE WHEN i.is_enough THEN i.h END AS h_index, CASE WHEN i.is_enough THEN i.g END AS g_index,
       CASE WHEN i.is_enough THEN i.i10 END AS i10_index, i.h5 AS h5_index,
       CASE WHEN i.is_enough AND i.first_year <= %(year)s
           THEN i.h / (%(year)s - i.first_year + 1)::float8 END AS m_quotient,
       CASE WHEN i.is_counted_now THEN coalesce(y.n_5y, 0) END AS citations_5y, i.citedness AS mean_citedness_2y,
       i.first_year, i.last_year, coalesce(y.counts, '[]'::jsonb) AS counts_by_year
FROM canonical_author a
LEFT JOIN known i ON i.author_id = a.id
LEFT JOIN yearly y ON y.author_id = a.id
WHERE {{ids:a.id}} AND a.is_canonical
"""

_COLUMNS = (
    "works_count",
    "cited_by_count",
    "figures",
    "known_count",
    "h_index",
    "g_index",
    "i10_index",
    "h5_index",
    "m_quotient",
    "citations_5y",
    "mean_citedness_2y",
    "first_year",
    "last_year",
    "counts_by_year",
)
_NAMES = ", ".join(_COLUMNS)

_FRESH_NAMES = ", ".join(f"f.{name}" for name in _COLUMNS)

# MERGE, because ON CONFLICT writes each new row twice (speculatively, then for good). Whoever loses a race for a new row
# to another run is given its item again.
WRITE = f"""
MERGE INTO metrics_authormetrics m USING fresh_authors f ON m.author_id = f.author_id AND {{ids:m.author_id}}
WHEN MATCHED AND (
    m.versions <> %(author_versions)s::smallint[]
    OR ({", ".join(f"m.{name}" for name in _COLUMNS)}) IS DISTINCT FROM ({_FRESH_NAMES}))
THEN UPDATE SET
    {", ".join(f"{name} = f.{name}" for name in _COLUMNS)},
    versions = %(author_versions)s::smallint[], computed_at = %(now)s
WHEN NOT MATCHED THEN INSERT (
    author_id, {_NAMES}, self_citation_count, top_categories, top_topics, institutions, collaborators,
    collaborator_count, topic_count, novelty_count, ai_score_count, verification_level, trust, trust_points,
    versions, computed_at)
VALUES (f.author_id, {_FRESH_NAMES}, 0, '[]'::jsonb, '[]'::jsonb, '[]'::jsonb, '[]'::jsonb, 0, 0, 0, 0, 0, 0, '[]'::jsonb,
        %(author_versions)s::smallint[], %(now)s)
"""

FORGET_GONE = """
DELETE FROM metrics_authormetrics m
WHERE {ids:m.author_id}
  AND NOT EXISTS (SELECT FROM fresh_authors f WHERE f.author_id = m.author_id)
"""

# Sorted once by author and year in one number, the rows serve both groupings in turn: a third of the work by hash.
INDICES = (WORKS, FIGURES, BY_SORTING, FRESH, AS_USUAL, FORGET_GONE, WRITE)

# Means over works, in numeric: the order in which workers add must not show in the last bit.
AVERAGES = (
    f"""
CREATE TEMP TABLE fresh_averages ON COMMIT DROP AS
WITH records AS ({RECORDS}), pairs AS (
    SELECT DISTINCT r.author_id, s.paper_id FROM records r JOIN papers_authorship s ON s.author_id = r.id
)
SELECT w.author_id, coalesce(sum(m.self_citation_count), 0)::int AS self_citation_count,
       round(avg(m.fwci::numeric), 6)::float8 AS fwci,
       round(avg(m.novelty::numeric), 6)::float8 AS novelty, count(m.novelty)::int AS novelty_count,
       round(avg(m.ai_score::numeric), 6)::float8 AS ai_score, count(m.ai_score)::int AS ai_score_count
FROM pairs w JOIN metrics_papermetrics m ON m.paper_id = w.paper_id
GROUP BY w.author_id
""",
    """
UPDATE metrics_authormetrics m
SET self_citation_count = coalesce(f.self_citation_count, 0), fwci = f.fwci, novelty = f.novelty,
    novelty_count = coalesce(f.novelty_count, 0), ai_score = f.ai_score,
    ai_score_count = coalesce(f.ai_score_count, 0), computed_at = %(now)s
FROM metrics_authormetrics o LEFT JOIN fresh_averages f ON f.author_id = o.author_id
WHERE {ids:o.author_id} AND m.author_id = o.author_id
  AND (m.self_citation_count, m.fwci, m.novelty, m.novelty_count, m.ai_score, m.ai_score_count) IS DISTINCT FROM
      (coalesce(f.self_citation_count, 0), f.fwci, f.novelty, coalesce(f.novelty_count, 0), f.ai_score,
       coalesce(f.ai_score_count, 0))
""",
)

SNAPSHOTS = (
    """
INSERT INTO metrics_authorsnapshot (
    author_id, month, works_count, cited_by_count, h_index, i10_index, novelty, ai_score, trust)
SELECT m.author_id, %(month)s, m.works_count, m.cited_by_count, m.h_index, m.i10_index, m.novelty, m.ai_score, m.trust
FROM metrics_authormetrics m
LEFT JOIN metrics_authorsnapshot s ON s.author_id = m.author_id AND s.month = %(month)s
WHERE {ids:m.author_id} AND m.works_count > 0 AND (
    s.id IS NULL OR
    (s.works_count, s.cited_by_count, s.h_index, s.i10_index, s.novelty, s.ai_score, s.trust) IS DISTINCT FROM
    (m.works_count, m.cited_by_count, m.h_index, m.i10_index, m.novelty, m.ai_score, m.trust))
ORDER BY m.author_id
ON CONFLICT (author_id, month) DO UPDATE SET
    works_count = excluded.works_count, cited_by_count = excluded.cited_by_count, h_index = excluded.h_index,
    i10_index = excluded.i10_index, novelty = excluded.novelty, ai_score = excluded.ai_score, trust = excluded.trust
""",
)

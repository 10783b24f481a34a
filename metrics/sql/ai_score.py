"""What the AI Score reads and writes. Days count from 0001-01-01 as day 1, which is how Python numbers them."""

from metrics.sql.coverage import FIELD

# The field of the citation percentile: the primary category, else the venue; even and odd codes keep them apart.
# A repository is neither a field nor a venue: everything is deposited there.
_FIRST = "(p.published_date - DATE '0001-01-01' + 1)"
_LAST = """(CASE p.published_precision
    WHEN 'Y' THEN (p.published_date + interval '1 year' - interval '1 day')::date
    WHEN 'M' THEN (p.published_date + interval '1 month' - interval '1 day')::date
    ELSE p.published_date END - DATE '0001-01-01' + 1)"""
_IS_SCORED = "p.is_canonical AND p.published_date IS NOT NULL"

PAPERS = f"""
SELECT p.id, {_FIRST}::bigint, {_LAST}::bigint, date_part('year', p.published_date)::bigint,
       CASE WHEN p.primary_category_id IS NOT NULL THEN 2 * p.primary_category_id
            ELSE coalesce(2 * v.id + 1, -1) END::bigint,
       coalesce(v.id, -1)::bigint, coalesce(nullif(p.references_total, 0), -1)::bigint,
       coalesce(e.is_evidence, false)::int::bigint
FROM canonical_paper p
LEFT JOIN papers_category c ON c.id = p.primary_category_id
LEFT JOIN metrics_citationcoverage e ON e.field = {FIELD} AND e.year = date_part('year', p.published_date)::smallint
LEFT JOIN canonical_venue w ON w.id = p.venue_id
LEFT JOIN papers_venue v ON v.id = w.canonical_id AND v.kind <> 'repository'
WHERE {_IS_SCORED} ORDER BY p.id
"""
TEXTS = f"SELECT p.id, p.title, p.abstract FROM canonical_paper p WHERE {_IS_SCORED} ORDER BY p.id"
AUTHORS = """
SELECT s.paper_id, a.canonical_id::bigint
FROM papers_authorship s JOIN canonical_author a ON a.id = s.author_id
GROUP BY s.paper_id, a.canonical_id ORDER BY s.paper_id, min(s.position), 2
"""
INSTITUTIONS = """
SELECT DISTINCT s.paper_id, i.canonical_id::bigint AS institution_id
FROM papers_authorshipinstitution s JOIN canonical_institution i ON i.id = s.institution_id
ORDER BY s.paper_id, institution_id
"""
REPORTED = """
SELECT paper_id, (dense_rank() OVER (ORDER BY source) - 1)::bigint, count::bigint FROM papers_reportedcitations
ORDER BY paper_id, 2
"""
CITATIONS = "SELECT cited_id, citing_id FROM papers_citation ORDER BY cited_id, citing_id"

# Vectors of the text as it stands now; `is_placed` ones have their neighbours in the paper's metrics.
_FRESH = """
FROM metrics_papervector v JOIN papers_paper p ON p.id = v.paper_id
WHERE v.model = {model} AND v.digest = hashtextextended(p.title || chr(10) || p.abstract, 0)
"""
VECTORS = f"SELECT v.paper_id, v.vector {_FRESH} ORDER BY v.paper_id"
PLACED = f"""
SELECT m.paper_id, coalesce((m.novelty_distance * 1e12)::bigint, -1)
FROM metrics_papermetrics m
WHERE m.novelty_neighbours IS NOT NULL AND m.novelty_unknown <> 'waiting'
  AND m.paper_id IN (SELECT v.paper_id {_FRESH} AND v.is_placed)
ORDER BY m.paper_id
"""
NEIGHBOURS = f"""
SELECT m.paper_id, e.place, (e.value ->> 0)::bigint
FROM metrics_papermetrics m, jsonb_array_elements(m.novelty_neighbours) WITH ORDINALITY AS e(value, place)
WHERE m.novelty_neighbours IS NOT NULL AND m.novelty_unknown <> 'waiting'
  AND m.paper_id IN (SELECT v.paper_id {_FRESH} AND v.is_placed)
"""

STAGED = """
CREATE TEMP TABLE IF NOT EXISTS fresh_scores (paper_id bigint, score float8, parts jsonb, unknown text) ON COMMIT DROP
"""
# A row that says the same already is left alone, so that scoring twice leaves the same bytes.
WRITE = """
INSERT INTO metrics_papermetrics AS m (
    paper_id, counted_citation_count, self_citation_count, citing_years, citing_counts, novelty_unknown, versions,
    ai_score, ai_contributions, ai_model_id, ai_unknown, computed_at)
SELECT f.paper_id, NULL, 0, '{}', '{}', 'waiting', '{}', f.score, f.parts,
       CASE WHEN f.unknown = '' THEN %(model)s::bigint END, f.unknown, %(now)s
FROM fresh_scores f JOIN canonical_paper p ON p.id = f.paper_id AND p.is_canonical
ORDER BY f.paper_id
ON CONFLICT (paper_id) DO UPDATE SET
    ai_score = excluded.ai_score, ai_contributions = excluded.ai_contributions, ai_model_id = excluded.ai_model_id,
    ai_unknown = excluded.ai_unknown, computed_at = excluded.computed_at
WHERE (m.ai_score, m.ai_contributions, m.ai_model_id, m.ai_unknown) IS DISTINCT FROM
      (excluded.ai_score, excluded.ai_contributions, excluded.ai_model_id, excluded.ai_unknown)
"""
UNDATED = """
UPDATE metrics_papermetrics m
SET ai_score = NULL, ai_contributions = NULL, ai_model_id = NULL, ai_unknown = 'no_date', computed_at = %(now)s
FROM papers_paper p
WHERE p.id = m.paper_id AND p.published_date IS NULL AND m.ai_unknown <> 'no_date'
"""
FORGET = """
UPDATE metrics_papermetrics m
SET ai_score = NULL, ai_contributions = NULL, ai_model_id = NULL, ai_unknown = 'no_model', computed_at = %(now)s
WHERE {ids:m.paper_id} AND (m.ai_unknown <> 'no_model' OR m.ai_score IS NOT NULL)
"""

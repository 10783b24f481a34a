"""How many works an institution, a topic or a source has, and how they are cited, kept for some minutes.

Counting a large topic means reading all of its works, so a list does not do it twice in a row.
"""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache
from django.db import connection

KEPT_SECONDS = 600

# The works of each kind of place, once each.
_WORKS = {
    "I": "SELECT DISTINCT institution_id AS owner, paper_id FROM papers_authorshipinstitution"
    " WHERE institution_id = ANY(%(ids)s)",
    "T": "SELECT topic_id AS owner, paper_id FROM papers_papertopic WHERE topic_id = ANY(%(ids)s)"
    " UNION SELECT t.id, pc.paper_id FROM papers_topic t JOIN papers_papercategory pc USING (category_id)"
    " WHERE t.id = ANY(%(ids)s)",
    "S": "SELECT venue_id AS owner, id AS paper_id FROM papers_paper"
    " WHERE venue_id = ANY(%(ids)s) AND merged_into_id IS NULL",
}
_TOTALS = """
SELECT w.owner, count(*), coalesce(sum(p.shown_citation_count), 0)::bigint
FROM ({works}) w JOIN papers_paper p ON p.id = w.paper_id GROUP BY 1
"""
_STATS = """
WITH works AS ({works}), ranked AS (
    SELECT p.shown_citation_count AS cites, p.published_date,
           row_number() OVER (ORDER BY p.shown_citation_count DESC) AS place
    FROM works w JOIN papers_paper p ON p.id = w.paper_id
)
SELECT count(*) FILTER (WHERE cites >= place), count(*) FILTER (WHERE cites >= 10) FROM ranked
"""
_BY_YEAR = """
WITH works AS ({works}), published AS (
    SELECT extract(year FROM p.published_date)::int AS year, count(*) AS n
    FROM works w JOIN papers_paper p ON p.id = w.paper_id WHERE p.published_date IS NOT NULL GROUP BY 1
), cited AS (
    SELECT extract(year FROM p.published_date)::int AS year, count(*) AS n
    FROM works w JOIN papers_citation c ON c.cited_id = w.paper_id JOIN papers_paper p ON p.id = c.citing_id
    WHERE p.published_date IS NOT NULL GROUP BY 1
)
SELECT year, coalesce(published.n, 0), coalesce(cited.n, 0) FROM published FULL JOIN cited USING (year)
ORDER BY year DESC
"""


def totals_of(letter: str, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """(works, citations shown) of each; one query for those that were not counted in the last minutes."""
    keys = {pk: f"api-totals:{letter}{pk}" for pk in ids}
    kept = cache.get_many(list(keys.values()))
    totals = {pk: tuple(kept[key]) for pk, key in keys.items() if key in kept}
    missing = [pk for pk in ids if pk not in totals]
    if missing:
        counted = {owner: (works, cites) for owner, works, cites in _rows(_TOTALS, letter, missing)}
        fresh = {pk: counted.get(pk, (0, 0)) for pk in missing}
        cache.set_many({keys[pk]: total for pk, total in fresh.items()}, KEPT_SECONDS)
        totals |= fresh
    return totals


def summary_stats_of(letter: str, pk: int) -> dict[str, Any]:
    """h-index and i10-index over the shown citations. One query."""
    [(h_index, i10_index)] = _rows(_STATS, letter, [pk])
    return {"2yr_mean_citedness": None, "h_index": h_index, "i10_index": i10_index}


def counts_by_year_of(letter: str, pk: int) -> list[dict[str, int]]:
    """Works published and citations from works here by year, newest first. One query."""
    return [
        {"year": year, "works_count": works, "cited_by_count": cited}
        for year, works, cited in _rows(_BY_YEAR, letter, [pk])
    ]


def _rows(statement: str, letter: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(works=_WORKS[letter]), {"ids": list(ids)})
        return list(cursor.fetchall())

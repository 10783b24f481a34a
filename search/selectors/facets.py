"""How the papers that a query finds spread over types, years, fields, topics, places and venues."""

from dataclasses import dataclass

from common.db.sql import fetch
from search.selectors.works import MATCHED, Match, PaperSearchRequest

COUNTED = 2_000  # papers; of more, the figures are of so many of them and said to be "about"
VALUES_SHOWN = 8
YEARS_SHOWN = 200

# Institutions are those that bylines name; those of people who asked for no page are not counted.
_FACETS = """
WITH matched AS MATERIALIZED (
    SELECT p.id, p.kind, p.published_date, p.venue_id, p.is_retracted {matched} LIMIT %(counted)s
)
SELECT 'total' AS facet, '' AS value, count(*) AS papers FROM matched
UNION ALL (SELECT 'type', kind, count(*) FROM matched GROUP BY kind ORDER BY 3 DESC, 2 LIMIT %(shown)s)
UNION ALL (SELECT 'year', extract(year FROM published_date)::int::text, count(*) FROM matched
    WHERE published_date IS NOT NULL GROUP BY 2 ORDER BY 2 DESC LIMIT %(years)s)
UNION ALL (SELECT 'category', c.code, count(*) FROM matched m JOIN papers_papercategory x ON x.paper_id = m.id
    JOIN papers_category c ON c.id = x.category_id GROUP BY c.code ORDER BY 3 DESC, 2 LIMIT %(shown)s)
UNION ALL (SELECT 'topic', t.name, count(*) FROM matched m JOIN papers_papertopic x ON x.paper_id = m.id
    JOIN papers_topic t ON t.id = x.topic_id GROUP BY t.name ORDER BY 3 DESC, 2 LIMIT %(shown)s)
UNION ALL (SELECT 'institution', i.name, count(DISTINCT m.id) FROM matched m
    JOIN papers_authorshipinstitution x ON x.paper_id = m.id
    JOIN papers_authorship s ON s.id = x.authorship_id JOIN listed_author a ON a.id = s.author_id
    JOIN papers_institution i ON i.id = x.institution_id GROUP BY i.name ORDER BY 3 DESC, 2 LIMIT %(shown)s)
UNION ALL (SELECT 'venue', v.name, count(*) FROM matched m JOIN papers_venue v ON v.id = m.venue_id
    GROUP BY v.name ORDER BY 3 DESC, 2 LIMIT %(shown)s)
UNION ALL SELECT 'open', 'yes', count(*) FROM matched m
    WHERE EXISTS (SELECT FROM papers_paperlocation l WHERE l.paper_id = m.id AND l.is_open)
UNION ALL SELECT 'retracted', 'yes', count(*) FROM matched WHERE is_retracted
"""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field with its most frequent values and in how many of the papers each stands."""

    name: str
    values: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """`total` counts the papers found; with `is_about` there are more, and all figures are of the first so many."""

    total: int
    is_about: bool
    facets: tuple[Facet, ...]


def facets_of(asked: PaperSearchRequest, match: Match) -> Facets:
    """The facets of what a search found. One query."""
    found: dict[str, list[tuple[str, int]]] = {}
    parameters = asked.filters.parameters | {
        "match": match.tsquery,
        "counted": COUNTED,
        "shown": VALUES_SHOWN,
        "years": YEARS_SHOWN,
    }
    statement = _FACETS.format(matched=MATCHED.format(filters=asked.filters.sql))
    for facet, value, papers in fetch(statement, parameters):
        if papers or facet == "total":
            found.setdefault(facet, []).append((value, papers))
    total = found.pop("total")[0][1]
    return Facets(total, total >= COUNTED, tuple(Facet(name, tuple(values)) for name, values in found.items()))

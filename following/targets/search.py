"""Saved searches: new works that they find, as soon as their full text is made."""

import re
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind

# What may be a filter, as in "author:bengio": such a search is asked of the search itself, others in one statement.
_FILTER = r"(^|\s|-)[A-Za-z]{2,12}:\S"  # the same to Python and to Postgres
FILTERED_SEARCHES = f"""
SELECT q.id, q.query FROM following_followed w JOIN following_savedsearch q ON q.id = w.target_id
WHERE w.kind = 'search' AND w.followers_count > 0 AND q.query ~ '{_FILTER}' ORDER BY q.id
"""


def has_filters(query: str) -> bool:
    """Whether a query holds more than words: such as "author:bengio"."""
    return re.search(_FILTER, query) is not None


def search_url(_pk: int, query: str) -> str:
    return f"{reverse('search:search')}?{urlencode({'q': query, 'type': 'papers'})}"


SEARCH = TargetKind(
    kind="search",
    letter="Q",
    label=_("Search"),
    plural=_("Searches"),
    weight=3.0,
    table="following_savedsearch",
    name="query",
    url=search_url,
    matches=(
        f"""(WITH asked AS MATERIALIZED (
                SELECT w.kind, w.target_id, websearch_to_tsquery('colophon', q.query) AS query
                FROM following_followed w JOIN following_savedsearch q ON q.id = w.target_id
                WHERE w.kind = 'search' AND w.followers_count > 0 AND q.query !~ '{_FILTER}'
            )
            SELECT t.paper_id, a.kind, a.target_id
            FROM taken t JOIN papers_papersearch s ON s.paper_id = t.paper_id JOIN asked a ON s.vector @@ a.query)""",
    ),
    latest="""
        SELECT id FROM (
            SELECT p.id, p.published_date FROM papers_papersearch s JOIN canonical_paper p ON p.id = s.paper_id
            WHERE s.vector @@ websearch_to_tsquery('colophon', %(query)s) AND p.is_canonical LIMIT 20000
        ) f ORDER BY published_date DESC NULLS LAST, id DESC LIMIT %(most)s""",
)

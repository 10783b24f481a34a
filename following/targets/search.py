"""Saved searches: new works that they find, as soon as their full text is made."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind


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
        """(WITH asked AS MATERIALIZED (
                SELECT w.kind, w.target_id, websearch_to_tsquery('colophon', q.query) AS query
                FROM following_followed w JOIN following_savedsearch q ON q.id = w.target_id
                WHERE w.kind = 'search' AND w.followers_count > 0
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

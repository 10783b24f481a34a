"""What a saved search finds: the works that its words and filters ask for, the latest first."""

from collections.abc import Sequence

from common.db.sql import fetch_column
from common.hooks import SearchAsked
from search.domain.query_language import parse_query
from search.selectors.paper_filters import paper_filters

_FOUND = """
SELECT p.id FROM papers_papersearch s JOIN canonical_paper p ON p.id = s.paper_id
WHERE p.is_canonical AND (%(among)s::bigint[] IS NULL OR p.id = ANY(%(among)s))
  AND (%(text)s = '' OR s.vector @@ websearch_to_tsquery('colophon', %(text)s)) {filters}
ORDER BY p.published_date DESC NULLS LAST, p.id DESC LIMIT %(most)s
"""


def latest_found(asked: SearchAsked) -> Sequence[int]:
    """Ids of the works that a query finds, by words and filters alone: none by similar spelling or meaning.

    A filter whose value is not known here finds nothing. One query, and one for each filter.
    """
    parsed = parse_query(asked.query)
    filters = paper_filters(parsed)
    if filters.unknown or not parsed.parts:
        return ()
    among = list(asked.among) if asked.among is not None else None
    given = {"text": parsed.free_text, "among": among, "most": asked.most}
    return fetch_column(_FOUND.format(filters=filters.sql), given | filters.parameters)

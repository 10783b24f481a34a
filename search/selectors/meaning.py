"""Papers whose title and abstract mean what a text does, such as a pasted abstract."""

import logging
from functools import lru_cache
from typing import Any

from django.conf import settings

from common.db.sql import fetch
from metrics.embedding.model import DEFAULT_MODEL, EmbeddingModel, EmbeddingUnavailable, load_embedding_model
from search.domain.cursors import Cursor
from search.domain.results import Hits
from search.selectors.paper_filters import PaperFilters

logger = logging.getLogger(__name__)

NEAREST = 60
FURTHEST = 0.6  # cosine distance, beyond which two texts have hardly a subject in common

# The nearest by index first: joined before the limit, Postgres would sort every paper.
_NEAREST = """
SELECT n.distance, -p.id AS below FROM (
    SELECT v.paper_id, v.vector <=> %(vector)s::halfvec AS distance FROM metrics_papervector v
    WHERE v.model = %(model)s ORDER BY v.vector <=> %(vector)s::halfvec LIMIT %(nearest)s
) n JOIN canonical_paper p ON p.id = n.paper_id JOIN papers_papersearch s ON s.paper_id = p.id
WHERE n.distance < %(furthest)s AND p.is_canonical {filters} ORDER BY 1, 2
"""


def papers_meaning(text: str, filters: PaperFilters, *, size: int, after: Cursor | None = None) -> Hits:
    """The nearest papers by the text's embedding; none for a text that the model knows no word of, and where
    there is no model. One query."""
    try:
        model = _model()
    except EmbeddingUnavailable:
        logger.exception("texts are not looked for by what they mean")
        return Hits((), 0, is_more=False, found_by="meaning")
    vector = model.embed([text])[0]
    if not vector.any():
        return Hits((), 0, is_more=False, found_by="meaning")
    asked: dict[str, Any] = filters.parameters | {
        "vector": "[" + ",".join(f"{component:.6f}" for component in vector) + "]",
        "model": model.name,
        "nearest": NEAREST,
        "furthest": FURTHEST,
    }
    rows = fetch(_NEAREST.format(filters=filters.sql), asked)
    start = after.key if after else (-1.0, 0.0)
    beyond = [(distance, float(below)) for distance, below in rows if (distance, below) > tuple(start)]
    shown = beyond[:size]
    following = Cursor("meaning", shown[-1]) if len(beyond) > size else None
    ids = tuple(-int(below) for _distance, below in shown)
    return Hits(ids, len(rows), is_more=False, found_by="meaning", next=following)


@lru_cache(maxsize=1)
def _model() -> EmbeddingModel:
    return load_embedding_model(getattr(settings, "METRICS_EMBEDDING_MODEL", "") or DEFAULT_MODEL)

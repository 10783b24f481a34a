"""Embedding papers: one vector a paper with an abstract, by the model that the settings name."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from common.db.copying import copying
from common.db.sql import fetch_as, fetch_column
from metrics.embedding.model import DEFAULT_MODEL, EmbeddingModel, embedding_text, load_embedding_model
from metrics.novelty.readable import why_not_comparable
from metrics.services.refresh.scope import Scope
from metrics.services.refresh.statements import Moment

BATCH = 2000

_DAYS = """
    p.published_date AS first_day,
    CASE p.published_precision
        WHEN 'Y' THEN (p.published_date + interval '1 year' - interval '1 day')::date
        WHEN 'M' THEN (p.published_date + interval '1 month' - interval '1 day')::date
        ELSE p.published_date END AS last_day
"""
_TEXTS = f"""
    SELECT p.id, p.title, p.abstract, p.language, hashtextextended(p.title || chr(10) || p.abstract, 0) AS digest, {_DAYS}
    FROM canonical_paper p
    WHERE {{ids:p.id}} AND p.is_canonical AND p.abstract <> ''
"""
WAITING = f"""
    SELECT t.* FROM ({_TEXTS}) t LEFT JOIN metrics_papervector v ON v.paper_id = t.id
    WHERE v.paper_id IS NULL OR v.model <> %(model)s OR v.digest <> t.digest
    ORDER BY t.id
"""
# A date that was corrected moves the paper in time: its neighbours are looked for anew.
REDATED = f"""
    UPDATE metrics_papervector v SET first_day = t.first_day, last_day = t.last_day, is_placed = false
    FROM ({_TEXTS}) t
    WHERE v.paper_id = t.id AND (v.first_day, v.last_day) IS DISTINCT FROM (t.first_day, t.last_day)
"""
WITHOUT_TEXT = """
    DELETE FROM metrics_papervector v USING canonical_paper p
    WHERE {ids:p.id} AND v.paper_id = p.id AND (NOT p.is_canonical OR p.abstract = '')
    RETURNING v.paper_id
"""
STAGED = """
    CREATE TEMP TABLE IF NOT EXISTS staged_vectors (
        paper_id bigint, digest bigint, first_day date, last_day date, vector halfvec) ON COMMIT DROP
"""
WRITE = """
    INSERT INTO metrics_papervector (paper_id, model, digest, vector, first_day, last_day, is_placed)
    SELECT paper_id, %(model)s, digest, vector, first_day, last_day, false FROM staged_vectors ORDER BY paper_id
    ON CONFLICT (paper_id) DO UPDATE SET
        model = excluded.model, digest = excluded.digest, vector = excluded.vector, first_day = excluded.first_day,
        last_day = excluded.last_day, is_placed = false
"""
# What an incremental refresh leaves for later: papers whose text or date is not the one that was embedded.
MARK_WAITING = f"""
    UPDATE metrics_papermetrics m SET novelty_unknown = 'waiting'
    FROM ({_TEXTS}) t LEFT JOIN metrics_papervector v ON v.paper_id = t.id
    WHERE m.paper_id = t.id AND m.novelty_unknown <> 'waiting'
      AND (v.paper_id IS NULL OR v.digest <> t.digest
           OR (v.first_day, v.last_day) IS DISTINCT FROM (t.first_day, t.last_day))
"""
# A paper that lost its abstract waits too: for its numbers to be taken away.
MARK_WITHOUT_TEXT = """
    UPDATE metrics_papermetrics m SET novelty_unknown = 'waiting'
    FROM papers_paper p
    WHERE {ids:p.id} AND p.id = m.paper_id AND p.abstract = '' AND m.novelty_unknown NOT IN ('waiting', 'no_abstract')
"""
# Whoever was placed beside papers that are gone is placed anew.
LEFT_BEHIND = """
    WITH naming AS (
        SELECT DISTINCT m.paper_id FROM metrics_papermetrics m, jsonb_array_elements(m.novelty_neighbours) AS e
        WHERE (e ->> 0)::bigint = ANY(%(gone)s::bigint[])
    ), marked AS (
        UPDATE metrics_papermetrics m SET novelty_unknown = 'waiting' FROM naming n WHERE m.paper_id = n.paper_id
    )
    UPDATE metrics_papervector v SET is_placed = false FROM naming n WHERE v.paper_id = n.paper_id AND v.is_placed
"""
UNKNOWN = """
    UPDATE metrics_papermetrics m
    SET novelty_distance = NULL, novelty = NULL, novelty_set = '', novelty_neighbours = NULL, novelty_unknown = 'no_abstract',
        computed_at = %(now)s
    FROM papers_paper p
    WHERE {ids:p.id} AND p.id = m.paper_id AND p.abstract = '' AND m.novelty_unknown <> 'no_abstract'
"""


NOT_COMPARABLE = """
    UPDATE metrics_papermetrics m
    SET novelty_distance = NULL, novelty = NULL, novelty_set = '', novelty_neighbours = NULL, novelty_unknown = x.why,
        computed_at = %(now)s
    FROM unnest(%(papers)s::bigint[], %(why)s::text[]) AS x(paper_id, why)
    WHERE m.paper_id = x.paper_id AND m.novelty_unknown <> x.why
"""


def the_model() -> EmbeddingModel:
    """The model that METRICS_EMBEDDING_MODEL names by dotted path. Raises EmbeddingUnavailable."""
    return load_embedding_model(getattr(settings, "METRICS_EMBEDDING_MODEL", "") or DEFAULT_MODEL)


def embed_papers(scope: Scope, moment: Moment) -> int:
    """Vectors for papers of the scope that have none, an old one, or one of another model; rows written."""
    model = the_model()
    params = {**scope.params, "model": model.name, "now": moment.now}
    written = 0
    with connection.cursor() as cursor:
        if gone := fetch_column(WITHOUT_TEXT.format(ids=scope), params):
            cursor.execute(LEFT_BEHIND, {"gone": gone})
        for statement in (REDATED, UNKNOWN):
            cursor.execute(statement.format(ids=scope), params)
            written += cursor.rowcount
        cursor.execute(STAGED)
    for texts in _batches(WAITING.format(ids=scope), params):
        why = [why_not_comparable(title=each.title, abstract=each.abstract, language=each.language) for each in texts]
        comparable = [each for each, code in zip(texts, why, strict=True) if not code]
        _store(comparable, model)
        written += len(comparable) + _leave_out(
            [(each.id, code) for each, code in zip(texts, why, strict=True) if code], params
        )
    return written


class Waiting(NamedTuple):
    """A paper whose text is to be embedded: the columns of WAITING."""

    id: int
    title: str
    abstract: str
    language: str
    digest: int
    first_day: date | None
    last_day: date | None


def _leave_out(codes: Sequence[tuple[int, str]], params: dict[str, Any]) -> int:
    """Say of papers why their text is not compared; a vector of an earlier text goes. Rows written."""
    if not codes:
        return 0
    ids, why = map(list, zip(*codes, strict=True))
    with connection.cursor() as cursor:
        if gone := fetch_column("DELETE FROM metrics_papervector WHERE paper_id = ANY(%s) RETURNING paper_id", [ids]):
            cursor.execute(LEFT_BEHIND, {"gone": gone})
        cursor.execute(NOT_COMPARABLE, {**params, "papers": ids, "why": why})
        return int(cursor.rowcount)


def _batches(sql: str, params: dict[str, Any]) -> Iterator[list[Waiting]]:
    with connection.cursor() as cursor:
        cursor.execute(f"DECLARE waiting_texts NO SCROLL CURSOR FOR {sql}", params)
        while True:
            rows = fetch_as(Waiting, f"FETCH {BATCH} FROM waiting_texts")
            if not rows:
                break
            yield rows
        cursor.execute("CLOSE waiting_texts")


def _store(rows: Sequence[Waiting], model: EmbeddingModel) -> None:
    if not rows:
        return
    texts = [embedding_text(title=row.title, abstract=row.abstract) for row in rows]
    vectors = model.embed(texts)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE staged_vectors")
        with copying(cursor, "COPY staged_vectors (paper_id, digest, first_day, last_day, vector) FROM STDIN") as copy:
            for row, vector in zip(rows, vectors, strict=True):
                values = ",".join(f"{component:.5g}" for component in vector.tolist())
                copy.write_row((row.id, row.digest, row.first_day, row.last_day, f"[{values}]"))
        cursor.execute(WRITE, {"model": model.name})

"""Scores of all papers by the active model: the features once, then papers in batches, each batch a transaction."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import orjson
from django.db import connection, transaction

from common.db.copying import copying
from metrics.ai_score.corpus import Integers, Values
from metrics.ai_score.features import build_features
from metrics.ai_score.model import AIScoreModel, Explanation
from metrics.models import ScoreModel, Stage
from metrics.services.ai_score.loading import Loaded, loaded_corpus
from metrics.services.ai_score.training import scorable_rows
from metrics.services.novelty.vectors import the_model
from metrics.services.refresh.locks import share_refresh
from metrics.services.refresh.scope import Range
from metrics.services.refresh.stages import SIZES, last_id
from metrics.services.refresh.statements import Moment, prepare_session, run_statements
from metrics.sql import ai_score as statements
from metrics.sql.authors import AVERAGES

BATCH = 5_000
DECIMALS = 3
Progress = Callable[[int, int], bool]
"""Derivation the last paper id that is done and the rows written since; answers whether to go on."""


class OtherEmbedding(Exception):
    """The active model was trained on vectors of another embedding model than the settings name."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """One paper's line to write. score and parts are None where unknown is not empty."""

    paper_id: int
    score: float | None
    parts: list[tuple[str, float]] | None
    unknown: str


def active_model() -> ScoreModel | None:
    """The one version that speaks, with its bytes."""
    return ScoreModel.objects.filter(is_active=True).first()


def score_all_papers(*, now: datetime, after: int = 0, on_progress: Progress) -> bool:
    """Score every paper with an id past `after`, then renew the means of all authors; False when it was stopped.

    Without an active model every score is taken away. Raises UnreadableModel, OtherEmbedding, EmbeddingUnavailable.
    Running it again writes nothing.
    """
    row = active_model()
    if row is None:
        forget_scores(now=now)
        renew_means(now=now)
        return True
    embedding = the_model()
    if row.embedding != embedding.name:
        raise OtherEmbedding(f"version {row.version} needs {row.embedding}, the settings name {embedding.name}")
    model = AIScoreModel.from_bytes(bytes(row.content))
    with loaded_corpus(embedding) as loaded:
        features = build_features(loaded.corpus)
        for batch in _batches(loaded.paper_ids, after):
            written = write_scores(score_rows(loaded, model, features, batch), model_id=row.pk, now=now)
            if not on_progress(int(loaded.paper_ids[batch[-1]]), written):
                return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statements.UNDATED, {"now": now})
    renew_means(now=now)
    return True


def _batches(paper_ids: Integers, after: int) -> Iterator[Integers]:
    rows = np.flatnonzero(paper_ids > after).astype(np.int64)
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def score_rows(loaded: Loaded, model: AIScoreModel, features: Values, rows: Integers) -> list[Fresh]:
    """What is to be written of these rows; each paper's line is the same in whatever batch it stands."""
    scored = rows[np.isin(rows, scorable_rows(loaded.corpus))]
    fresh = [
        Fresh(int(loaded.paper_ids[row]), None, None, _why_not(loaded, row))
        for row in np.setdiff1d(rows, scored).tolist()
    ]
    if len(scored):
        inputs = model.complete(features, loaded.corpus, scored)
        for row, score, explanation in zip(
            scored.tolist(), model.predict(inputs).tolist(), model.explain(inputs), strict=True
        ):
            fresh.append(Fresh(int(loaded.paper_ids[row]), round(score, DECIMALS), _parts(explanation), ""))
    return fresh


def _parts(explanation: Explanation) -> list[tuple[str, float]]:
    """Groups that moved the score, the strongest first; those that did not are left out."""
    parts = [(group, round(points, DECIMALS)) for group, points in explanation.parts]
    return [(group, points) for group, points in parts if points]


def _why_not(loaded: Loaded, row: int) -> str:
    if not loaded.corpus.abstracts[row]:
        return "no_abstract"
    return "no_authors" if loaded.corpus.authors.lengths[row] == 0 else "no_cell"


def write_scores(fresh: list[Fresh], *, model_id: int, now: datetime) -> int:
    """Write lines that differ from what stands there; returns how many did."""
    with transaction.atomic(), connection.cursor() as cursor:
        share_refresh(wait=True)
        cursor.execute(statements.STAGED)
        cursor.execute("TRUNCATE fresh_scores")
        with copying(cursor, "COPY fresh_scores (paper_id, score, parts, unknown) FROM STDIN") as copy:
            for line in fresh:
                parts = None if line.parts is None else orjson.dumps(line.parts).decode()
                copy.write_row((line.paper_id, line.score, parts, line.unknown))
        cursor.execute(statements.WRITE, {"model": model_id, "now": now})
        return int(cursor.rowcount)


def forget_scores(*, now: datetime) -> int:
    """Take every score away because no model is active; returns the rows written."""
    return sum(_in_range((statements.FORGET,), scope, now) for scope in _ranges(Stage.SCORES, SIZES[Stage.SCORES]))


def renew_means(*, now: datetime) -> int:
    """Authors' means over their scored papers, with the numbers of papers; returns the rows written."""
    return sum(_in_range(AVERAGES, scope, now) for scope in _ranges(Stage.AVERAGES, SIZES[Stage.AVERAGES]))


def _ranges(stage: Stage, size: int) -> Iterator[Range]:
    for low in range(1, last_id(stage) + 1, size):
        yield Range(low, low + size - 1)


def _in_range(sql: tuple[str, ...], scope: Range, now: datetime) -> int:
    with transaction.atomic():
        prepare_session()
        share_refresh(wait=True)
        return run_statements(sql, scope, Moment.at(now))

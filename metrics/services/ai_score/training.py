"""Training on the portal's own record: judged out of time first, then learned from all that is settled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Max

from common.db.locks import take_lock
from metrics.ai_score.backtest import backtest
from metrics.ai_score.corpus import Corpus, Integers, Values, known_percentiles
from metrics.ai_score.features import GROUPS, NAMES, build_features
from metrics.ai_score.interval import calibrate
from metrics.ai_score.model import (
    FORMULA,
    LONGEST_MEMORY_YEARS,
    PARAMETERS,
    ROUNDS,
    AIScoreModel,
    train,
    training_set,
)
from metrics.ai_score.record import turn_of
from metrics.models import ScoreModel
from metrics.services.ai_score.loading import Loaded, loaded_corpus
from metrics.services.ai_score.verdict import Verdict, figures_of, verdict_of
from metrics.services.novelty.vectors import the_model

FEWEST_JUDGED = 200
JUDGED_YEARS = 2
# Where no two years have enough, up to this many of a quarter of them each are judged together.
MOST_JUDGED_YEARS = 5
SAMPLE = 1_000
Step = Callable[[str], None]


class NothingToJudge(Exception):
    """The latest years have too few works whose citations are known: `found` of `needed`."""

    def __init__(self, *, found: int, needed: int) -> None:
        super().__init__(f"the latest years have {found} works to judge by, {needed} are needed")
        self.found, self.needed = found, needed


@dataclass(frozen=True, slots=True)
class Span:
    """Judged are works from before_year to last_year; learned from are earlier ones."""

    before_year: int
    last_year: int


def train_model(
    *, now: datetime, before_year: int | None = None, fewest: int = FEWEST_JUDGED, on_step: Step | None = None
) -> ScoreModel:
    """Judge out of time, train with the cut-off after the last judged year, and store the new version, inactive.

    before_year: judge from this year on; None: the latest two years with at least `fewest` works to judge by.
    Raises NothingToJudge, TooLittleToLearn, EmbeddingUnavailable. Same record, same bytes.
    """
    tell = on_step or _silent
    embedding = the_model()
    tell("reading")
    with loaded_corpus(embedding) as loaded:
        span = choose_span(loaded.corpus, before_year=before_year, fewest=fewest)
        tell("features")
        features = build_features(loaded.corpus)
        tell("judging")
        trial = backtest(loaded.corpus, before_year=span.before_year, last_year=span.last_year, features=features)
        tell("training")
        cut_off = span.last_year + 1
        lessons = training_set(
            corpus=loaded.corpus,
            features=features,
            targets=known_percentiles(loaded.corpus, turn_of(cut_off)),
            before_year=cut_off,
        )
        model = train(lessons, before_year=cut_off)
        interval = calibrate(lessons, loaded.corpus)
        tell("storing")
        verdict = verdict_of(trial)
        about = figures_of(trial, verdict, interval) | _coverage(loaded, model, features)
        return _store(model, verdict, about, embedding=embedding.name, now=now)


def choose_span(corpus: Corpus, *, before_year: int | None, fewest: int) -> Span:
    """The years to judge: the latest two that have enough works with a percentile, or from a given one on.

    In a small corpus, up to five years that have three quarters of that number together. Raises NothingToJudge.
    """
    known = corpus.scorable & ~np.isnan(known_percentiles(corpus))
    years, numbers = np.unique(corpus.years[known], return_counts=True)
    full = years[numbers >= fewest].tolist()
    if before_year is not None:
        full = [before_year, *(year for year in full if year >= before_year)]
        return Span(before_year=before_year, last_year=full[-1])
    if len(full) >= JUDGED_YEARS:
        return Span(before_year=full[-JUDGED_YEARS], last_year=full[-1])
    enough, found = JUDGED_YEARS * fewest * 3 // 4, 0
    fair = years[numbers >= fewest // 4].tolist()[-MOST_JUDGED_YEARS:]
    for year in reversed(fair):
        found += int(numbers[years == year][0])
        if found >= enough:
            return Span(before_year=year, last_year=fair[-1])
    raise NothingToJudge(found=found, needed=enough)


def scorable_rows(corpus: Corpus) -> Integers:
    """Rows that get a score: an abstract, an author, and a reference set that the percentile is about."""
    return np.flatnonzero(corpus.scorable & (corpus.fields >= 0)).astype(np.int64)


def _coverage(loaded: Loaded, model: AIScoreModel, features: Values) -> dict[str, Any]:
    """How many papers the model scores, what it says of a fixed sample, and the score of a paper nothing is known of."""
    rows = scorable_rows(loaded.corpus)
    # A multiplicative hash: nearly the same papers for every version, spread over all years.
    order = np.argsort((loaded.paper_ids[rows] * 2654435761) % 2**32, kind="stable")
    chosen = np.sort(rows[order[:SAMPLE]])
    inputs = model.complete(features, loaded.corpus, chosen)
    scores = np.round(model.predict(inputs), 3).tolist() if len(chosen) else []
    base = model.explain(inputs[:1])[0].base if len(chosen) else 0.0
    return {
        "figures": loaded.figures,
        "learned_since": model.before_year - LONGEST_MEMORY_YEARS,
        "papers": len(loaded.corpus),
        "scorable": len(rows),
        "base": round(base, 3),
        "sample": [list(pair) for pair in zip(loaded.paper_ids[chosen].tolist(), scores, strict=True)],
    }


def _store(
    model: AIScoreModel, verdict: Verdict, about: dict[str, Any], *, embedding: str, now: datetime
) -> ScoreModel:
    with transaction.atomic():
        take_lock("metrics.score_model")
        latest = ScoreModel.objects.aggregate(latest=Max("version"))["latest"] or 0
        return ScoreModel.objects.create(
            version=latest + 1,
            formula=FORMULA,
            embedding=embedding,
            cut_off_date=min(date(model.before_year - 1, 12, 31), now.date()),
            trained_at=now,
            paper_count=model.trained_on,
            features=list(NAMES),
            parameters={**PARAMETERS, "rounds": ROUNDS, "groups": list(GROUPS)},
            backtest=about,
            beats_baselines=verdict.may_be_shown,
            reason=verdict.code,
            content=model.to_bytes(),
        )


def _silent(_step: str) -> None:
    """Nobody watches."""

"""What pages say of the AI Score: of one paper, of the model that speaks, and why where there is none."""

from dataclasses import dataclass
from datetime import date

from metrics.ai_score.interval import LEAST_COVERAGE, MOST_COVERAGE, Interval
from metrics.models import ScoreJob, ScoreModel
from metrics.selectors.papers import numbers_of_paper, was_learned_from
from papers.models import Paper


@dataclass(frozen=True, slots=True)
class Contribution:
    """Points that one group of features added to a score or took from it."""

    group: str
    points: float


@dataclass(frozen=True, slots=True)
class PaperScore:
    """score: 0–100, None when unknown, and then `unknown` is the code of why.

    contributions: strongest first; with `base`, what the model says of a paper that nothing is known of, they sum to
    the score before it is cut to 0–100. interval: between what percentiles four of five papers of such a score ended;
    None where the model's intervals did not hold out of time. `was_learned_from`: the paper is of the years that the
    model learned from.
    """

    score: float | None
    unknown: str
    base: float | None = None
    contributions: tuple[Contribution, ...] = ()
    model_version: int | None = None
    cut_off_date: date | None = None
    was_learned_from: bool = False
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class ScoreStatus:
    """Whether a model speaks. code: active, not_activated, loses_to_baseline, ranks_nothing, failed or not_trained.

    model: the version that speaks, else the latest one that was trained, without its bytes; None when none was.
    failure: the code of why the last training failed, "" for every other code.
    """

    code: str
    model: ScoreModel | None
    failure: str = ""

    @property
    def is_active(self) -> bool:
        return self.code == "active"


def ai_score_of(paper: Paper) -> PaperScore:
    """The score of a paper with what moved it; one query."""
    row = numbers_of_paper(paper.pk)
    if row is None or row.ai_score is None or row.ai_model is None:
        code = (row.ai_unknown if row else "") or "waiting"
        return PaperScore(score=None, unknown=code)
    model = row.ai_model
    return PaperScore(
        score=row.ai_score,
        unknown="",
        base=model.backtest.get("base"),
        contributions=contributions_of(row.ai_contributions),
        model_version=model.version,
        cut_off_date=model.cut_off_date,
        was_learned_from=was_learned_from(row, year=paper.published_year),
        interval=interval_around(row.ai_score, model),
    )


def interval_around(score: float, model: ScoreModel) -> tuple[float, float] | None:
    """The interval of a score, in percentiles; None where the model has none that held out of time."""
    figures, covered = model.backtest.get("interval"), model.backtest.get("interval_coverage")
    if figures is None or covered is None or not LEAST_COVERAGE <= covered <= MOST_COVERAGE:
        return None
    low, high = Interval(**figures).around(score)
    return float(low), float(high)


def contributions_of(stored: list[list[object]] | None) -> tuple[Contribution, ...]:
    """Stored contributions, [[group, points]]."""
    return tuple(Contribution(str(group), float(str(points))) for group, points in stored or [])


def ai_score_status() -> ScoreStatus:
    """The active model, or why there is none. At most three queries."""
    models = ScoreModel.objects.defer("content", "parameters")
    active = models.filter(is_active=True).first()
    if active is not None:
        return ScoreStatus("active", active)
    latest = models.order_by("-version").first()
    if latest is not None:
        return ScoreStatus("not_activated" if latest.beats_baselines else latest.reason, latest)
    failed = ScoreJob.objects.filter(kind=ScoreJob.Kind.TRAIN, state=ScoreJob.State.FAILED).order_by("-pk")
    if (last := failed.first()) is not None:
        return ScoreStatus("failed", None, last.failure)
    return ScoreStatus("not_trained", None)

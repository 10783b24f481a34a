"""What pages say of the AI Score: of one paper, of the model that speaks, and why where there is none."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from metrics.ai_score.interval import LEAST_COVERAGE, MOST_COVERAGE, Interval
from metrics.models import ScoreJob, ScoreModel
from metrics.selectors.papers import numbers_of_paper, was_learned_from
from papers.models import Paper

type Words = str | Promise

# Groups of features of metrics/ai_score/features.py as a reader is told them.
GROUP_NAMES: dict[str, Words] = {
    "author_record": _("The authors’ earlier record"),
    "author_output": _("How much the authors had published"),
    "author_h": _("The authors’ h-index the day before"),
    "author_citations": _("Citations to the authors’ earlier papers"),
    "career": _("How long the authors had published"),
    "team_size": _("Number of authors"),
    "institutions": _("The institutions and their earlier record"),
    "venue": _("The venue’s earlier record"),
    "neighbours": _("How similar earlier papers were received"),
    "novelty": _("Distance from earlier papers"),
    "references": _("Length of the reference list"),
    "time_of_year": _("Time of the year"),
    "length": _("Length of title and abstract"),
    "style": _("Style of title and abstract"),
    "category": pgettext_lazy("features of the AI Score", "Category or venue"),
    "wording": _("Wording of title and abstract"),
}
WHY_UNKNOWN: dict[str, Words] = {
    "no_model": _("No model is active."),
    "waiting": _("The paper has not been scored yet."),
    "no_abstract": _("The paper has no abstract in the record."),
    "no_authors": _("The paper has no authors in the record."),
    "no_cell": _("The paper has neither a category nor a venue to be compared in."),
    "no_date": _("The paper has no publication date in the record."),
}
FAILURES: dict[str, Words] = {
    "nothing_to_judge": _("No two years have enough works with known citations to judge a model by."),
    "too_little_to_learn": _("Too few earlier works have an abstract and known citations to learn from."),
    "unreadable_model": _("The stored model does not fit this version of the portal."),
    "other_embedding": _("The active model was trained with another embedding than the one that is set."),
    "no_embedding": _("The embedding model cannot be loaded."),
    "too_long": _("It took longer than a task is allowed to; the command train_ai_score has no limit."),
    "gave_up": _("The worker stopped repeatedly."),
}
# Baselines in the middle of a sentence.
BASELINES_TOLD: dict[str, Words] = {
    "first_author": _("the first author’s earlier mean"),
    "best_author": _("the best author’s earlier mean"),
    "category": _("the category’s mean"),
    "venue": _("the venue’s earlier mean"),
}


@dataclass(frozen=True, slots=True)
class Contribution:
    """Points that one group of features added to a score or took from it."""

    group: str
    name: Words
    points: float


@dataclass(frozen=True, slots=True)
class PaperScore:
    """score: 0–100, None when unknown, and then `unknown` is the code and `why` the sentence.

    contributions: strongest first; with `base`, what the model says of a paper that nothing is known of, they sum to
    the score before it is cut to 0–100. interval: between what percentiles four of five papers of such a score ended;
    None where the model's intervals did not hold out of time. `was_learned_from`: the paper is of the years that the
    model learned from.
    """

    score: float | None
    unknown: str
    why: Words
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
    """

    code: str
    sentence: Words
    model: ScoreModel | None

    @property
    def is_active(self) -> bool:
        return self.code == "active"


def ai_score_of(paper: Paper) -> PaperScore:
    """The score of a paper with what moved it; one query."""
    row = numbers_of_paper(paper.pk)
    if row is None or row.ai_score is None or row.ai_model is None:
        code = (row.ai_unknown if row else "") or "waiting"
        return PaperScore(score=None, unknown=code, why=sentence_of_unknown(code))
    model = row.ai_model
    return PaperScore(
        score=row.ai_score,
        unknown="",
        why="",
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
    """Stored contributions, [[group, points]], with their names."""
    parts = [(str(group), float(str(points))) for group, points in stored or []]
    return tuple(Contribution(group, GROUP_NAMES.get(group, group), points) for group, points in parts)


def ai_score_status() -> ScoreStatus:
    """The active model, or why there is none. At most three queries."""
    models = ScoreModel.objects.defer("content", "parameters")
    active = models.filter(is_active=True).first()
    if active is not None:
        told = format_lazy(
            _("Model version {version}, trained on {papers} papers."),
            version=active.version,
            papers=f"{active.paper_count:,}",
        )
        return ScoreStatus("active", told, active)
    latest = models.order_by("-version").first()
    if latest is not None:
        code, sentence = _why_silent(latest)
        return ScoreStatus(code, sentence, latest)
    failed = ScoreJob.objects.filter(kind=ScoreJob.Kind.TRAIN, state=ScoreJob.State.FAILED).order_by("-pk")
    if (last := failed.first()) is not None:
        return ScoreStatus("failed", sentence_of_failure(last.failure), None)
    return ScoreStatus("not_trained", _("No model has been trained on this record yet."), None)


def _why_silent(model: ScoreModel) -> tuple[str, Words]:
    if model.beats_baselines:
        return "not_activated", format_lazy(
            _("Version {version} beats its baselines in held-out years; a curator has not activated it."),
            version=model.version,
        )
    return model.reason, sentence_of_verdict(model)


def sentence_of_verdict(model: ScoreModel) -> Words:
    """Why a model may or may not be shown, with the figures."""
    figures = model.backtest
    if model.beats_baselines:
        return _("In held-out years it ranks papers better than every baseline.")
    baseline = figures.get("verdict", {}).get("baseline", "")
    if baseline not in BASELINES_TOLD:
        return _("In held-out years it gives every paper the same score, so it ranks nothing.")
    return format_lazy(
        _(
            "Not shown: in held-out years, over {papers} papers of {first}–{last}, its rank correlation with what happened "
            "is {own}, and {baseline} reaches {other}."
        ),
        papers=f"{figures['judged_on']:,}",
        first=figures["before_year"],
        last=figures["last_year"],
        own=f"{figures['model']['spearman']:.3f}",
        baseline=BASELINES_TOLD[baseline],
        other=f"{figures['baselines'][baseline]['spearman']:.3f}",
    )


def sentence_of_unknown(code: str) -> Words:
    """Why a paper has no score."""
    return WHY_UNKNOWN.get(code, code)


def sentence_of_failure(code: str) -> Words:
    """Why a training or scoring failed."""
    return FAILURES.get(code, code)

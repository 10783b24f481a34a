"""What pages say of the AI Score: its parts, why a paper has none, and why a model speaks or does not."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from metrics.models import ScoreModel
from metrics.selectors.ai_score import ScoreStatus

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
    "nothing_to_judge": _("There are no two years with enough works and known citations to test a model."),
    "too_little_to_learn": _("Too few earlier works have an abstract and known citations to learn from."),
    "unreadable_model": _("The stored model does not fit this version of the portal."),
    "other_embedding": _("The active model was trained with a different embedding than the one in the settings."),
    "no_embedding": _("The embedding model cannot be loaded."),
    "too_long": _("It took longer than the time limit of a task; the command train_ai_score has no limit."),
    "gave_up": _("The worker stopped repeatedly."),
}
# Baselines in the middle of a sentence.
BASELINES_TOLD: dict[str, Words] = {
    "first_author": _("the first author’s earlier mean"),
    "best_author": _("the best author’s earlier mean"),
    "category": _("the category’s mean"),
    "venue": _("the venue’s earlier mean"),
}


def group_name(group: str) -> Words:
    """A group of features as its reader knows it."""
    return GROUP_NAMES.get(group, group)


def sentence_of_status(status: ScoreStatus) -> Words:
    """Which model speaks, or why none does."""
    model = status.model
    if model is None:
        if status.code == "failed":
            return sentence_of_failure(status.failure)
        return _("No model has been trained on this record yet.")
    if status.is_active:
        return format_lazy(
            _("Model version {version}, trained on {papers} papers."),
            version=model.version,
            papers=f"{model.paper_count:,}",
        )
    if model.beats_baselines:
        return format_lazy(
            _("Version {version} beats its baselines in held-out years; a curator has not activated it."),
            version=model.version,
        )
    return sentence_of_verdict(model)


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

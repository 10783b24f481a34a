"""The table of a backtest: the model, what is left of it when it knows less, and the baselines."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from metrics.models import ScoreModel

type Words = str | Promise

MODEL_NAME = _("AI Score")
BASELINE_NAMES: dict[str, Words] = {
    "first_author": _("First author’s earlier mean"),
    "best_author": _("Best author’s earlier mean"),
    "category": _("Category’s mean"),
    "venue": _("Venue’s earlier mean"),
}
BLINDED_NAMES: dict[str, Words] = {
    "without_people": _("AI Score without authors and institutions"),
    "text_alone": _("AI Score from the text alone"),
}


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """A line of the backtest's table; spearman and decile_lift are None where they do not exist."""

    version: int
    name: Words
    spearman: float | None
    decile_lift: float | None
    coverage: float


def backtest_rows(model: ScoreModel) -> list[BacktestRow]:
    """The model first, then what is left of it when it knows less, then the baselines."""
    figures = model.backtest
    if "model" not in figures:
        return []
    rows = [(MODEL_NAME, figures["model"])]
    rows += [(BLINDED_NAMES.get(name, name), row) for name, row in figures.get("blinded", {}).items()]
    rows += [(BASELINE_NAMES.get(name, name), row) for name, row in figures["baselines"].items()]
    return [BacktestRow(model.version, name, **row) for name, row in rows]

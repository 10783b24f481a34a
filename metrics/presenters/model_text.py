"""What the model behind the AI Score is worth, in words and as a table."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import dated, decimal
from metrics.presenters.backtest import backtest_rows
from metrics.presenters.explanations import Cell, Table, number
from metrics.presenters.score_text import Words, sentence_of_status
from metrics.selectors.ai_score import ScoreStatus


def model_text(status: ScoreStatus) -> tuple[Words, ...]:
    """Version and cut-off of the model that speaks; nothing where none does."""
    if not status.is_active or status.model is None:
        return ()
    return (
        sentence_of_status(status),
        gettext("No publication or citation after {day} was used for training.").format(
            day=dated(status.model.cut_off_date)
        ),
    )


def model_tables(status: ScoreStatus) -> tuple[Table, ...]:
    """The backtest beside its baselines; empty before the first training."""
    rows = backtest_rows(status.model) if status.model is not None else []
    if not rows:
        return ()
    cells = tuple(
        (
            Cell(row.name),
            number(decimal(row.spearman, 3) or "–"),
            number(decimal(row.decile_lift, 2) or "–"),
            number(f"{decimal(100 * row.coverage, 0)}%"),
        )
        for row in rows
    )
    note = gettext("Trained on the years before a given year and tested on the years after it.") + _interval_text(
        status
    )
    columns = (_("Predictor"), _("Rank correlation"), _("Lift of the top tenth"), _("Known"))
    return (Table(_("Backtest of the model"), columns, cells, note),)


def _interval_text(status: ScoreStatus) -> str:
    """How often the interval of 80 % held on the judged papers; "" where none was calibrated."""
    covered = status.model.backtest.get("interval_coverage") if status.model is not None else None
    if covered is None:
        return ""
    return " " + gettext("Its 80% intervals contained {share}% of the test papers.").format(
        share=decimal(100 * covered, 0)
    )

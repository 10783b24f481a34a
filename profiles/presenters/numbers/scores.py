"""Means over the works that have a score, and trust line by line."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import count, decimal, percentile, ratio
from metrics.formulas.novelty import author_mean
from metrics.presenters.explanations import Cell, Derivation, Table, Words, number
from metrics.presenters.formula_text import NO_CELL, novelty_unknown
from metrics.presenters.model_text import model_tables, model_text
from metrics.presenters.score_text import sentence_of_status, sentence_of_unknown
from metrics.presenters.trust_text import LEVELS, TrustLine, band_name, trust_lines
from metrics.selectors.ai_score import ai_score_status
from profiles.selectors.numbers.inputs import Inputs
from profiles.selectors.numbers.works import WorkFacts, reasons_table, title_rows

WORKS_LISTED = 30
NOT_COMPUTED = _("The numbers of this record have not been computed yet.")


def explain_impact(inputs: Inputs) -> Derivation:
    """The mean of the papers' field-weighted impact."""
    told = _mean(
        inputs.works,
        value=lambda work: work.fwci,
        written=ratio,
        column=_("Impact"),
        reasons=[NO_CELL for work in inputs.works if work.fwci is None],
        why=_("None of the papers can be compared with 50 others whose citations are known."),
    )
    meaning = gettext("1 is the average of works of the same category, type and year.")
    return Derivation(told.value, told.why, (*told.words, meaning), told.tables)


def explain_novelty(inputs: Inputs) -> Derivation:
    """The mean of the papers' Novelty, the most novel papers first."""
    return _mean(
        inputs.works,
        value=lambda work: work.novelty,
        written=lambda value: f"{percentile(value)}%",
        column=_("Novelty"),
        reasons=[novelty_unknown(work.novelty_unknown) for work in inputs.works if work.novelty is None],
        why=_("None of the papers has a Novelty yet."),
    )


def explain_ai_score(inputs: Inputs) -> Derivation:
    """The mean of the papers' estimates and what the model is worth; or why no model speaks."""
    status = ai_score_status()
    told = _mean(
        inputs.works,
        value=lambda work: work.ai_score,
        written=lambda value: decimal(value, 0),
        column=_("AI Score"),
        reasons=[sentence_of_unknown(work.ai_unknown) for work in inputs.works if work.ai_score is None],
        why=sentence_of_status(status) if not status.is_active else _("None of the papers has been scored yet."),
    )
    words = (gettext("An estimate by a model, not a measurement."), *told.words, *model_text(status))
    return Derivation(told.value, told.why, words, (*told.tables, *model_tables(status)))


def explain_trust(inputs: Inputs) -> Derivation:
    """Every line with its reason, and what would add the next points."""
    stored = inputs.stored
    if stored is None or not stored.trust_points:
        return Derivation("", why=NOT_COMPUTED)
    lines = trust_lines(stored.trust_points)
    words = gettext("{band}. Verification L{level}: {meaning}.").format(
        band=band_name(stored.trust),
        level=stored.verification_level,
        meaning=LEVELS[stored.verification_level],
    )
    rows = tuple(
        (Cell(line.name), number(f"{line.earned} / {line.possible}"), Cell(line.reason), Cell(_next(line)))
        for line in lines
    )
    columns = (_("Point"), _("Earned"), _("Why"), _("What would add more"))
    return Derivation(str(stored.trust), words=(words,), tables=(Table(_("Line by line"), columns, rows),))


def _next(line: TrustLine) -> Words:
    return f"+{line.next_points}: {line.next_step}" if line.next_step else ""


def _mean(
    works: Sequence[WorkFacts],
    *,
    value: Callable[[WorkFacts], float | None],
    written: Callable[[float], str],
    column: Words,
    reasons: Iterable[Words],
    why: Words,
) -> Derivation:
    """The mean over the works that have the value, those works, and why the others have none."""
    have = sorted(
        ((found, work) for work in works if (found := value(work)) is not None),
        key=lambda pair: (-pair[0], pair[1].paper_id),
    )
    unknown = tuple((Cell(reason), number(count(n))) for reason, n in reasons_table(reasons))
    tables = [Table(_("Papers without one"), (_("Why"), _("Papers")), unknown)] if unknown else []
    mean = author_mean([found for found, _work in have])
    if mean is None:
        return Derivation("", why=why, tables=tuple(tables))
    listed = have[:WORKS_LISTED]
    rows = title_rows([work for _found, work in listed], [(number(written(found)),) for found, _work in listed])
    note = gettext("The first {n} are listed.").format(n=count(len(listed))) if len(have) > len(listed) else ""
    words = ngettext(
        "The value of the one paper of {all} that has one.",
        "The mean over the {n} papers of {all} that have one.",
        len(have),
    ).format(n=count(len(have)), all=count(len(works)))
    table = Table(_("The papers that have one"), (_("Paper"), _("Year"), column), rows, note)
    return Derivation(written(mean[0]), words=(words,), tables=(table, *tables))

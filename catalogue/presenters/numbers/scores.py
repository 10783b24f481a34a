"""A paper's Novelty with its ten nearest earlier papers, and its AI Score with what moved it."""

from datetime import date

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.presenters.numbers.inputs import Inputs
from common.templatetags.presentation import count, dated, decimal, percentile
from metrics.models import PaperVector
from metrics.presenters.explanations import Cell, Derivation, Table, Words, number
from metrics.presenters.formula_text import novelty_unknown
from metrics.presenters.model_text import model_tables, model_text
from metrics.presenters.score_text import group_name, sentence_of_status, sentence_of_unknown
from metrics.selectors.ai_score import PaperScore, ScoreStatus, ai_score_of, ai_score_status
from papers.models import Paper
from papers.selectors.addresses import address


def explain_novelty(inputs: Inputs) -> Derivation:
    """The percentile of its distance, and the ten nearest papers that appeared before it."""
    stored = inputs.stored
    if stored is None:
        return Derivation("", why=novelty_unknown("waiting"))
    words: list[Words] = []
    if stored.novelty_distance is not None:
        words.append(
            gettext(
                "Its distance to earlier work is {distance}: one minus the mean cosine similarity to the ten nearest papers published before it. Papers of the same day are not counted."
            ).format(distance=decimal(stored.novelty_distance, 3))
        )
    if stored.novelty is None:
        return Derivation(
            "", why=novelty_unknown(stored.novelty_unknown), words=tuple(words), tables=_neighbours(inputs)
        )
    value = percentile(stored.novelty)
    words.append(
        gettext("That is farther than {value} % of {set}.").format(
            value=decimal(stored.novelty, 1), set=_set_name(stored.novelty_set, inputs.paper)
        )
    )
    model = PaperVector.objects.filter(paper=inputs.paper).values_list("model", flat=True).first()
    if model:
        words.append(gettext("Title and abstract were embedded by {model}.").format(model=model))
    return Derivation(f"{value}%", words=tuple(words), tables=_neighbours(inputs))


def _set_name(code: str, paper: Paper) -> str:
    """The reference set, to stand after "of"."""
    group, _sign, years = code.rpartition("_")
    reach = ngettext("within {n} year of it", "within {n} years of it", int(years or 1)).format(n=years or 1)
    category = paper.primary_category
    if group == "all" or category is None:
        return gettext("all papers {reach}").format(reach=reach)
    if group == "field":
        return gettext("the papers in {field} {reach}").format(field=category.code.partition(".")[0], reach=reach)
    return gettext("the papers in {category} {reach}").format(category=category.full_name, reach=reach)


def explain_ai_score(inputs: Inputs) -> Derivation:
    """The estimate and the groups of features that moved it up or down; or why there is none."""
    score, status = ai_score_of(inputs.paper), ai_score_status()
    first = gettext("An estimate by a model, not a measurement.")
    if score.score is None:
        why = sentence_of_unknown(score.unknown) if status.is_active else sentence_of_status(status)
        return Derivation("", why=why, words=(first, *model_text(status)), tables=model_tables(status))
    words = [first, *_score_text(score, status), *model_text(status)]
    tables = (_moved(score), *model_tables(status))
    return Derivation(decimal(score.score, 0), words=tuple(words), tables=tables)


def _score_text(score: PaperScore, status: ScoreStatus) -> list[Words]:
    words: list[Words] = []
    if score.base is not None:
        words.append(
            gettext(
                "For a paper without any information the model gives {base}; what is known of this paper changes that to {score}."
            ).format(base=decimal(score.base, 1), score=decimal(score.score, 1))
        )
    if score.interval is not None:
        low, high = score.interval
        words.append(
            gettext("Four of five papers with such a score ended between the percentiles {low} and {high}.").format(
                low=decimal(low, 0), high=decimal(high, 0)
            )
        )
    is_of_another_version = not status.is_active or status.model is None or status.model.version != score.model_version
    if score.cut_off_date is not None and is_of_another_version:
        words.append(
            gettext("Model version {version}, trained on data up to {day}.").format(
                version=score.model_version, day=dated(score.cut_off_date)
            )
        )
    if score.was_learned_from:
        words.append(gettext("The model was trained on papers of this paper's years, so its score is not a forecast."))
    return words


def _moved(score: PaperScore) -> Table:
    rows = tuple(
        (Cell(group_name(part.group)), number(f"{'+' if part.points >= 0 else '−'}{decimal(abs(part.points), 1)}"))
        for part in score.contributions
    )
    note = gettext("Added to the first figure, they give the score before it is limited to 0–100.")
    return Table(_("What moved it"), (_("What is known"), _("Points")), rows, note)


def _year(day: date | None) -> str:
    return str(day.year) if day else "–"


def _neighbours(inputs: Inputs) -> tuple[Table, ...]:
    pairs = (inputs.stored.novelty_neighbours if inputs.stored else None) or []
    papers = {
        pk: (title, html, day)
        for pk, title, html, day in Paper.objects.filter(pk__in=[pk for pk, _cosine in pairs]).values_list(
            "pk", "title", "title_html", "published_date"
        )
    }
    rows = tuple(
        (
            Cell(papers[pk][0], address("W", pk, papers[pk][0]), papers[pk][1]),
            number(_year(papers[pk][2])),
            number(decimal(cosine, 3)),
        )
        for pk, cosine in pairs
        if pk in papers
    )
    if not rows:
        return ()
    caption = gettext("The {n} nearest earlier papers").format(n=count(len(rows)))
    return (Table(caption, (_("Paper"), _("Year"), _("Cosine")), rows),)

"""A paper's citations, and its place among works of the same category, type and year."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalogue.presenters.numbers.inputs import Inputs
from common.templatetags.presentation import count, dated, decimal, ratio
from metrics.models import ReferenceSet
from metrics.presenters.explanations import Cell, Derivation, Table, Words, number
from metrics.presenters.formula_text import NO_CELL
from metrics.selectors.merged_preview import COUNTED
from metrics.selectors.papers import reference_set_of
from papers.models import ReportedCitations
from papers.templatetags.works import kind_name, source_name

NOT_COUNTED_WHY = _(
    "No source reports its citations and no work here cites it. Too few works here have reference lists to call that 0."
)


def explain_citations(inputs: Inputs) -> Derivation:
    """Counted, reported by each source with its date, shown; those from oneself apart; by year."""
    paper, stored = inputs.paper, inputs.stored
    counted, shown = paper.counted_citation_count, paper.shown_citation_count
    figures = []
    if counted is not None:
        figures.append(
            (
                Cell(gettext("Counted here")),
                number(count(counted)),
                Cell(gettext("citing works in this portal")),
            )
        )
    if stored is not None and counted:
        own = stored.self_citation_count
        figures += [
            (Cell(gettext("… by the same authors")), number(count(own)), Cell("")),
            (Cell(gettext("… by others")), number(count(max(counted - own, 0))), Cell("")),
        ]
    rows = ReportedCitations.objects.filter(paper=paper).order_by("-count", "source")
    figures += [
        (
            Cell(gettext("Reported by {source}").format(source=source_name(source))),
            number(count(n)),
            Cell(gettext("as of {day}").format(day=dated(day)) if day else gettext("without a date")),
        )
        for source, n, day in rows.values_list("source", "count", "as_of_date")
    ]
    apart = Table(_("Citations by source"), (_("Figure"), _("Citations"), _("Details")), tuple(figures))
    tables = [apart] if figures else []
    if stored is not None and stored.citing_years:
        by_year = zip(reversed(stored.citing_years), reversed(stored.citing_counts), strict=True)
        years = tuple((Cell(str(year)), number(count(n))) for year, n in by_year)
        tables.append(Table(_("Counted, by the year of the citing work"), (_("Year"), _("Citations")), years))
    words = gettext("The largest of the citations counted here and those reported by sources is shown.")
    if shown is None:
        return Derivation("", why=NOT_COUNTED_WHY, tables=tuple(tables))
    return Derivation(count(shown), words=(words,), tables=tuple(tables))


def explain_impact(inputs: Inputs) -> Derivation:
    """Citations over the mean of the reference set."""
    stored, reference_set = inputs.stored, reference_set_of(inputs.paper)
    if stored is None or stored.fwci is None or reference_set is None:
        return Derivation("", why=_why_no_reference_set(inputs), words=_reference_set_text(inputs, reference_set))
    words = gettext("It has {value} times the mean of {mean} citations. 1 is the average.").format(
        mean=decimal(reference_set.mean_citations, 2), value=ratio(stored.fwci)
    )
    return Derivation(ratio(stored.fwci), words=(*_reference_set_text(inputs, reference_set), words))


def explain_percentile(inputs: Inputs) -> Derivation:
    """The share of the reference set that is cited less."""
    stored, reference_set = inputs.stored, reference_set_of(inputs.paper)
    if stored is None or stored.citation_percentile is None:
        return Derivation("", why=_why_no_reference_set(inputs), words=_reference_set_text(inputs, reference_set))
    value = decimal(stored.citation_percentile, 1)
    words = gettext("It has more citations than {value} % of them; ties count half.").format(value=value)
    return Derivation(f"{value}%", words=(*_reference_set_text(inputs, reference_set), words))


def _reference_set_text(inputs: Inputs, reference_set: ReferenceSet | None) -> tuple[Words, ...]:
    category = inputs.paper.primary_category
    if reference_set is None or category is None or reference_set.citation_total is None:
        return ()
    if reference_set.figures == COUNTED:
        whose = gettext("counted here")
    else:
        whose = gettext("reported by {source}").format(source=source_name(reference_set.figures))
    return (
        gettext(
            "It is compared with {n} works of {year} in {category} of the type “{kind}”, itself included; together"
            " they have {total} citations, {whose}."
        ).format(
            n=count(reference_set.known_count),
            year=reference_set.year,
            category=category.full_name,
            kind=kind_name(reference_set.kind),
            total=count(reference_set.citation_total),
            whose=whose,
        ),
    )


def _why_no_reference_set(inputs: Inputs) -> Words:
    paper = inputs.paper
    if paper.primary_category_id is None:
        return _("No source states a category, so there is nothing to compare it with.")
    if paper.published_date is None:
        return _("No source states a date, so there is nothing to compare it with.")
    return NO_CELL if inputs.stored is not None else _("The numbers of this paper have not been computed yet.")

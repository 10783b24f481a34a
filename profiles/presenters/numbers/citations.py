"""Papers and citations: what is counted, what sources report, what is shown, and what comes from oneself."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Max, Min, Sum
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import count, dated, decimal
from metrics.formulas.indices import h_index
from metrics.presenters.explanations import Cell, Derivation, Table, number
from papers.models import Author, ReportedCitations
from papers.templatetags.works import source_name
from profiles.presenters.numbers.indices import base_of, why_unknown
from profiles.selectors.numbers.inputs import Inputs
from profiles.selectors.numbers.works import WorkFacts, title_rows

WORKS_LISTED = 30
YEARS_MEANT = 2
NOT_COUNTED_NOW = _("The works of last year have no reference lists here that could cite these papers.")


def explain_papers(inputs: Inputs) -> Derivation:
    """How many works, over which records, in which years."""
    total = len(inputs.works)
    undated = sum(1 for work in inputs.works if work.year is None)
    merged = Author.objects.filter(merged_into=inputs.author).count()
    words = [gettext("Works on this record that have been imported. One that several sources describe counts once.")]
    if merged:
        words.append(
            ngettext(
                "{n} other record was merged into this one.", "{n} other records were merged into this one.", merged
            ).format(n=count(merged))
        )
    if undated:
        words.append(
            ngettext("{n} of them has no date.", "{n} of them have no date.", undated).format(n=count(undated))
        )
    words.append(gettext("Works that no source has brought here are not counted."))
    years: dict[int, int] = {}
    for work in inputs.works:
        if work.year is not None:
            years[work.year] = years.get(work.year, 0) + 1
    rows = tuple((Cell(str(year)), number(count(years[year]))) for year in sorted(years, reverse=True))
    tables = (Table(_("Papers per year"), (_("Year"), _("Papers")), rows),) if rows else ()
    return Derivation(count(total), words=tuple(words), tables=tables)


def explain_citations(inputs: Inputs) -> Derivation:
    """The sum over one kind of figures, the other kinds apart, self-citations apart, and how it looks without them."""
    works = inputs.works
    counted, from_self = sum(work.counted or 0 for work in works), sum(work.from_self for work in works)
    with_counted = sum(work.counted is not None for work in works)
    of = ngettext("for {n} paper", "for {n} papers", with_counted).format(n=count(with_counted))
    figures = [
        *([(Cell(gettext("Counted here")), number(count(counted)), Cell(of))] if with_counted else []),
        *([(Cell(gettext("… by the same authors")), number(count(from_self)), Cell(""))] if counted else []),
        *([(Cell(gettext("… by others")), number(count(counted - from_self)), Cell(""))] if counted else []),
        *_reported([work.paper_id for work in works]),
    ]
    figures_apart = Table(_("Citations by source"), (_("Figure"), _("Citations"), _("Details")), tuple(figures))
    if not inputs.known:
        return Derivation("", why=why_unknown(inputs), tables=(figures_apart,) if figures else ())
    words = (
        base_of(inputs),
        gettext("Figures of different kinds are not added."),
        *_self_text(works, counted, from_self),
    )
    listed = [work for work in inputs.known[:WORKS_LISTED] if work.figure]
    cells = [
        (number(count(work.figure)), number(_known(work.counted)), number(count(work.from_self))) for work in listed
    ]
    columns = (_("Paper"), _("Year"), _("Citations"), _("Counted here"), _("By the same authors"))
    tables = (figures_apart, Table(_("The most cited papers"), columns, title_rows(listed, cells)))
    total = sum(work.figure or 0 for work in inputs.known)
    return Derivation(count(total), words=words, tables=tuple(table for table in tables if table.rows))


def _known(value: int | None) -> str:
    return "–" if value is None else count(value)


def explain_citations_5y(inputs: Inputs) -> Derivation:
    """Counted citations by the year in which they were made."""
    year = inputs.today.year
    if 2 * sum((work.counted_until or 0) >= year - 1 for work in inputs.works) < max(1, len(inputs.works)):
        return Derivation("", why=NOT_COUNTED_NOW)
    made = dict.fromkeys(range(year, year - 5, -1), 0)
    for work in inputs.works:
        for citing, n in zip(work.citing_years, work.citing_counts, strict=True):
            if citing in made:
                made[citing] += n
    words = gettext("Citations counted here that were made from {first} to {last}.").format(first=year - 4, last=year)
    rows = tuple((Cell(str(past)), number(count(n))) for past, n in made.items())
    table = Table(_("By the year of the citing work"), (_("Year"), _("Citations")), rows)
    return Derivation(count(sum(made.values())), words=(words,), tables=(table,))


def explain_mean_citedness(inputs: Inputs) -> Derivation:
    """Citations of the last whole year to the papers of the two years before it."""
    last = inputs.today.year - 1
    first = last - YEARS_MEANT
    papers = [work for work in inputs.works if work.year is not None and first <= work.year < last]
    if not papers:
        why = gettext("No paper of {first} or {second} is on this record.").format(first=first, second=last - 1)
        return Derivation("", why=why)
    all_papers, papers = papers, [work for work in papers if (work.counted_until or 0) >= last]
    if 2 * len(papers) < len(all_papers):
        return Derivation("", why=NOT_COUNTED_NOW)
    received = [
        sum(n for year, n in zip(work.citing_years, work.citing_counts, strict=True) if year == last) for work in papers
    ]
    total, value = sum(received), decimal(sum(received) / len(papers), 2)
    words = ngettext(
        "{n} paper of {first} and {second} was cited {total} times in {last}: {total} / {n} = {value}.",
        "{n} papers of {first} and {second} were cited {total} times in {last}: {total} / {n} = {value}.",
        len(papers),
    ).format(n=count(len(papers)), first=first, second=last - 1, total=count(total), last=last, value=value)
    listed = papers[:WORKS_LISTED]
    rows = title_rows(listed, [(number(count(n)),) for n in received[:WORKS_LISTED]])
    column = gettext("Citations in {year}").format(year=last)
    return Derivation(value, words=(words,), tables=(Table(_("The papers"), (_("Paper"), _("Year"), column), rows),))


def _self_text(works: Sequence[WorkFacts], counted: int, from_self: int) -> tuple[str, ...]:
    if not counted:
        return ()
    share = decimal(100 * from_self / counted, 0)
    without = h_index([None if work.counted is None else work.counted - work.from_self for work in works])
    with_self = h_index([work.counted for work in works])
    sentence = gettext("{share} % of the citations counted here are by works of the same authors.").format(share=share)
    if with_self is None or without is None:
        return (sentence,)
    indices = gettext("Counted here, the h-index is {with_self}; without them it is {without}.").format(
        with_self=count(with_self), without=count(without)
    )
    return (f"{sentence} {indices}",)


def _reported(paper_ids: list[int]) -> list[tuple[Cell, ...]]:
    """A line for each source that reports figures; one query."""
    rows = ReportedCitations.objects.filter(paper_id__in=paper_ids).values_list("source")
    found = rows.annotate(Sum("count"), Count("paper"), Min("as_of_date"), Max("as_of_date")).order_by("source")
    return [
        (
            Cell(gettext("Reported by {source}").format(source=source_name(source))),
            number(count(total)),
            Cell(_of_what(papers, first, last)),
        )
        for source, total, papers, first, last in found
    ]


def _of_what(papers: int, first: date | None, last: date | None) -> str:
    of = ngettext("for {n} paper", "for {n} papers", papers).format(n=count(papers))
    if last is None or first is None:
        return gettext("{of}, without a date").format(of=of)
    days = dated(first) if first == last else f"{dated(first)} – {dated(last)}"
    return gettext("{of}, as of {days}").format(of=of, days=days)

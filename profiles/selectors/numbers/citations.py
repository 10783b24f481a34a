"""Papers and citations: what is counted, what sources report, what is shown, and what comes from oneself."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Max, Min, Sum
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import count, dated, decimal
from metrics.formulas.indices import h_index
from metrics.selectors.telling import Cell, Table, Told, number
from papers.models import Author, ReportedCitations
from papers.templatetags.works import source_name
from profiles.selectors.numbers.inputs import Inputs
from profiles.selectors.numbers.works import WorkFacts, title_rows

WORKS_LISTED = 30
YEARS_MEANT = 2


def told_papers(inputs: Inputs) -> Told:
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
    return Told(count(total), words=tuple(words), tables=tables)


def told_citations(inputs: Inputs) -> Told:
    """The three figures apart, self-citations apart, and how it looks without them."""
    works = inputs.works
    shown, counted = sum(inputs.shown), sum(work.counted for work in works)
    from_self = sum(work.from_self for work in works)
    words = [
        gettext(
            "The sum of the figures shown for the papers: for each the largest of what is counted here and what sources report."
        ),
        _self_words(works, counted, from_self),
    ]
    figures = [
        (Cell(gettext("Shown")), number(count(shown)), Cell("")),
        (Cell(gettext("Counted here")), number(count(counted)), Cell(gettext("citing works in this portal"))),
        (
            Cell(gettext("… from oneself")),
            number(count(from_self)),
            Cell(gettext("citing and cited work share an author")),
        ),
        (Cell(gettext("… without oneself")), number(count(counted - from_self)), Cell("")),
        *_reported([work.paper_id for work in works]),
    ]
    listed = [work for work in works[:WORKS_LISTED] if work.shown]
    cells = [(number(count(work.shown)), number(count(work.counted)), number(count(work.from_self))) for work in listed]
    tables = [
        Table(_("The figures apart"), (_("Figure"), _("Citations"), _("Of what")), tuple(figures)),
        Table(
            _("The most cited papers"),
            (_("Paper"), _("Year"), _("Shown"), _("Counted"), _("From oneself")),
            title_rows(listed, cells),
        ),
    ]
    return Told(count(shown), words=tuple(words), tables=tuple(table for table in tables if table.rows))


def told_citations_5y(inputs: Inputs) -> Told:
    """Counted citations by the year in which they were made."""
    year = inputs.today.year
    made = dict.fromkeys(range(year, year - 5, -1), 0)
    for work in inputs.works:
        for citing, n in zip(work.citing_years, work.citing_counts, strict=True):
            if citing in made:
                made[citing] += n
    words = gettext("Citations counted here that were made from {first} to {last}.").format(first=year - 4, last=year)
    rows = tuple((Cell(str(past)), number(count(n))) for past, n in made.items())
    table = Table(_("By the year of the citing work"), (_("Year"), _("Citations")), rows)
    return Told(count(sum(made.values())), words=(words,), tables=(table,))


def told_mean_citedness(inputs: Inputs) -> Told:
    """Citations of the last whole year to the papers of the two years before it."""
    last = inputs.today.year - 1
    first = last - YEARS_MEANT
    papers = [work for work in inputs.works if work.year is not None and first <= work.year < last]
    if not papers:
        why = gettext("No paper of {first} or {second} is on this record.").format(first=first, second=last - 1)
        return Told("", why=why)
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
    return Told(value, words=(words,), tables=(Table(_("The papers"), (_("Paper"), _("Year"), column), rows),))


def _self_words(works: Sequence[WorkFacts], counted: int, from_self: int) -> str:
    if not counted:
        return gettext("No citing work is kept here, so self-citations cannot be told apart.")
    share = decimal(100 * from_self / counted, 0)
    with_self = h_index([work.counted for work in works]) or 0
    without = h_index([work.counted - work.from_self for work in works]) or 0
    return gettext(
        "Of the citations counted here {share} % come from works that share an author with the cited one. Over counted"
        " citations alone the h-index is {with_self}; without those from oneself it is {without}."
    ).format(share=share, with_self=count(with_self), without=count(without))


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

"""h and its relatives, with the papers that carry them."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import count, decimal
from metrics.formulas.careers import m_quotient
from metrics.formulas.indices import g_index, h_core, h_index_5y, i10_index
from metrics.presenters.explanations import Derivation, Table, Words, number
from metrics.selectors.merged_preview import COUNTED
from papers.templatetags.works import source_name
from profiles.selectors.numbers.inputs import Inputs
from profiles.selectors.numbers.works import WorkFacts, title_rows

CORE_LISTED = 100
OUTSIDE_LISTED = 3
NO_WORKS = _("No work is on this record.")
_COLUMNS = (_("Paper"), _("Year"), _("Citations"))


def why_unknown(inputs: Inputs) -> Words:
    """Why there is no index of this author."""
    if not inputs.works:
        return NO_WORKS
    if not inputs.known:
        return _("No source here counts citations of these works.")
    return gettext("Citations are known for {known} of {of} papers; an index needs half of them.").format(
        known=count(len(inputs.known)), of=count(len(inputs.works))
    )


def base_of(inputs: Inputs) -> str:
    """Whose figures a number is made of, and for how many papers they are known."""
    if inputs.kind == COUNTED:
        whose = gettext("Figures counted here")
    else:
        whose = gettext("Figures reported by {source}").format(source=source_name(inputs.kind))
    return gettext("{whose}, known for {known} of {of} papers.").format(
        whose=whose, known=count(len(inputs.known)), of=count(len(inputs.works))
    )


def with_base(derivation: Derivation, inputs: Inputs) -> Derivation:
    """The same with a sentence on what it is over, where there is a value."""
    return (
        Derivation(derivation.value, derivation.why, (*derivation.words, base_of(inputs)), derivation.tables)
        if derivation.value
        else derivation
    )


def explain_h(inputs: Inputs) -> Derivation:
    """The h-core listed, the papers next to it, and how many citations each lacks."""
    return with_base(_explain_h(inputs.works, why=why_unknown(inputs)), inputs)


def explain_h5(inputs: Inputs) -> Derivation:
    """The same over the papers of the last five calendar years."""
    year = inputs.today.year
    recent = [work for work in inputs.works if work.year is not None and year - 5 < work.year <= year]
    h = h_index_5y(inputs.figures, [work.year for work in inputs.works], year)
    none = gettext("No paper of {first} to {last} is on this record.").format(first=year - 4, last=year)
    few = gettext("Fewer than half of the papers of {first} to {last} have a citation figure.").format(
        first=year - 4, last=year
    )
    derivation = _explain_h(recent, why=few if recent else none)
    if h is None:
        return derivation
    span = gettext("Only the papers of {first} to {last} count.").format(first=year - 4, last=year)
    return Derivation(derivation.value, words=(span, *derivation.words), tables=derivation.tables)


def explain_g(inputs: Inputs) -> Derivation:
    """The most cited papers with their citations added up."""
    g, figures = g_index(inputs.figures), [work.figure or 0 for work in inputs.known]
    if g is None:
        return Derivation("", why=why_unknown(inputs))
    total = sum(figures[:g])
    words = [
        ngettext(
            "The {g} most cited paper has {total} citations; {g}² is {square}.",
            "The {g} most cited papers have {total} citations together; {g}² is {square}.",
            g,
        ).format(g=count(g), total=count(total), square=count(g * g))
    ]
    if g == len(figures):
        words.append(gettext("All papers are among them: g cannot be larger than their number."))
    else:
        lacking = (g + 1) ** 2 - sum(figures[: g + 1])
        words.append(
            gettext("For {g} the first {g} would need {need}: {lacking} more.").format(
                g=count(g + 1), need=count((g + 1) ** 2), lacking=count(lacking)
            )
        )
    return with_base(Derivation(count(g), words=tuple(words), tables=(_summed(inputs.known[: g + 1], g),)), inputs)


def explain_i10(inputs: Inputs) -> Derivation:
    """The papers with ten citations, and those next to them."""
    found = i10_index(inputs.figures)
    if found is None:
        return Derivation("", why=why_unknown(inputs))
    words = ngettext("{n} paper has ten citations or more.", "{n} papers have ten citations or more.", found).format(
        n=count(found)
    )
    tables = [_listed(_("Papers with ten citations or more"), inputs.works[:found], whole=found)]
    below = inputs.known[found : found + OUTSIDE_LISTED]
    if below:
        tables.append(_lacking(below, [10 - (work.figure or 0) for work in below]))
    derivation = Derivation(count(found), words=(words,), tables=tuple(table for table in tables if table.rows))
    return with_base(derivation, inputs)


def explain_m(inputs: Inputs) -> Derivation:
    """h over the years since the first paper."""
    core = h_core(inputs.figures)
    years = [work.year for work in inputs.works if work.year is not None]
    first, year = min(years, default=None), inputs.today.year
    m = m_quotient(core.h if core else None, first, year)
    if m is None or core is None or first is None:
        return Derivation("", why=_("It needs an h-index and the year of a first paper, and one of them is not known."))
    words = gettext("h is {h}; from {first} to {year} are {n} years, both counted: {h} / {n} = {m}.").format(
        h=count(core.h), first=first, year=year, n=year - first + 1, m=decimal(m, 2)
    )
    return Derivation(decimal(m, 2), words=(words,))


def _explain_h(works: tuple[WorkFacts, ...] | list[WorkFacts], *, why: Words) -> Derivation:
    core = h_core([work.figure for work in works], outside=OUTSIDE_LISTED)
    if core is None:
        return Derivation("", why=why)
    words = [
        ngettext("{n} paper has at least {h} citation.", "{n} papers have at least {h} citations each.", core.h).format(
            n=count(core.h), h=count(core.h)
        )
        if core.h
        else gettext("No paper has a citation yet.")
    ]
    words.append(_next_h(core.h, len(core.core_lacking), bool(core.outside)))
    inside = [works[place] for place in core.core]
    outside = [works[place] for place, _lacking_ in core.outside]
    tables = [
        _listed(_("The papers that carry it"), inside, whole=core.h),
        _lacking(outside, [lacking for _place, lacking in core.outside]),
    ]
    return Derivation(count(core.h), words=tuple(words), tables=tuple(table for table in tables if table.rows))


def _next_h(h: int, at_h: int, has_outside: bool) -> str:
    """What h + 1 would take."""
    target = count(h + 1)
    if not has_outside:
        return gettext("For {target} one more paper is needed.").format(target=target)
    reach = ngettext("{target} citation", "{target} citations", h + 1).format(target=target)
    if not at_h:
        return gettext("For {target} one of the next papers must reach {reach}.").format(target=target, reach=reach)
    return ngettext(
        "For {target} one of the next papers must reach {reach}, and {n} paper that carries it now stands"
        " at {h} exactly and needs one more.",
        "For {target} one of the next papers must reach {reach}, and {n} papers that carry it now stand"
        " at {h} exactly and need one more each.",
        at_h,
    ).format(target=target, reach=reach, n=count(at_h), h=count(h))


def _listed(caption: Words, works: tuple[WorkFacts, ...] | list[WorkFacts], *, whole: int) -> Table:
    listed = works[:CORE_LISTED]
    rows = title_rows(listed, [(number(count(work.figure)),) for work in listed])
    note = ""
    if whole > len(listed):
        note = gettext("The first {n} are listed.").format(n=count(len(listed)))
    return Table(caption, _COLUMNS, rows, note)


def _lacking(works: tuple[WorkFacts, ...] | list[WorkFacts], lacking: list[int]) -> Table:
    cells = [(number(count(work.figure)), number(count(missing))) for work, missing in zip(works, lacking, strict=True)]
    return Table(_("The next papers"), (*_COLUMNS, _("Lacks")), title_rows(works, cells))


def _summed(works: tuple[WorkFacts, ...], g: int) -> Table:
    listed, running, cells = works[:CORE_LISTED], 0, []
    for place, work in enumerate(listed, start=1):
        running += work.figure or 0
        cells.append(
            (
                number(count(work.figure)),
                number(count(running)),
                number(f"{count(place)}² = {count(place**2)}"),
            )
        )
    note = gettext("The last line is the one that does not reach its square.") if len(listed) > g else ""
    return Table(_("Citations added up"), (*_COLUMNS, _("Together"), _("Square")), title_rows(listed, cells), note)

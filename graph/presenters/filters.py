"""The filters of a picture in words, each with the address of the picture without it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from graph.domain.state import State
from graph.presenters.wording import KINDS_NAMES, listed


@dataclass(frozen=True, slots=True)
class Filter:
    """`without` is the query string of the picture that this filter is taken off of."""

    says: str
    without: str


def filters_of(state: State) -> tuple[Filter, ...]:
    """What is filtered by, in the order of the form."""
    usual = State()
    found = []
    if state.kinds != usual.kinds:
        names = listed([str(KINDS_NAMES[kind]) for kind in state.kinds])
        found.append(Filter(gettext("only: %(kinds)s") % {"kinds": names}, state.with_(kinds=usual.kinds).address))
    if state.is_of_years:
        found.append(Filter(_years(state), state.with_(first_year=None, last_year=None).address))
    if state.least:
        says = gettext("co-authors' ties of at least %(least)s") % {"least": f"{state.least:g}"}
        found.append(Filter(says, state.with_(least=0.0).address))
    return tuple(found)


def _years(state: State) -> str:
    first, last = state.first_year, state.last_year
    if last is None:
        return gettext("works since %(first)s") % {"first": first}
    if first is None:
        return gettext("works until %(last)s") % {"last": last}
    if first == last:
        return gettext("works of %(year)s") % {"year": first}
    return gettext("works of %(first)s to %(last)s") % {"first": first, "last": last}

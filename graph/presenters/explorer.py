"""The explorer's page: what its controls say, and where each leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from graph.domain.nodes import Node
from graph.domain.state import COLOURS, SIZES, SORTS, InvalidState, State, read_node, read_state
from graph.presenters.data import picture_data
from graph.presenters.drawing import FULL, NARROW, Drawing, drawn
from graph.presenters.files import FORMATS
from graph.presenters.filters import Filter, filters_of
from graph.presenters.lists import Leg, Row, explained_paths, hidden, path_nodes, rows
from graph.presenters.wording import kind_counts
from graph.selectors.pictures import Composed
from graph.selectors.records import Record, canonical_nodes, records_of
from papers.domain.uris import read_public_id
from search.domain.queries import read_query
from search.selectors.addresses import resolved
from search.selectors.pages import overview

COLOUR_NAMES = {"kind": gettext_lazy("kind"), "field": gettext_lazy("field"), "year": gettext_lazy("year")}
SIZE_NAMES = {
    "ties": gettext_lazy("ties in the picture"),
    "citations": gettext_lazy("citations"),
    "works": gettext_lazy("number of works"),
}
SORT_NAMES = {
    "weight": gettext_lazy("Importance"),
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "year": gettext_lazy("Year"),
    "citations": gettext_lazy("Citations"),
    "ties": gettext_lazy("Ties"),
}


MOSTS = (24, 48, 96, 200, 500)
_OWN_FIELDS = frozenset({"kinds", "from", "to", "least", "colour", "size", "most"})


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    is_chosen: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A search result that can be put into focus."""

    record: Record
    only: str
    too: str


@dataclass(frozen=True)
class ExplorerPage:
    """`data` is what the browser draws from; hidden nodes are shown again at `show_all`; `advice` says what is missing."""

    state: State
    query: str
    found: tuple[Found, ...] | None
    gone: bool
    title: str = ""
    counts: str = ""
    version: str = ""
    behind: int = 0
    focus: tuple[tuple[Record, str], ...] = ()
    rows: Sequence[Row] = ()
    drawings: tuple[Drawing, ...] = ()
    data: Mapping[str, Any] | None = None
    paths: tuple[list[Leg], ...] = ()
    path_count: int = 0
    path_length: int | None = None
    advice: str = ""
    colours: tuple[Choice, ...] = ()
    sizes: tuple[Choice, ...] = ()
    sorts: tuple[Choice, ...] = ()
    kinds: tuple[Choice, ...] = ()
    filters: tuple[Filter, ...] = ()
    show_all: str = ""

    colour_legend: tuple[tuple[str, str], ...] = ()
    formats = FORMATS
    mosts = MOSTS

    @property
    def address(self) -> str:
        return self.state.address

    @property
    def least(self) -> str:
        return f"{self.state.least:g}" if self.state.least else ""

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The state as fields of a form."""
        return [(name, str(value)) for name, value in QueryDict(self.address).items()]

    @property
    def fixed_fields(self) -> list[tuple[str, str]]:
        """The state as fields of the form that sets the rest itself."""
        return [(name, value) for name, value in self.fields if name not in _OWN_FIELDS]


def read_request(asked: QueryDict) -> tuple[State, bool]:
    """The state of a request, after what was chosen in its form; and whether something in focus is not here any more.

    Raises InvalidState. At most one query for each kind in focus.
    """
    single = {name: value for name, value in asked.items() if isinstance(value, str)}
    single["kinds"] = "".join(asked.getlist("kinds"))
    state = _acted(read_state(single), asked.get("do", ""), asked.getlist("sel"))
    focus = canonical_nodes(state.focus) if state.focus else ()
    expanded = canonical_nodes(state.expanded) if state.expanded else ()
    return state.with_(focus=focus, expanded=expanded), len(focus) < len(state.focus)


def _acted(state: State, action: str, selected: Sequence[str]) -> State:
    """What a button of the list does with the ticked nodes."""
    nodes = tuple(dict.fromkeys(read_node(text) for text in selected))[:12]
    if not action or not nodes:
        return state
    match action:
        case "hide":
            return hidden(state, nodes)
        case "expand":
            return state.with_(expanded=tuple(dict.fromkeys((*state.expanded, *nodes))))
        case "focus":
            return State(focus=nodes)
        case "add":
            return state.with_(focus=tuple(dict.fromkeys((*state.focus, *nodes))))
        case "between":
            people = tuple(node for node in nodes if node.kind == "A")[:2]
            return State(focus=people or nodes, mode=action)
        case "shared" | "lineage":
            return State(focus=nodes, mode=action)
        case _:
            raise InvalidState("do")


def found_for(query: str, state: State, *, today: date) -> tuple[Found, ...]:
    """What a search finds, to be put into focus: a record by its identifier, or the best of each kind."""
    words = read_query(query, "")
    target = resolved(words.words)
    urls = [target.url] if target is not None and target.url else _urls(overview(words, today=today))
    nodes = [node for node in map(_node_at, urls) if node is not None]
    records = records_of(nodes)
    return tuple(
        Found(records[node], State(focus=(node,)).address, state.with_(focus=(*state.focus, node), mode="near").address)
        for node in nodes
        if node in records
    )


def _urls(page: Any) -> list[str]:
    return [
        hit.url
        for section in page.sections
        for hits in (section.people, section.papers, section.places)
        for hit in hits
    ]


def _node_at(url: str) -> Node | None:
    known = read_public_id(url)
    return Node(*known) if known and known[0] in "AWTI" else None


def explorer_page(
    state: State, picture: Composed | None, *, query: str, found: tuple[Found, ...] | None, gone: bool
) -> ExplorerPage:
    """One query for each kind on the paths, if there are any."""
    if picture is None:
        return ExplorerPage(state, query, found, gone)
    extra = [node for node in path_nodes(picture) if node not in picture.records]
    records = {**picture.records, **(records_of(extra) if extra else {})}
    drawings = (drawn(picture, FULL, leads_on=True), drawn(picture, NARROW, leads_on=True))
    return ExplorerPage(
        state,
        query,
        found,
        gone,
        title=_title(picture),
        counts=kind_counts(picture),
        version=picture.version,
        behind=picture.behind,
        focus=tuple(
            (picture.records[n], hidden(state, [n]).with_(hidden=state.hidden).address)
            for n in state.focus
            if n in picture.records
        ),
        rows=rows(picture, drawings[0]),
        drawings=drawings,
        data=picture_data(picture, drawings),
        paths=tuple(explained_paths(picture, records)),
        path_count=picture.paths.count if picture.paths else 0,
        path_length=picture.paths.length if picture.paths else None,
        advice=_advice(state, is_alone=len(picture.records) <= len(state.focus)),
        colours=_choices(COLOURS, COLOUR_NAMES, state.colour),
        sizes=_choices(SIZES, SIZE_NAMES, state.size),
        colour_legend=drawings[0].palette.legend,
        sorts=tuple(Choice(v, str(SORT_NAMES[v]), v == state.sort, state.with_(sort=v).address) for v in SORTS),
        kinds=tuple(Choice(kind, kind, kind in state.kinds) for kind in "AWTI"),
        filters=filters_of(state),
        show_all=state.with_(hidden=()).address if state.hidden else "",
    )


def _advice(state: State, *, is_alone: bool) -> str:
    """Why nothing stands around the focus, or what else has to be in it; "" when nothing is missing."""
    people, works = (sum(node.kind == kind for node in state.focus) for kind in "AW")
    match state.mode:
        case "between" if people < 2:
            return gettext("Paths lead between two people: choose two.")
        case "shared" if len(state.focus) < 2:
            return gettext("Select at least two nodes to see what they share.")
        case "lineage" if not works:
            return gettext("Select a work to see earlier and later work.")
        case _ if is_alone and filters_of(state):
            return gettext("Nothing else passes these filters.")
        case "lineage" if is_alone:
            return gettext("None of its references or citing works is here.")
        case "shared" if is_alone:
            return gettext("Nothing here is tied to all of them.")
        case _:
            return ""


def _choices(values: tuple[str, ...], names: Mapping[str, Any], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, str(names[value]), value == chosen) for value in values)


def _title(picture: Composed) -> str:
    names = [picture.records[node].label for node in picture.state.focus if node in picture.records]
    shown = ", ".join(names[:2]) + (gettext(" and %(n)s more") % {"n": len(names) - 2} if len(names) > 2 else "")
    match picture.state.mode:
        case "between":
            return gettext("From %(a)s to %(b)s") % {"a": names[0], "b": names[1]} if len(names) > 1 else shown
        case "shared":
            return gettext("What they share: %(names)s") % {"names": shown}
        case "lineage":
            return gettext("Before and after: %(names)s") % {"names": shown}
        case _:
            return shown

"""The list beside the picture: the same nodes and ties in words, and where each choice leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.domain.nodes import Edge, Node
from graph.domain.paths import Step
from graph.domain.state import SORTS, State, public_id
from graph.presenters.drawing import Drawing, DrawnNode, degrees_of
from graph.presenters.wording import REASONS, tie_label
from graph.selectors.pictures import Composed
from graph.selectors.records import Record

TIES_TOLD = 2
# The order in which a node's ties are told and walked.
TOLD_FIRST = ("with", "draws_on", "cites", "wrote", "at", "about", "similar")


@dataclass(frozen=True, slots=True)
class Tie:
    words: str
    record: Record


@dataclass(frozen=True, slots=True)
class Row:
    """One node of the list. `ties` are its strongest, `ties_count` all; addresses are query strings.

    `at` is its place in the drawing, in hundredths of width and height, "" without a drawing.
    """

    record: Record
    reason: str
    ties: tuple[Tie, ...]
    neighbours: tuple[str, ...]
    ties_count: int
    is_focus: bool
    is_pinned: bool
    is_expanded: bool
    at: str
    expand: str
    alone: str
    hide: str
    pin: str


def rows(composed: Composed, drawing: Drawing | None = None) -> list[Row]:
    """All nodes in the order that the state asks for; with the drawing they can be pinned where they stand in it."""
    at = {each.node: each for each in drawing.nodes} if drawing else {}
    degrees = degrees_of(composed.edges)
    by_node = _by_node(composed)
    found = [
        _row(
            node,
            composed,
            by_node[node],
            int(degrees.get(node, 0)),
            _hundredths(drawing, at.get(node)),
        )
        for node in composed.records
    ]
    order = _ORDERS[composed.state.sort]
    return sorted(found, key=order) if order else found


def grouped(composed: Composed) -> Iterator[tuple[str, list[Row]]]:
    """The rows by the reason they are there for, in the order of REASONS."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows(composed):
        groups[row.reason].append(row)
    for reason in REASONS:
        if groups[reason]:
            yield reason, groups[reason]


_ORDERS: dict[str, Callable[[Row], tuple[object, ...]] | None] = {
    "weight": None,
    "name": lambda row: (row.record.label.casefold(), row.record.node),
    "kind": lambda row: ("AWTI".index(row.record.node.kind), row.record.label.casefold(), row.record.node),
    "year": lambda row: (-(row.record.year or 0), row.record.node),
    "citations": lambda row: (-(row.record.citations if row.record.citations is not None else -1), row.record.node),
    "ties": lambda row: (-row.ties_count, row.record.node),
}
assert set(_ORDERS) == set(SORTS)


def _by_node(composed: Composed) -> dict[Node, list[Edge]]:
    found: dict[Node, list[Edge]] = defaultdict(list)
    for edge in composed.edges:
        found[edge.a].append(edge)
        found[edge.b].append(edge)
    return found


def _row(node: Node, composed: Composed, edges: Sequence[Edge], ties_count: int, at: tuple[int, int] | None) -> Row:
    told = sorted(edges, key=lambda edge: (TOLD_FIRST.index(edge.kind), -edge.weight))
    others = {edge.b if edge.a == node else edge.a: edge for edge in reversed(told)}
    ties = [Tie(tie_label(edge, node), composed.records[other]) for other, edge in reversed(others.items())]
    state = composed.state
    return Row(
        record=composed.records[node],
        reason=composed.reasons[node],
        ties=tuple(ties[:TIES_TOLD]),
        neighbours=tuple(public_id(other) for other in reversed(others)),
        ties_count=ties_count,
        is_focus=node in state.focus,
        is_pinned=node in state.pins,
        is_expanded=node in state.expanded,
        at=f"{at[0]} {at[1]}" if at else "",
        expand=state.expanding(node).address,
        alone=State(focus=(node,)).address,
        hide=hidden(state, [node]).address,
        pin=_pin(state, node, at),
    )


def _hundredths(drawing: Drawing | None, mark: DrawnNode | None) -> tuple[int, int] | None:
    if drawing is None or mark is None:
        return None
    return round(mark.x / drawing.sheet.width * 100), round(mark.y / drawing.sheet.height * 100)


def _pin(state: State, node: Node, at: tuple[int, int] | None) -> str:
    """Held where it stands, or let go."""
    pins = {each: place for each, place in state.pins.items() if each != node}
    if node not in state.pins and at:
        pins[node] = at
    return state.with_(pins=pins).address


def hidden(state: State, nodes: Sequence[Node]) -> State:
    """With these left out, of the focus and of what was expanded too."""
    return state.with_(
        hidden=tuple(dict.fromkeys((*state.hidden, *nodes))),
        focus=tuple(each for each in state.focus if each not in nodes),
        expanded=tuple(each for each in state.expanded if each not in nodes),
        pins={each: place for each, place in state.pins.items() if each not in nodes},
    )


@dataclass(frozen=True, slots=True)
class Leg:
    """A step of a path in words: who wrote what with whom. `others` are further joint works."""

    person: Record
    work: Record | None
    others: int
    next_person: Record


def explained_paths(composed: Composed, records: dict[Node, Record]) -> list[list[Leg]]:
    """The paths in order, each step with its first joint work; a path with somebody unlisted is left out."""
    found = []
    for path in composed.paths.paths if composed.paths else ():
        legs = [_leg(step, records) for step in path]
        if all(leg is not None for leg in legs):
            found.append([leg for leg in legs if leg is not None])
    return found


def _leg(step: Step, records: dict[Node, Record]) -> Leg | None:
    a, b = records.get(Node("A", step.from_id)), records.get(Node("A", step.to_id))
    if a is None or b is None:
        return None
    works = [records[Node("W", pk)] for pk in step.works if Node("W", pk) in records]
    return Leg(a, works[0] if works else None, len(step.works) - 1, b)


def path_nodes(composed: Composed) -> list[Node]:
    """The people of all paths that are told, and the first joint work of each step."""
    steps = [step for path in (composed.paths.paths if composed.paths else ()) for step in path]
    people = [Node("A", pk) for step in steps for pk in (step.from_id, step.to_id)]
    return list(dict.fromkeys([*people, *(Node("W", step.works[0]) for step in steps)]))

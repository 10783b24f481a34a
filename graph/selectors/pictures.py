"""The picture that a state names: nodes with their records, and the ties among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.domain.choosing import choose
from graph.domain.network import Network
from graph.domain.nodes import Edge, Node, Picture
from graph.domain.paths import Paths, shortest_paths
from graph.domain.sharing import lineage, shared
from graph.domain.state import State
from graph.domain.tying import tie
from graph.selectors.records import Record, keep_what_stands, records_of

AROUND_EXPANDED = 12


@dataclass(frozen=True, slots=True)
class Composed:
    """Everything that is drawn and listed of a state, heaviest nodes first.

    `paths` is None unless the state asks for them. `version` names the files it was read from, `behind` how many
    changed works are not in yet.
    """

    state: State
    records: Mapping[Node, Record]
    reasons: Mapping[Node, str]
    weights: Mapping[Node, float]
    edges: tuple[Edge, ...]
    paths: Paths | None
    version: str
    behind: int

    @property
    def nodes(self) -> list[Node]:
        return list(self.records)


def composed(network: Network, state: State) -> Composed:
    """The picture of a state whose nodes stand. At most six queries."""
    if state.is_of_years:
        network = network.of_years(state.first_year, state.last_year)
    paths = _paths(network, state)
    picture = _picture(network, state, paths)
    _leave_out(picture, set(state.hidden))
    if state.kinds != "AWTI":
        _leave_out(picture, {n for n in picture.reasons if n.kind not in state.kinds and n not in state.focus})
    records = records_of(picture.reasons)
    _leave_out(picture, {node for node in picture.reasons if not _is_shown(node, records, state)})
    tie(network, picture, state.focus)
    keep_what_stands(picture)
    if state.least:
        picture.edges = [e for e in picture.edges if e.kind != "with" or e.weight >= state.least]
    if state.mode in ("near", "lineage"):
        tied = {node for edge in picture.edges for node in (edge.a, edge.b)}
        _leave_out(picture, {node for node in picture.reasons if node not in tied and node not in state.focus})
    return Composed(
        state,
        {node: records[node] for node in picture.reasons},
        picture.reasons,
        picture.weights,
        tuple(picture.edges),
        paths,
        network.version,
        network.behind,
    )


def _paths(network: Network, state: State) -> Paths | None:
    people = [node.id for node in state.focus if node.kind == "A"]
    if state.mode != "between" or len(people) < 2:
        return None
    return shortest_paths(network, people[0], people[1])


def _picture(network: Network, state: State, paths: Paths | None) -> Picture:
    if paths is not None:
        picture = _of_paths(state, paths)
    elif state.mode == "shared":
        picture = shared(network, state.focus)
    elif state.mode == "lineage":
        picture = lineage(network, state.focus)
    else:
        picture = choose(network, state.focus, most=state.most)
    for node in state.expanded:
        picture.add(node, "expanded", 1.0)
        for near, reason in choose(network, [node], most=AROUND_EXPANDED).reasons.items():
            picture.add(near, "expanded" if reason == "focus" else "near_expanded", 0.5)
    return picture


def _of_paths(state: State, paths: Paths) -> Picture:
    """The people on the paths that are shown and the works that tie them."""
    picture = Picture()
    for node in state.focus[:2]:
        picture.add(node, "focus", float("inf"))
    for path in paths.paths[:12]:
        for step in path:
            picture.add(Node("A", step.to_id), "on_the_way", 2.0)
            for pk in step.works[:3]:
                picture.add(Node("W", pk), "joint", 1.0)
    return picture


def _is_shown(node: Node, records: Mapping[Node, Record], state: State) -> bool:
    """Whether a record stands and is of the years asked for: works alone have a year that is filtered by."""
    record = records.get(node)
    if record is None:
        return False
    if node.kind != "W" or node in state.focus or not state.is_of_years:
        return True
    if record.year is None:
        return False
    return (state.first_year or 0) <= record.year <= (state.last_year or 9999)


def _leave_out(picture: Picture, nodes: set[Node]) -> None:
    if not nodes:
        return
    picture.reasons = {node: why for node, why in picture.reasons.items() if node not in nodes}
    picture.edges = [edge for edge in picture.edges if edge.a not in nodes and edge.b not in nodes]

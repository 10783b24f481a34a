"""The edges among the nodes of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graph.domain.network import WORKS, Network, Pairs
from graph.domain.nodes import Edge, EdgeKind, Node, Picture
from graph.domain.relations import Ids

LARGEST_TEAM = 20


def tie(network: Network, picture: Picture, focus: Sequence[Node]) -> None:
    """Find the edges; strongest of a kind first. Nodes that nothing else ties are tied to the focus by their works."""
    ids = {kind: np.array(sorted(picture.of_kind(kind)), dtype=np.int64) for kind in "AWTI"}
    edges = [
        *_direct(network, "byline", "wrote", ids["W"], "W", ids["A"], "A"),
        *_ties(network, ids["A"]),
        *_direct(network, "topics", "about", ids["W"], "W", ids["T"], "T"),
        *_direct(network, "affiliations", "at", ids["A"], "A", ids["I"], "I"),
        *_direct(network, "references", "cites", ids["W"], "W", ids["W"], "W"),
        *_similar(network, ids["W"]),
        *_by_citation(network, picture, focus),
    ]
    edges += _by_works(network, picture, focus, {node for edge in edges for node in (edge.a, edge.b)})
    picture.edges = edges


def _inside(pairs: Pairs, among: Ids) -> Iterator[tuple[int, int, float]]:
    """(place, target, weight) of the pairs that lead to `among`."""
    kept = np.isin(pairs.targets, among)
    yield from zip(pairs.owners[kept].tolist(), pairs.targets[kept].tolist(), pairs.weights[kept].tolist(), strict=True)


def _direct(
    network: Network, relation: str, kind: EdgeKind, rows: Ids, row_kind: str, among: Ids, target_kind: str
) -> list[Edge]:
    """Pairs of a relation, the row second: a person wrote a work. Citations run from the citing to the cited work."""
    found = []
    for place, target, weight in _inside(network.pairs(relation, rows), among):
        row, other = Node(row_kind, int(rows[place])), Node(target_kind, target)
        forward = kind in ("cites", "about", "at")
        found.append(Edge(row, other, kind, weight) if forward else Edge(other, row, kind, weight))
    return sorted(set(found), key=lambda edge: (-edge.weight, edge.a, edge.b))


def _similar(network: Network, works: Ids) -> list[Edge]:
    """Each pair once, whichever of the two names the other."""
    best: dict[tuple[Node, Node], float] = {}
    for place, target, weight in _inside(network.pairs("similar", works), works):
        a, b = sorted((Node("W", int(works[place])), Node("W", target)))
        best[a, b] = max(weight, best.get((a, b), 0.0))
    return [Edge(a, b, "similar", weight) for (a, b), weight in sorted(best.items(), key=lambda x: (-x[1], x[0]))]


def _ties(network: Network, people: Ids) -> list[Edge]:
    """Co-authors: the strength of a tie is the sum of 1 / (authors - 1) over joint works of at most 20 authors."""
    wrote = network.pairs("works_by", people)
    works, where = np.unique(wrote.targets, return_inverse=True)
    team = network.team(works.astype(np.int64))
    strength: dict[tuple[int, int], float] = {}
    order = np.argsort(where, kind="stable")
    bounds = np.searchsorted(where[order], np.arange(len(works) + 1))
    writers = people[wrote.owners[order]].tolist()
    for place in np.flatnonzero((np.diff(bounds) > 1) & (team <= LARGEST_TEAM)).tolist():
        among = sorted(set(writers[bounds[place] : bounds[place + 1]]))
        share = 1.0 / max(int(team[place]) - 1, 1)
        for index, first in enumerate(among):
            for second in among[index + 1 :]:
                strength[first, second] = strength.get((first, second), 0.0) + share
    found = [Edge(Node("A", a), Node("A", b), "with", round(value, 4)) for (a, b), value in strength.items()]
    return sorted(found, key=lambda edge: (-edge.weight, edge.a, edge.b))


def _by_citation(network: Network, picture: Picture, focus: Sequence[Node]) -> list[Edge]:
    """From the people in focus to those whom they cite, and to them from those who cite them, with how often."""
    found = []
    for node in focus:
        if node.kind != "A":
            continue
        works = np.unique(network.reach("works_by", np.array([node.id]))).astype(np.int64)
        for reason, relation in (("read", "references"), ("reader", "citing")):
            others = np.array([n.id for n, r in picture.reasons.items() if r == reason], dtype=np.int64)
            near = np.unique(network.reach(relation, works)).astype(np.int64)
            counts: dict[int, int] = {}
            for _place, other, _weight in _inside(network.pairs("byline", near), others):
                counts[other] = counts.get(other, 0) + 1
            for other, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
                ends = (node, Node("A", other)) if reason == "read" else (Node("A", other), node)
                found.append(Edge(*ends, "draws_on", float(count)))
    return found


# What ties a person, topic or institution to a node in focus by the works they share.
_BY_WORKS: Mapping[str, EdgeKind] = {"W": "wrote", "A": "with", "T": "about", "I": "at"}


def _by_works(network: Network, picture: Picture, focus: Sequence[Node], tied: set[Node]) -> list[Edge]:
    """Topics, institutions and people that no edge holds, tied to the focus by how many of its works are theirs."""
    found: list[Edge] = []
    for node in focus:
        ids = np.array([node.id], dtype=np.int64)
        works = ids if node.kind == "W" else np.unique(network.reach(WORKS[node.kind], ids)).astype(np.int64)
        for kind, relation in (("T", "topics"), ("I", "institutions"), ("A", "byline")):
            loose = [n.id for n in picture.reasons if n.kind == kind and n not in tied and n != node]
            if not loose:
                continue
            counts = Counter(
                t for _p, t, _w in _inside(network.pairs(relation, works), np.array(loose, dtype=np.int64))
            )
            for pk, count in sorted(counts.items()):
                ends = (Node("A", pk), node) if kind == "A" else (node, Node(kind, pk))
                found.append(Edge(*ends, _BY_WORKS[ends[1].kind], float(count)))
    return found

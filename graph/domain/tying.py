"""The edges among the nodes of a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graph.domain.network import WORKS, Network, Pairs
from graph.domain.nodes import Edge, EdgeKind, Node, Picture
from graph.domain.relations import Ids, is_among

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
    """(place, target, weight) of the pairs that lead to `among`, which is sorted."""
    kept = is_among(pairs.targets, among)
    yield from zip(pairs.owners[kept].tolist(), pairs.targets[kept].tolist(), pairs.weights[kept].tolist(), strict=True)


def _direct(
    network: Network, relation: str, kind: EdgeKind, rows: Ids, row_kind: str, among: Ids, target_kind: str
) -> list[Edge]:
    """Pairs of a relation, the row second: a person wrote a work. Citations run from the citing to the cited work.

    Strongest first, then by ids; of a pair that a changed work names again the stronger counts.
    """
    forward = kind in ("cites", "about", "at")
    best: dict[tuple[int, int], float] = {}
    for place, target, weight in _inside(network.pairs(relation, rows), among):
        ends = (int(rows[place]), target) if forward else (target, int(rows[place]))
        best[ends] = max(weight, best.get(ends, 0.0))
    kinds = (row_kind, target_kind) if forward else (target_kind, row_kind)
    return _edges(best, kinds, kind)


def _edges(weights: Mapping[tuple[int, int], float], kinds: tuple[str, str], kind: EdgeKind) -> list[Edge]:
    """The edges of these pairs of ids, strongest first."""
    order = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return [Edge(Node(kinds[0], a), Node(kinds[1], b), kind, weight) for (a, b), weight in order]


def _similar(network: Network, works: Ids) -> list[Edge]:
    """Each pair once, whichever of the two names the other."""
    best: dict[tuple[int, int], float] = {}
    for place, target, weight in _inside(network.pairs("similar", works), works):
        own = int(works[place])
        ends = (min(own, target), max(own, target))
        best[ends] = max(weight, best.get(ends, 0.0))
    return _edges(best, ("W", "W"), "similar")


def _ties(network: Network, people: Ids) -> list[Edge]:
    """Co-authors: the strength of a tie is the sum of 1 / (authors - 1) over joint works of at most 20 authors."""
    wrote = network.pairs("works_by", people)
    order = np.lexsort((wrote.owners, wrote.targets))
    works, writers = wrote.targets[order], wrote.owners[order]
    joint = np.flatnonzero(np.append(works[1:] == works[:-1], False))
    shares = np.zeros(len(works))
    team = network.team(works[joint].astype(np.int64))
    shares[joint] = np.where(team <= LARGEST_TEAM, 1.0 / np.maximum(team - 1, 1), 0.0)
    count = len(people)
    strength = np.zeros(count * count)
    # Writers of a work stand side by side: each is paired with the next, with the one after it, and so on.
    for apart in range(1, LARGEST_TEAM):
        joint = joint[joint + apart < len(works)]
        joint = joint[works[joint + apart] == works[joint]]
        if not len(joint):
            break
        np.add.at(strength, writers[joint] * count + writers[joint + apart], shares[joint])
    found = {
        (int(people[place // count]), int(people[place % count])): round(float(strength[place]), 4)
        for place in np.flatnonzero(strength).tolist()
    }
    return _edges(found, ("A", "A"), "with")


def _by_citation(network: Network, picture: Picture, focus: Sequence[Node]) -> list[Edge]:
    """From the people in focus to those whom they cite, and to them from those who cite them, with how often."""
    found = []
    for node in focus:
        if node.kind != "A":
            continue
        works = np.unique(network.reach("works_by", np.array([node.id]))).astype(np.int64)
        for reason, relation in (("read", "references"), ("reader", "citing")):
            others = np.array([n.id for n, r in picture.reasons.items() if r == reason], dtype=np.int64)
            if not len(others):
                continue
            near = np.unique(network.reach(relation, works)).astype(np.int64)
            theirs = _inside(network.pairs("works_by", others), near)
            counts = Counter(int(others[place]) for place, _work, _weight in theirs)
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
                t for _p, t, _w in _inside(network.pairs(relation, works), np.array(sorted(loose), dtype=np.int64))
            )
            for pk, count in sorted(counts.items()):
                ends = (Node("A", pk), node) if kind == "A" else (node, Node(kind, pk))
                found.append(Edge(*ends, _BY_WORKS[ends[1].kind], float(count)))
    return found

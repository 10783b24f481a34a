"""What a selection has in common, and what came before and after a work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.domain.choosing import own_works
from graph.domain.core import Core, ordered
from graph.domain.network import WORKS, Network
from graph.domain.nodes import Node, Picture
from graph.domain.relations import NO_IDS, Ids

# What is shared: the reason it is named by, the relation from the works of each, the kind found, how many are shown.
SHARED = (
    ("cited_by_all", "references", "W", 24),
    ("cites_all", "citing", "W", 24),
    ("wrote_with_all", "byline", "A", 12),
    ("topics_of_all", "topics", "T", 8),
    ("places_of_all", "institutions", "I", 6),
)
LARGEST_SET = 2_000
FIRST_STEP, SECOND_STEP = 14, 8


def shared(network: Network, selection: Sequence[Node]) -> Picture:
    """The selection and what every one of it is tied to, by one of its works at least; rarest first.

    For works that is: works that all cite, works that cite them all, people on all bylines.
    """
    picture = Picture()
    for node in selection:
        picture.add(node, "focus", float("inf"))
    works = [_works_of(network, node) for node in selection]
    own = np.concatenate(works) if works else NO_IDS
    if len(selection) < 2:
        return picture
    _joint(picture, works)
    for reason, relation, kind, most in SHARED:
        sets = [np.unique(network.reach(relation, each)).astype(np.int64) for each in works]
        common = sets[0]
        for other in sets[1:]:
            common = np.intersect1d(common, other, assume_unique=True)
        if kind == "W":
            common = common[~np.isin(common, own)]
        reverse = {
            "references": "citing",
            "citing": "references",
            "byline": "works_by",
            "topics": "works_on",
            "institutions": "works_at",
        }[relation]
        elsewhere = network.degree(reverse, common)
        order = np.lexsort((common, elsewhere))
        scores = common[order], 1.0 / (1.0 + elsewhere[order].astype(np.float64))
        for pk, score in zip(*(part[:most].tolist() for part in scores), strict=True):
            picture.add(Node(kind, pk), reason, score)
    return picture


def _joint(picture: Picture, works: list[Ids]) -> None:
    """Works that are everybody's."""
    common = works[0]
    for other in works[1:]:
        common = np.intersect1d(common, other)
    for pk in common[:12].tolist():
        picture.add(Node("W", pk), "joint", 1.0)


def _works_of(network: Network, node: Node) -> Ids:
    ids = np.array([node.id], dtype=np.int64)
    return ids if node.kind == "W" else np.unique(network.reach(WORKS[node.kind], ids)).astype(np.int64)[:LARGEST_SET]


def lineage(network: Network, focus: Sequence[Node]) -> Picture:
    """Earlier and later work: what the works in focus cite, what that cites, and the same the other way.

    Of each step the most cited here are shown; of the second step those that most of the first lead to.
    """
    picture = Picture()
    for node in focus:
        picture.add(node, "focus", float("inf"))
    start = np.array([node.id for node in focus if node.kind == "W"], dtype=np.int64)
    for relation, near, far in (
        ("references", "earlier", "earlier_still"),
        ("citing", "later", "later_still"),
    ):
        first = np.setdiff1d(np.unique(network.reach(relation, start)).astype(np.int64), start)
        ids, scores = own_works(Core(network, first, np.ones(len(first))))
        ids = ids[:FIRST_STEP]
        for pk, score in zip(ids.tolist(), scores[:FIRST_STEP].tolist(), strict=True):
            picture.add(Node("W", pk), near, score)
        found, counts = np.unique(network.reach(relation, ids), return_counts=True)
        is_new = (counts >= 2) & ~np.isin(found, picture.of_kind("W"))
        second = ordered(found[is_new].astype(np.int64), counts[is_new].astype(np.float64))
        for pk, count in zip(*(part[:SECOND_STEP].tolist() for part in second), strict=True):
            picture.add(Node("W", pk), far, count)
    return picture

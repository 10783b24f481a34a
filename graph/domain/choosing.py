"""Which nodes show a record in context: a small share of what is near it, chosen to tell something.

`docs/graph.md` says how. In short: what stands in focus is read as a weighted set of works, its *core*. People, topics
and institutions are weighed by the works of the core and by how rare they are elsewhere; works by how many of the core
cite them or are cited by them; and people without a joint work by how often the core cites them or they cite it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.domain.network import WORKS, Network
from graph.domain.nodes import Node, Picture
from graph.domain.relations import NO_IDS, Ids

LARGEST_CORE = 2_000
NEAR_A_WORK = 300
LARGEST_TEAM = 20
AROUND = 0.5  # what a reference, a citing or a similar work counts beside the work in focus

type Scores = tuple[Ids, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Shares:
    """How many nodes of each sort a slice holds."""

    people: int
    distant_people: int
    own_works: int
    roots: int
    followers: int
    topics: int
    institutions: int


def shares_of(most: int) -> Shares:
    """The parts of a slice of at most so many nodes."""
    part = most / 48
    sizes = [max(1, round(part * share)) for share in (11, 2.5, 12, 4, 4, 6, 5)]
    return Shares(*sizes)


@dataclass(frozen=True, slots=True)
class Core:
    """Works with what each counts, heaviest first."""

    works: Ids
    weights: NDArray[np.float64]


def choose(network: Network, focus: Sequence[Node], *, most: int) -> Picture:
    """A slice around the nodes in focus, of about `most` nodes; edges are found apart."""
    picture = Picture()
    for node in focus:
        picture.add(node, "focus", float("inf"))
    core = core_of(network, focus)
    if not len(core.works):
        return picture
    shares = shares_of(most)
    _add(picture, "A", people(network, core), "people", shares.people)
    _add(picture, "T", _rare_first(network, core, "topics", "works_on"), "topics", shares.topics)
    _add(picture, "I", places(network, focus, picture, core), "institutions", shares.institutions)
    _add(picture, "W", own_works(network, core), "works", shares.own_works)
    cited, citing = _around(network, core, "references"), _around(network, core, "citing")
    _add(picture, "W", cited, "cited", shares.roots)
    _add(picture, "W", citing, "citing", shares.followers)
    for relation, reason in (("references", "read"), ("citing", "reader")):
        _add(picture, "A", distant_people(network, core, relation), reason, shares.distant_people)
    return picture


def _add(picture: Picture, kind: str, scores: Scores, reason: str, most: int) -> None:
    added = 0
    for pk, score in zip(*scores, strict=True):
        if added == most:
            return
        added += picture.add(Node(kind, int(pk)), reason, float(score))


def core_of(network: Network, focus: Sequence[Node]) -> Core:
    """The works that stand for the focus, each with its weight; at most LARGEST_CORE, the most cited here."""
    works, weights = [], []
    for node in focus:
        ids = np.array([node.id], dtype=np.int64)
        if node.kind == "W":
            works.append(ids)
            weights.append(np.ones(1))
            for name in ("references", "citing", "similar"):
                near = _most_cited(network, np.unique(network.reach(name, ids)).astype(np.int64), NEAR_A_WORK)
                works.append(near)
                weights.append(np.full(len(near), AROUND))
        else:
            near = _most_cited(network, np.unique(network.reach(WORKS[node.kind], ids)).astype(np.int64), LARGEST_CORE)
            works.append(near)
            weights.append(np.ones(len(near)))
    found = np.concatenate(works) if works else NO_IDS
    unique, where = np.unique(found, return_inverse=True)
    total = np.bincount(where, np.concatenate(weights) if weights else None, minlength=len(unique))
    return Core(unique, total.astype(np.float64))


def _most_cited(network: Network, works: Ids, most: int) -> Ids:
    if len(works) <= most:
        return works
    cited = network.impact(works)
    return works[np.lexsort((works, -cited))[:most]]


def people(network: Network, core: Core) -> Scores:
    """People of the core's bylines by the sum of weight / (authors - 1), as the strength of a tie is.

    Works of more than 20 authors count only where there are no others.
    """
    team = network.team(core.works)
    for works in (core.works[team <= LARGEST_TEAM], core.works):
        chosen = np.isin(core.works, works, assume_unique=True)
        pairs = network.pairs("byline", works)
        if len(pairs.targets):
            shares = core.weights[chosen] / np.maximum(network.team(works) - 1, 1)
            return _summed(pairs.targets, shares[pairs.owners])
    return _none()


def places(network: Network, focus: Sequence[Node], picture: Picture, core: Core) -> Scores:
    """Institutions of the people in the picture, those of whoever stands in focus counting most; else the core's."""
    ids = np.array([node.id for node in picture.reasons if node.kind == "A"], dtype=np.int64)
    own = {node.id for node in focus if node.kind == "A"}
    if own:
        pairs = network.pairs("affiliations", ids)
        is_own = np.array([int(pk) in own for pk in ids])
        # Once for each of the others, however often they name it; at most five times for whoever is in focus.
        counts = np.where(is_own[pairs.owners], 3.0 * np.minimum(pairs.weights, 5.0), 1.0)
        found, total = _summed(pairs.targets, counts)
        return found[total >= 2], total[total >= 2]
    return _rare_first(network, core, "institutions", "works_at")


def own_works(network: Network, core: Core) -> Scores:
    """Works of the core: cited by others of the core, and cited at all."""
    pairs = network.pairs("references", core.works)
    inside = np.isin(pairs.targets, core.works)
    cited = _summed(pairs.targets[inside], np.ones(int(inside.sum())))
    score = core.weights * np.log1p(network.impact(core.works))
    score[np.searchsorted(core.works, cited[0])] += np.sqrt(cited[1])
    return _ordered(core.works, score + core.weights)


def _around(network: Network, core: Core, relation: str) -> Scores:
    """Works outside the core that at least two of it cite, or that cite at least two of it; rare company first."""
    pairs = network.pairs(relation, core.works)
    found, counts = _summed(pairs.targets, np.ones(len(pairs.targets)))
    kept = (counts >= 2) & ~np.isin(found, core.works)
    found, counts = found[kept], counts[kept]
    elsewhere = network.degree("citing" if relation == "references" else "references", found)
    return _ordered(found, counts / np.sqrt(1.0 + elsewhere) * np.log1p(counts))


def distant_people(network: Network, core: Core, relation: str) -> Scores:
    """People without a joint work whom the core cites, or who cite it, in several works and more than others do."""
    near = network.pairs(relation, core.works)
    works, counts = _summed(near.targets, np.ones(len(near.targets)))
    small = network.team(works) <= LARGEST_TEAM
    works, counts = works[small], counts[small]
    pairs = network.pairs("byline", works)
    joint = np.unique(network.reach("byline", core.works))
    found, total = _summed(pairs.targets, np.minimum(counts, 3.0)[pairs.owners])
    kept = (total >= 3) & ~np.isin(found, joint)
    found, total = found[kept], total[kept]
    return _ordered(found, total / np.sqrt(4.0 + network.degree("works_by", found)))


def _rare_first(network: Network, core: Core, relation: str, reverse: str) -> Scores:
    """Topics or institutions by their weight in the core and by how few works have them elsewhere."""
    pairs = network.pairs(relation, core.works)
    found, total = _summed(pairs.targets, core.weights[pairs.owners])
    size = network.built[reverse].size if reverse in network.built else 1
    rarity = np.log(2.0 + (1.0 + size) / (1.0 + network.degree(reverse, found)))
    return _ordered(found, np.sqrt(total) * rarity)


def _summed(ids: NDArray[np.uint32], values: NDArray[np.float64]) -> Scores:
    """Each id once, with the sum of its values, highest first, then by id."""
    if not len(ids):
        return _none()
    unique, where = np.unique(ids, return_inverse=True)
    return _ordered(unique.astype(np.int64), np.bincount(where, values))


def _ordered(ids: Ids, scores: NDArray[np.float64]) -> Scores:
    order = np.lexsort((ids, -scores))
    return ids[order], scores[order]


def _none() -> Scores:
    return NO_IDS, np.empty(0, np.float64)

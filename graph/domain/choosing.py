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

from graph.domain.core import Core, Scores, core_of, ordered, totals
from graph.domain.network import Network, Pairs
from graph.domain.nodes import Node, Picture
from graph.domain.relations import Ids, is_among

LARGEST_TEAM = 20


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


def choose(network: Network, focus: Sequence[Node], *, most: int) -> Picture:
    """A slice around the nodes in focus, of about `most` nodes; edges are found apart."""
    picture = Picture()
    for node in focus:
        picture.add(node, "focus", float("inf"))
    core = core_of(network, focus)
    if not len(core.works):
        return picture
    shares = shares_of(most)
    _add(picture, "A", people(core), "people", shares.people)
    _add(picture, "T", _rare_first(core, "topics", "works_on"), "topics", shares.topics)
    _add(picture, "I", institutions(focus, picture, core), "institutions", shares.institutions)
    _add(picture, "W", own_works(core), "works", shares.own_works)
    near = {relation: _counted(core.pairs(relation)) for relation in ("references", "citing")}
    _add(picture, "W", _around(core, "citing", *near["references"]), "cited", shares.roots)
    _add(picture, "W", _around(core, "references", *near["citing"]), "citing", shares.followers)
    for relation, reason in (("references", "read"), ("citing", "reader")):
        _add(picture, "A", distant_people(core, *near[relation]), reason, shares.distant_people)
    return picture


def _add(picture: Picture, kind: str, scores: Scores, reason: str, most: int) -> None:
    added = 0
    for pk, score in zip(*scores, strict=True):
        if added == most:
            return
        added += picture.add(Node(kind, int(pk)), reason, float(score))


def people(core: Core) -> Scores:
    """People of the core's bylines by the sum of weight / (authors - 1), as the strength of a tie is.

    Works of more than 20 authors count only where there are no others.
    """
    pairs = core.pairs("byline")
    shares = (core.weights / np.maximum(core.team - 1, 1))[pairs.owners]
    small = (core.team <= LARGEST_TEAM)[pairs.owners]
    if small.any():
        return ordered(*totals(pairs.targets[small], shares[small]))
    return ordered(*totals(pairs.targets, shares))


def institutions(focus: Sequence[Node], picture: Picture, core: Core) -> Scores:
    """Institutions of the people in the picture, those of whoever stands in focus counting most; else the core's."""
    ids = np.array([node.id for node in picture.reasons if node.kind == "A"], dtype=np.int64)
    own = {node.id for node in focus if node.kind == "A"}
    if own:
        pairs = core.network.pairs("affiliations", ids)
        is_own = np.array([int(pk) in own for pk in ids])
        # Once for each of the others, however often they name it; at most five times for whoever is in focus.
        counts = np.where(is_own[pairs.owners], 3.0 * np.minimum(pairs.weights, 5.0), 1.0)
        found, total = totals(pairs.targets, counts)
        kept = total >= 2
        if core.network.years is not None:  # affiliations are of all years: those that stand on works of these
            kept &= is_among(found, np.unique(core.pairs("institutions").targets).astype(np.int64))
        return ordered(found[kept], total[kept])
    return _rare_first(core, "institutions", "works_at")


def own_works(core: Core) -> Scores:
    """Works of the core: cited by others of the core, and cited at all."""
    pairs = core.pairs("references")
    inside = pairs.targets[is_among(pairs.targets, core.works)]
    cited = np.bincount(np.searchsorted(core.works, inside), minlength=len(core.works))
    score = core.weights * np.log1p(core.network.impact(core.works)) + np.sqrt(cited)
    return ordered(core.works, score + core.weights)


def _counted(pairs: Pairs) -> Scores:
    """What the pairs lead to, ascending, and how often each comes up."""
    found, counts = np.unique(pairs.targets, return_counts=True)
    return found.astype(np.int64), counts.astype(np.float64)


def _around(core: Core, reverse: str, found: Ids, counts: NDArray[np.float64]) -> Scores:
    """Works outside the core that at least two of it cite, or that cite at least two of it; rare company first."""
    kept = counts >= 2
    found, counts = found[kept], counts[kept]
    outside = ~is_among(found, core.works)
    found, counts = found[outside], counts[outside]
    elsewhere = core.network.degree(reverse, found)
    return ordered(found, counts / np.sqrt(1.0 + elsewhere) * np.log1p(counts))


def distant_people(core: Core, works: Ids, counts: NDArray[np.float64]) -> Scores:
    """People without a joint work whom the core cites, or who cite it, in several works and more than others do."""
    small = core.network.team(works) <= LARGEST_TEAM
    works, counts = works[small], counts[small]
    pairs = core.network.pairs("byline", works)
    found, total = totals(pairs.targets, np.minimum(counts, 3.0)[pairs.owners])
    kept = total >= 3
    found, total = found[kept], total[kept]
    distant = ~is_among(found, core.people)
    found, total = found[distant], total[distant]
    return ordered(found, total / np.sqrt(4.0 + core.network.degree("works_by", found)))


def _rare_first(core: Core, relation: str, reverse: str) -> Scores:
    """Topics or institutions by their weight in the core and by how few works have them elsewhere."""
    pairs = core.pairs(relation)
    found, total = totals(pairs.targets, core.weights[pairs.owners])
    built = core.network.built
    size = built[reverse].size if reverse in built else 1
    rarity = np.log(2.0 + (1.0 + size) / (1.0 + core.network.degree(reverse, found)))
    return ordered(found, np.sqrt(total) * rarity)

"""A search for people who may not be seen: slices and paths at random over a network, and who came up in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from graph.domain.choosing import choose
from graph.domain.network import Network
from graph.domain.nodes import Node
from graph.domain.paths import shortest_paths
from graph.domain.relations import Ids
from graph.domain.tying import tie

PATHS_IN = 5  # every so many tries one is a path


def tries(network: Network, hidden: Ids, *, count: int, seed: int) -> Iterator[list[str]]:
    """For each try what it showed of `hidden`: []. Starts lie beside hidden people as often as anywhere else."""
    guarded = replace(network, unlisted=np.union1d(network.unlisted, hidden))
    rng = np.random.default_rng(seed)
    beside = np.unique(network.reach("byline", np.unique(network.reach("works_by", hidden)).astype(np.int64)))
    others = _people_with_works(network) if network.built else beside
    barred = set(hidden.tolist())
    for number in range(count):
        start, end = (int(rng.choice(beside if rng.random() < 0.5 else others)) for _ in range(2))
        if number % PATHS_IN == 0:
            paths = shortest_paths(guarded, start, end, shown=50).paths
            seen = {pk for path in paths for step in path for pk in (step.from_id, step.to_id)}
        else:
            kind = "AAWT"[number % 4]
            focus = [Node(kind, start if kind == "A" else _of(guarded, kind, start, rng))]
            seen = _people_of(guarded, focus)
            seen -= {node.id for node in focus if node.kind == "A"}
        yield [f"A{pk} from {start} to {end}" for pk in sorted(seen & barred)]


def _people_with_works(network: Network) -> Ids:
    wrote = network.built["works_by"]
    found: Ids = np.flatnonzero(wrote.counts(np.arange(wrote.height, dtype=np.int64)))
    return found


def _of(network: Network, kind: str, person: int, rng: np.random.Generator) -> int:
    """A work of the person's, or a topic of one."""
    works = network.reach("works_by", np.array([person]))
    if not len(works):
        return 0
    work = int(rng.choice(works))
    topics = network.reach("topics", np.array([work])) if kind == "T" else works
    return int(rng.choice(topics)) if kind == "T" and len(topics) else work


def _people_of(network: Network, focus: list[Node]) -> set[int]:
    picture = choose(network, focus, most=60)
    tie(network, picture, focus)
    ends = {node for edge in picture.edges for node in (edge.a, edge.b)}
    return {node.id for node in {*picture.reasons, *ends} if node.kind == "A"}

"""The research graph on files of a made network of the scale: slices and paths, judged by networkx and igraph.

No papers are imported for it: the adjacency is generated, written to files and read as web processes read it. The
judges hold the same network in memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import igraph
import networkx
import numpy as np
from scipy.sparse import csr_matrix, triu

from bench.corpus import SCALES
from bench.made_network import MadePairs, made_pairs
from bench.registry import Line, at_most, benchmark, ratio_at_most
from bench.session import Session
from bench.timing import Samples
from graph.domain.choosing import choose
from graph.domain.files import read_build, write_build
from graph.domain.network import Network
from graph.domain.nodes import Node
from graph.domain.paths import shortest_paths
from graph.domain.relations import relation
from graph.domain.tying import tie

PAIRS, MOST_JUDGED, MOST_COMPARED = 500, 40, 10_000


@benchmark("graph")
def graph(session: Session) -> Iterator[Line]:
    """Slices of 60 and 500 nodes, and all shortest paths between 500 pairs of people."""
    pairs = made_pairs(SCALES[session.scale])
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        network, size = _files(Path(folder), pairs)
        yield Line("graph.files_written", perf_counter() - began, "s")
        yield Line("graph.files_size", size / 1e6, "MB", reach=at_most(150, "MB"))
        people = np.random.default_rng(7).choice(pairs.bylines[1], PAIRS).tolist()
        yield from _slices(network, pairs, people)
        yield from _paths(network, pairs, people)


def _files(folder: Path, pairs: MadePairs) -> tuple[Network, int]:
    relations = {}
    for name, reverse, (rows, targets) in (
        ("byline", "works_by", pairs.bylines),
        ("references", "citing", pairs.references),
        ("topics", "works_on", pairs.topics),
        ("institutions", "works_at", pairs.institutions),
    ):
        relations[name], relations[reverse] = relation(rows, targets), relation(targets, rows)
    for name, (rows, targets) in (("similar", pairs.similar), ("affiliations", pairs.affiliations)):
        relations[name] = relation(rows, targets, np.ones(len(rows), np.float32))
    cited, times = np.unique(pairs.references[1], return_counts=True)
    relations["impact"] = relation(cited, np.ones_like(cited), times.astype(np.float32))
    relations["years"] = relation(*pairs.years)
    place = write_build(folder, "made", relations, {"read_at": "2026-01-01T00:00:00+00:00"})
    built, _facts = read_build(folder, "made")
    return Network(built), sum(path.stat().st_size for path in place.iterdir())


def _slices(network: Network, pairs: MadePairs, people: list[int]) -> Iterator[Line]:
    """Against networkx, which holds all and takes the ego graph of two steps, cut to as many nodes."""
    judge = networkx.Graph()
    judge.add_edges_from(zip((-pairs.bylines[0]).tolist(), pairs.bylines[1].tolist(), strict=True))
    for most, reach in ((60, 15), (500, 40)):
        asked = people[:100]
        taken = _measured(partial(_slice, network, most), asked)
        floor = _measured(partial(_ego, judge, most), asked)
        yield Line(f"graph.slice_{most}.p50", taken.p50, "ms", floor.p50, at_most(reach, "ms"))
        yield Line(f"graph.slice_{most}.p95", taken.p95, "ms", floor.p95, ratio_at_most(1.5))


def _slice(network: Network, most: int, person: int) -> int:
    focus = [Node("A", person)]
    picture = choose(network, focus, most=most)
    tie(network, picture, focus)
    return len(picture.reasons)


def _ego(judge: Any, most: int, person: int) -> int:
    """What networkx does for the same: two steps around, the nodes with most ties kept, and the ties among them."""
    near = networkx.ego_graph(judge, person, radius=4 if most > 60 else 2)
    kept = sorted(near, key=near.degree, reverse=True)[:most]
    return int(near.subgraph(kept).number_of_edges())


def _paths(network: Network, pairs: MadePairs, people: list[int]) -> Iterator[Line]:
    ends = list(zip(people, reversed(people), strict=True))
    taken = _measured(lambda pair: shortest_paths(network, *pair), ends)
    yield Line("graph.paths.p50", taken.p50, "ms")
    yield Line("graph.paths.p95", taken.p95, "ms", reach=at_most(30, "ms"))
    judged = ends[:MOST_JUDGED] if _is_large(pairs) else ends
    wrong = _wrong(network, pairs, judged)
    yield Line("graph.paths.wrong", float(wrong), "answers", reach=at_most(0, "answers"))


def _is_large(pairs: MadePairs) -> bool:
    """Whether the judge, who walks the whole network for each pair, takes many minutes for all of them."""
    return len(pairs.bylines[0]) > 200_000


def _wrong(network: Network, pairs: MadePairs, ends: list[tuple[int, int]]) -> int:
    """How many answers differ from igraph's: in how many paths there are, or in any person on one of them."""
    judge = _coauthors(pairs)
    wrong = 0
    for start, end in ends:
        found = shortest_paths(network, start, end, shown=MOST_COMPARED)
        want = judge.get_all_shortest_paths(start, end) if start != end else [[start]]
        told = {(start, *(step.to_id for step in path)) for path in found.paths}
        same = told == {tuple(path) for path in want} if len(want) <= MOST_COMPARED else len(told) == MOST_COMPARED
        wrong += not (same and found.count == len(want) and found.length == (len(want[0]) - 1 if want else None))
    return wrong


def _coauthors(pairs: MadePairs) -> Any:
    """People tied by joint works, as igraph holds them."""
    works, persons = pairs.bylines
    byline = csr_matrix((np.ones(len(works), np.int32), (works, persons)))
    joint = triu(byline.T @ byline, k=1).tocoo()
    return igraph.Graph(n=byline.shape[1], edges=np.column_stack([joint.row, joint.col]))


def _measured(act: Callable[[Any], object], asked: list[Any]) -> Samples:
    """What this process itself works, so that a busy machine does not count."""
    for each in asked[:5]:
        act(each)
    times = []
    for each in asked:
        began = process_time()
        act(each)
        times.append(process_time() - began)
    return Samples(tuple(times))

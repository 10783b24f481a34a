"""All shortest paths, as igraph finds them on the same graph."""

import igraph
import numpy as np
import pytest

from graph.domain.paths import shortest_paths
from tests.graph.domain.made import bylines, network_of


def coauthors(pairs, people) -> igraph.Graph:
    by_work: dict[int, list[int]] = {}
    for work, person in pairs:
        by_work.setdefault(work, []).append(person)
    edges = {(min(a, b), max(a, b)) for team in by_work.values() for a in team for b in team if a != b}
    return igraph.Graph(n=people + 1, edges=sorted(edges))


@pytest.mark.parametrize("seed", range(12))
def test_every_shortest_path_is_found_and_no_other(seed):
    people = 60
    pairs = bylines(works=55, people=people, seed=seed, largest=3)
    network, judge = network_of(pairs), coauthors(pairs, people)
    rng = np.random.default_rng(seed)
    for start, end in rng.integers(1, people + 1, (40, 2)).tolist():
        found = shortest_paths(network, start, end, shown=10_000)
        want = {tuple(path) for path in judge.get_all_shortest_paths(start, end)} if start != end else {(start,)}
        got = {(start, *(step.to_id for step in path)) for path in found.paths}
        assert got == want
        assert found.count == len(want)
        assert found.length == (len(min(want)) - 1 if want else None)


def test_each_step_names_all_joint_works():
    network = network_of([(1, 7), (1, 8), (2, 7), (2, 8), (3, 8), (3, 9)])
    (path,) = shortest_paths(network, 7, 9).paths
    assert [(step.from_id, step.to_id, step.works) for step in path] == [(7, 8, (1, 2)), (8, 9, (3,))]


def test_nobody_unlisted_is_on_a_path_or_at_its_end():
    pairs = [(1, 7), (1, 8), (2, 8), (2, 9)]
    assert shortest_paths(network_of(pairs), 7, 9).length == 2
    hidden = network_of(pairs, unlisted=np.array([8]))
    assert shortest_paths(hidden, 7, 9).length is None
    assert shortest_paths(hidden, 7, 8).length is None


def test_a_byline_of_3303_names_is_one_step_and_few_paths_are_told_of_many():
    pairs = [(1, person) for person in range(1, 3304)] + [(2, person) for person in range(3300, 6600)]
    found = shortest_paths(network_of(pairs), 1, 6000, shown=5)
    assert (found.length, found.count, len(found.paths)) == (2, 4, 4)

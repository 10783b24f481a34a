"""What a slice holds, and that its ties are those of the record and of METRICS."""

import networkx
import numpy as np
import pytest

from graph.domain.choosing import choose
from graph.domain.nodes import Node
from graph.domain.tying import tie
from metrics.formulas.collaborators import tie_strength
from tests.graph.domain.made import bylines, network_of


def picture_of(network, focus, most=48):
    picture = choose(network, focus, most=most)
    tie(network, picture, focus)
    return picture


@pytest.mark.parametrize("seed", range(5))
def test_ties_are_as_strong_as_the_formula_says_and_bylines_are_those_of_a_whole_graph_in_memory(seed):
    pairs = bylines(works=80, people=30, seed=seed)
    network = network_of(pairs)
    judge = networkx.Graph([(("W", a), ("A", b)) for a, b in pairs])
    picture = picture_of(network, [Node("A", 3)])
    for edge in picture.edges:
        if edge.kind == "with":
            joint = set(judge[("A", edge.a.id)]) & set(judge[("A", edge.b.id)])
            want = tie_strength([judge.degree(work) for work in joint])
            assert edge.weight == pytest.approx(want, abs=1e-3)
        if edge.kind == "wrote":
            assert judge.has_edge(("A", edge.a.id), ("W", edge.b.id))
    near = networkx.ego_graph(judge, ("A", 3), radius=2)
    assert {("A", n.id) for n, why in picture.reasons.items() if why == "people"} <= set(near)


def test_the_closest_people_come_first_and_the_slice_keeps_its_size():
    pairs = [(work, 1) for work in range(1, 400)]
    pairs += [(work, 2) for work in range(1, 300)]
    pairs += [(work, 3 + work % 50) for work in range(1, 400)]
    picture = picture_of(network_of(pairs), [Node("A", 1)], most=48)
    assert list(picture.reasons)[1] == Node("A", 2)
    assert len(picture.reasons) <= 60


def test_people_without_a_joint_work_are_found_by_what_is_cited():
    pairs = [(work, 1) for work in range(1, 6)] + [(work, 9) for work in range(10, 15)]
    references = [(work, other) for work in range(1, 6) for other in range(10, 13)]
    picture = picture_of(network_of(pairs, references), [Node("A", 1)])
    assert picture.reasons[Node("A", 9)] == "read"
    assert any(e.kind == "draws_on" and e.a == Node("A", 1) and e.b == Node("A", 9) for e in picture.edges)


@pytest.mark.parametrize("kind", "AWTI")
def test_an_unknown_record_and_an_empty_network_give_the_focus_alone(kind):
    picture = picture_of(network_of([(1, 1)]), [Node(kind, 99)])
    assert list(picture.reasons) == [Node(kind, 99)]


def test_a_byline_of_3303_names_breaks_nothing():
    pairs = [(1, person) for person in range(1, 3304)]
    picture = picture_of(network_of(pairs), [Node("W", 1)])
    assert 5 < len(picture.reasons) < 60
    assert np.isfinite([edge.weight for edge in picture.edges]).all()

"""What a slice holds, and that its ties are those of the record and of METRICS."""

import networkx
import numpy as np
import pytest

from graph.domain.choosing import choose
from graph.domain.nodes import Node
from graph.domain.sharing import lineage, shared
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


def only(*works):
    """Works that may be shown, as those of some years would be."""
    return lambda ids: np.isin(ids, works)


def test_where_only_some_works_are_shown_the_whole_slice_is_chosen_by_them():
    """Before, people of the other years stood around works of these."""
    pairs = [(work, 1) for work in range(1, 21)] + [(work, 2) for work in range(1, 19)] + [(19, 3), (20, 3)]
    picture = choose(network_of(pairs), [Node("A", 1)], most=48, shown=only(19, 20))
    assert set(picture.reasons) == {Node("A", 1), Node("A", 3), Node("W", 19), Node("W", 20)}


def test_works_that_are_shown_are_found_behind_any_number_of_others():
    pairs = [(work, 1) for work in range(1, 5_001)]
    references = [(citing, work) for work in range(1, 4_000) for citing in (5_001, 5_002)]
    picture = choose(network_of(pairs, references), [Node("A", 1)], most=48, shown=only(4_999))
    assert set(picture.reasons) == {Node("A", 1), Node("W", 4_999)}


def test_earlier_and_later_work_is_looked_for_among_the_works_that_are_shown():
    """The work in focus is cited by 40 works, all but two more often cited than 41 and 42, which cite it as well."""
    references = [(work, 100) for work in range(1, 43)] + [(200, work) for work in range(1, 41)]
    references += [(301, 41), (301, 42), (302, 1), (302, 2)]
    network = network_of([(100, 1)], references)
    picture = lineage(network, [Node("W", 100)], only(41, 42, 301, 302))
    assert {node.id: why for node, why in picture.reasons.items()} == {
        100: "focus",
        41: "later",
        42: "later",
        301: "later_still",
    }


def test_what_is_shared_is_looked_for_among_the_works_that_are_shown():
    references = [(citing, cited) for citing in (1, 2) for cited in range(10, 60)]
    picture = shared(network_of([(1, 1), (2, 1)], references), [Node("W", 1), Node("W", 2)], only(1, 2, 57))
    assert {node.id for node, why in picture.reasons.items() if why == "cited_by_all"} == {57}

"""What a slice holds, and that its ties are those of the record and of METRICS."""

from dataclasses import replace

import networkx
import numpy as np
import pytest

from graph.domain.choosing import choose
from graph.domain.nodes import Node
from graph.domain.paths import shortest_paths
from graph.domain.relations import relation
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


def of_1990(pairs, references, works, *of_1990s):
    """The network of 1990, in which only some of the works appeared; the others did in 2020."""
    years = {work: 1990 if work in of_1990s else 2020 for work in works}
    return network_of(pairs, references, years).of_years(1989, 1991)


def test_where_years_are_asked_for_the_whole_slice_is_chosen_by_their_works():
    """Before, people of the other years stood around works of these."""
    pairs = [(work, 1) for work in range(1, 21)] + [(work, 2) for work in range(1, 19)] + [(19, 3), (20, 3)]
    picture = picture_of(of_1990(pairs, (), range(1, 21), 19, 20), [Node("A", 1)])
    assert set(picture.reasons) == {Node("A", 1), Node("A", 3), Node("W", 19), Node("W", 20)}
    assert {edge.weight for edge in picture.edges if edge.kind == "with"} == {2.0}


def test_works_of_the_years_are_found_behind_any_number_of_others():
    """Never cited, behind 29,999 that are: a limit of what is looked at would have said that there is none."""
    pairs = [(work, 1) for work in range(1, 30_001)]
    references = [(30_001, work) for work in range(1, 30_000)]
    picture = picture_of(of_1990(pairs, references, range(1, 30_002), 30_000), [Node("A", 1)])
    assert set(picture.reasons) == {Node("A", 1), Node("W", 30_000)}


def test_a_work_without_a_date_is_of_no_years():
    picture = picture_of(network_of([(1, 1), (2, 1)], (), {1: 1990}).of_years(None, None), [Node("A", 1)])
    assert set(picture.reasons) == {Node("A", 1), Node("W", 1)}


def test_earlier_and_later_work_is_looked_for_among_the_works_of_the_years():
    """The work in focus is cited by 42 works, all but 41 and 42 in other years, and itself of another."""
    references = [(work, 100) for work in range(1, 43)] + [(200, work) for work in range(1, 41)]
    references += [(301, 41), (301, 42), (302, 1), (302, 2)]
    network = of_1990([(100, 1)], references, range(1, 400), 41, 42, 301, 302)
    picture = lineage(network, [Node("W", 100)])
    assert {node.id: why for node, why in picture.reasons.items()} == {
        100: "focus",
        41: "later",
        42: "later",
        301: "later_still",
    }


def test_what_is_shared_is_looked_for_among_the_works_of_the_years():
    references = [(citing, cited) for citing in (1, 2) for cited in range(10, 60)]
    picture = shared(of_1990([(1, 1), (2, 1)], references, range(1, 60), 57), [Node("W", 1), Node("W", 2)])
    assert {node.id for node, why in picture.reasons.items() if why == "cited_by_all"} == {57}


def test_paths_lead_over_works_of_the_years():
    """Over a work of 2020 the two are one step apart, over those of 1990 two."""
    pairs = [(1, 1), (1, 3), (2, 1), (2, 2), (3, 2), (3, 3)]
    assert shortest_paths(network_of(pairs), 1, 3).length == 1
    assert shortest_paths(of_1990(pairs, (), (1, 2, 3), 2, 3), 1, 3).length == 2


def test_institutions_of_a_person_are_those_on_works_of_the_years():
    network = of_1990([(1, 1), (2, 1)], (), (1, 2), 1)
    people, ones = np.array([1, 1]), np.ones(2, np.float32)
    built = {
        **network.built,
        "institutions": relation(np.array([1, 2]), np.array([7, 8])),
        "affiliations": relation(people, np.array([7, 8]), ones),
    }
    picture = choose(replace(network, built=built), [Node("A", 1)], most=48)
    assert picture.of_kind("I") == [7]

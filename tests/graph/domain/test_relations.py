import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.network import Network
from graph.domain.relations import TooLarge, keyed_relation, relation

PAIRS = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=40)


def ids(*values):
    return np.array(values, dtype=np.int64)


@given(PAIRS, st.lists(st.integers(0, 14), max_size=6))
def test_rows_by_id_and_rows_by_key_hold_the_same_pairs_each_once(pairs, asked):
    sources, targets = ids(*[a for a, _ in pairs]), ids(*[b for _, b in pairs])
    want = [(place, b) for place, a in enumerate(asked) for b in sorted({y for x, y in pairs if x == a})]
    for made in (relation(sources, targets), keyed_relation(sources, targets)):
        owners, positions = made.positions_of(ids(*asked))
        assert list(zip(owners.tolist(), made.targets.take(positions).tolist(), strict=True)) == want
        assert made.reach(ids(*asked)).tolist() == [b for _, b in want]
        assert made.counts(ids(*asked)).sum() == len(want)


def test_an_id_that_does_not_fit_is_refused_and_not_cut():
    with pytest.raises(TooLarge):
        relation(ids(2**31), ids(1))


def test_a_changed_work_counts_with_what_it_is_now_alone():
    built = {"byline": relation(ids(1, 1, 2), ids(7, 8, 7)), "works_by": relation(ids(7, 8, 7), ids(1, 1, 2))}
    recent = {"byline": keyed_relation(ids(1), ids(9)), "works_by": keyed_relation(ids(9), ids(1))}
    network = Network(built, recent, changed=ids(1))
    assert network.reach("byline", ids(1)).tolist() == [9]
    assert network.reach("works_by", ids(7)).tolist() == [2]
    assert network.reach("works_by", ids(8)).tolist() == []
    assert network.reach("works_by", ids(9)).tolist() == [1]
    assert network.team(ids(1, 2)).tolist() == [1, 1]


def test_unlisted_people_are_on_neither_side_and_count_in_a_team():
    built = {"byline": relation(ids(1, 1), ids(7, 8)), "works_by": relation(ids(7, 8), ids(1, 1))}
    network = Network(built, unlisted=ids(8))
    assert network.reach("byline", ids(1)).tolist() == [7]
    assert network.reach("works_by", ids(8)).tolist() == []
    assert network.team(ids(1)).tolist() == [2]

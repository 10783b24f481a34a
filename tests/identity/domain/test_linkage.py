"""Average linkage: what may not be one is never joined, whatever the chances."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from identity.domain.linkage import average_linkage


def linked(count, pairs, *, least=0.5, apart=(), size=None):
    left, right, chance = (np.array(column) for column in zip(*pairs, strict=True))
    sizes = np.ones(count, dtype=np.float32) if size is None else np.array(size, dtype=np.float32)
    return average_linkage(
        count,
        left.astype(np.int64),
        right.astype(np.int64),
        chance.astype(np.float32),
        least=least,
        size=sizes,
        foes=lambda _: apart,
    ).tolist()


def test_the_likeliest_pair_is_joined_first():
    assert linked(3, [(0, 1, 0.9), (1, 2, 0.6)]) == [0, 0, 2]


def test_a_chain_is_joined_when_its_mean_holds():
    assert linked(3, [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.4)]) == [0, 0, 0]


def test_what_is_kept_apart_stays_apart_at_any_chance():
    assert linked(3, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0)], apart=[(0, 2)]) == [0, 0, 2]


def test_large_units_weigh_more_than_small_ones():
    pairs = [(0, 1, 0.8), (0, 2, 0.9), (1, 2, 0.2)]
    assert linked(3, pairs, least=0.7, size=[10, 1, 10]) == [0, 1, 0]


UNITS = 8
pairs = st.lists(
    st.tuples(st.integers(0, UNITS - 1), st.integers(0, UNITS - 1), st.floats(0, 1)).filter(lambda x: x[0] < x[1]),
    min_size=1,
    max_size=20,
    unique_by=lambda x: x[:2],
)


@given(pairs, st.sets(st.tuples(st.integers(0, UNITS - 1), st.integers(0, UNITS - 1)).filter(lambda x: x[0] < x[1])))
@settings(max_examples=150, deadline=None)
def test_no_two_that_are_kept_apart_end_together(found, apart):
    label = linked(UNITS, found, apart=apart)
    assert all(label[a] != label[b] for a, b in apart)

"""Packed numbers are the numbers that were packed, in no more bytes than they need."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.domain.compact_integers import bounds, compact

NUMBERS = st.lists(st.integers(0, 2**32 - 1), max_size=40)


@given(NUMBERS)
def test_packed_numbers_are_the_same(numbers):
    held = compact(np.array(numbers, dtype=np.int64))
    assert held.take(np.arange(len(numbers))).tolist() == numbers
    assert len(held) == len(numbers)


@given(st.lists(st.integers(0, 70_000), max_size=600))
def test_numbers_that_never_fall_are_the_same(steps):
    numbers = np.cumsum(np.array(steps, dtype=np.int64))
    assert bounds(numbers).take(np.arange(len(numbers))).tolist() == numbers.tolist()


@pytest.mark.parametrize(("largest", "size"), [(2**16 - 1, 2), (2**24 - 1, 3), (2**24, 4)])
def test_a_number_takes_as_few_bytes_as_the_largest_needs(largest, size):
    held = compact(np.array([0, largest]))
    assert held.low.itemsize + (0 if held.high is None else held.high.itemsize) == size

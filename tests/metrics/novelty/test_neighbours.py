"""Earlier neighbours equal brute force, and the future never leaks into the past."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.formulas.novelty import SMALLEST_SET, WIDENING, novelty, novelty_distance
from metrics.novelty import neighbours
from metrics.novelty.neighbours import displaced_rows, earlier_neighbours
from metrics.novelty.percentiles import novelty_percentiles, percentiles_in_cells


def unit_rows(count, dimension=16, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def brute_force(vectors, first_days, last_days, k):
    expected = np.full((len(vectors), k), np.nan)
    exact = vectors.astype(np.float64)
    for row in range(len(vectors)):
        earlier = np.flatnonzero(last_days < first_days[row])
        cosines = np.sort(exact[earlier] @ exact[row])[::-1][:k]
        expected[row, : len(cosines)] = cosines
    return expected


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch):
    """Many blocks and tiles even for a handful of papers."""
    monkeypatch.setattr(neighbours, "QUERY_BLOCK", 32)
    monkeypatch.setattr(neighbours, "FIRST_TILE", 8)
    monkeypatch.setattr(neighbours, "LARGEST_TILE", 64)


corpora = st.tuples(st.integers(0, 200), st.integers(1, 60), st.integers(0, 400), st.integers(0, 2**31))


def corpus(size, days, spread, seed):
    random = np.random.default_rng(seed)
    first = random.integers(0, days, size)
    return unit_rows(size, seed=seed), first, first + random.integers(0, spread + 1, size)


@settings(max_examples=40, deadline=None)
@given(corpora, st.integers(1, 12))
def test_neighbours_equal_brute_force(shape, k):
    vectors, first, last = corpus(*shape)
    found = earlier_neighbours(vectors=vectors, first_days=first, last_days=last, k=k)
    np.testing.assert_allclose(found.cosines, brute_force(vectors, first, last, k), atol=1e-6)
    rows, places = np.nonzero(found.rows >= 0)
    assert (last[found.rows[rows, places]] < first[rows]).all()
    assert np.array_equal(found.rows >= 0, ~np.isnan(found.cosines))


@settings(max_examples=40, deadline=None)
@given(corpora, st.integers(1, 150), st.integers(0, 2**31))
def test_later_papers_never_change_an_earlier_papers_neighbours(shape, newcomers, seed):
    vectors, first, last = corpus(*shape)
    before = earlier_neighbours(vectors=vectors, first_days=first, last_days=last)
    horizon = int(first.max(initial=0))
    later = horizon + np.random.default_rng(seed).integers(0, 30, newcomers)
    after = earlier_neighbours(
        vectors=np.concatenate((vectors, unit_rows(newcomers, seed=seed))),
        first_days=np.concatenate((first, later)),
        last_days=np.concatenate((last, later)),
    )
    np.testing.assert_array_equal(after.cosines[: len(vectors)], before.cosines)
    np.testing.assert_array_equal(after.rows[: len(vectors)], before.rows)


def test_a_paper_of_the_same_day_does_not_count():
    vectors = unit_rows(3)
    days = np.array([5, 5, 6])
    found = earlier_neighbours(vectors=vectors, first_days=days, last_days=days, k=2)
    assert found.counts.tolist() == [0, 0, 2]


def test_a_date_known_only_to_the_year_counts_as_earlier_from_the_next_year_on():
    vectors = unit_rows(3)
    first, last = np.array([0, 200, 365]), np.array([364, 200, 365])
    found = earlier_neighbours(vectors=vectors, first_days=first, last_days=last, k=2)
    assert found.counts.tolist() == [0, 0, 2]


def test_only_the_rows_asked_for_are_looked_up_in_their_order():
    vectors, first, last = corpus(150, 90, 3, 4)
    wanted = np.array([149, 3, 77, 3])
    whole = earlier_neighbours(vectors=vectors, first_days=first, last_days=last)
    part = earlier_neighbours(vectors=vectors, first_days=first, last_days=last, queries=wanted)
    np.testing.assert_array_equal(part.rows, whole.rows[wanted])
    np.testing.assert_array_equal(part.cosines, whole.cosines[wanted])


@settings(max_examples=30, deadline=None)
@given(st.integers(20, 150), st.integers(1, 20), st.integers(0, 2**31))
def test_an_import_names_every_row_whose_neighbours_it_changes(size, newcomers, seed):
    vectors, first, last = corpus(size + newcomers, 40, 2, seed)
    old = earlier_neighbours(vectors=vectors[:size], first_days=first[:size], last_days=last[:size])
    named = displaced_rows(
        vectors=vectors[:size],
        first_days=first[:size],
        kth_cosines=old.cosines[:, -1],
        new_vectors=vectors[size:],
        new_last_days=last[size:],
    )
    new = earlier_neighbours(vectors=vectors, first_days=first, last_days=last)
    same = [
        np.array_equal(old.cosines[row], new.cosines[row], equal_nan=True) for row in range(size) if row not in named
    ]
    assert all(same)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 600))
def test_percentiles_of_many_equal_the_formula_for_one(seed, size):
    random = np.random.default_rng(seed)
    values = random.integers(0, 20, size) / 10
    values[random.random(size) < 0.1] = np.nan
    categories, years = random.integers(-1, 4, size), random.integers(2000, 2008, size)
    groups = {
        "category": categories,
        "field": np.where(categories < 0, -1, categories // 2),
        "all": np.zeros(size, int),
    }
    together = novelty_percentiles(distances=values, categories=groups["category"], fields=groups["field"], years=years)
    for row in range(size):
        alone, place = None, -1
        if not np.isnan(values[row]):
            sets = [
                values[(codes == codes[row]) & (abs(years - years[row]) <= reach) & ~np.isnan(values)].tolist()
                if codes[row] >= 0
                else []
                for codes, reach in ((groups[group], reach) for group, reach in WIDENING)
            ]
            alone = novelty(values[row], sets)
            place = next((n for n, peers in enumerate(sets) if len(peers) >= SMALLEST_SET), -1)
        assert together.values[row] == pytest.approx(np.nan if alone is None else alone, nan_ok=True)
        assert together.sets[row] == place


def test_a_cell_below_the_smallest_size_says_nothing():
    few = percentiles_in_cells(
        values=np.arange(9.0), categories=np.zeros(9, int), years=np.zeros(9, int), reach=0, smallest=10
    )
    assert np.isnan(few).all()


def test_distance_of_a_paper_is_made_of_its_ten_neighbours():
    vectors, first, last = corpus(120, 60, 0, 9)
    found = earlier_neighbours(vectors=vectors, first_days=first, last_days=last)
    row = int(np.argmax(first))
    assert novelty_distance(found.cosines[row].tolist()) == pytest.approx(1 - found.cosines[row].mean())

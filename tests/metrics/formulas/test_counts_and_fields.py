"""Counts over time, self-citations, percentiles and ties against brute force."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.formulas import FORMULAS, formula_named
from metrics.formulas.collaborators import JointWork, close_collaborators, tie_strength
from metrics.formulas.counts import (
    citations_per_year,
    citations_without_self,
    papers_per_year,
    self_citations,
    shown_citations,
)
from metrics.formulas.fields import citation_percentile, field_weighted_impact
from metrics.formulas.novelty import novelty, novelty_distance
from metrics.formulas.registry import formula

years = st.lists(st.none() | st.integers(1990, 2026), max_size=30)
cells = st.lists(st.none() | st.integers(0, 9), min_size=35, max_size=80)
authors = st.sets(st.integers(1, 6), max_size=4)


@given(years)
def test_yearly_counts_have_no_gap_and_lose_no_paper(published):
    counted = papers_per_year(published)
    have = [year for year in published if year is not None]
    if not have:
        assert counted is None
        return
    assert sum(counted.values()) == len(have)
    assert list(counted) == list(range(min(have), max(have) + 1))
    assert citations_per_year(published) == counted


@given(st.lists(st.tuples(authors, authors), max_size=20))
def test_a_self_citation_shares_an_author(pairs):
    assert self_citations(pairs) == sum(1 for citing, cited in pairs if citing & cited)
    assert citations_without_self(len(pairs), self_citations(pairs)) == sum(
        1 for citing, cited in pairs if not citing & cited
    )


def test_more_self_citations_than_citations_is_an_error():
    with pytest.raises(ValueError, match="3 self-citations among 2"):
        citations_without_self(2, 3)


@given(st.none() | st.integers(0, 99), st.lists(st.none() | st.integers(0, 99), max_size=4))
def test_the_shown_figure_is_the_largest_that_anyone_states(counted, reported):
    have = [figure for figure in [counted, *reported] if figure is not None]
    assert shown_citations(counted, reported) == (max(have) if have else None)


@given(cells)
def test_percentiles_of_a_cell_average_fifty_and_follow_the_figures(cell):
    have = [count for count in cell if count is not None]
    percentiles = [citation_percentile(count, cell) for count in have]
    if len(have) < 50 or sum(have) < len(have):
        assert percentiles == [None] * len(have)
        return
    assert sum(percentiles) / len(have) == pytest.approx(50)
    assert all(0 < percentile < 100 for percentile in percentiles)
    assert sorted(zip(have, percentiles, strict=True)) == sorted(zip(sorted(have), sorted(percentiles), strict=True))


@given(cells)
def test_field_weighted_impact_averages_one_over_its_cell(cell):
    have = [count for count in cell if count is not None]
    impacts = [field_weighted_impact(count, cell) for count in have]
    if len(have) < 50 or sum(have) < len(have):
        assert impacts == [None] * len(have)
        return
    assert sum(impacts) / len(have) == pytest.approx(1)


@given(st.lists(st.floats(-1, 1), max_size=20))
def test_distance_looks_at_the_ten_nearest_only(cosines):
    distance = novelty_distance(cosines)
    assert (distance is None) == (len(cosines) < 10)
    assert distance == novelty_distance([*cosines[:10], *([0.5] * 3 if len(cosines) >= 10 else [])])


@given(st.lists(st.none() | st.floats(0, 2), min_size=40, max_size=70))
def test_novelty_needs_fifty_peers_and_is_a_percentage(cell):
    have = [distance for distance in cell if distance is not None]
    score = novelty(have[0], [cell]) if have else None
    assert (score is None) == (len(have) < 50)
    assert score is None or 0 < score < 100


@given(st.lists(st.integers(2, 40), max_size=30))
def test_tie_strength_is_the_exact_sum_over_small_teams(sizes):
    exact = sum((Fraction(1, size - 1) for size in sizes if size <= 20), Fraction(0))
    assert tie_strength(sizes) == pytest.approx(float(exact))
    assert tie_strength(sizes) == tie_strength(sizes[::-1])


def test_a_joint_work_of_one_author_is_an_error():
    with pytest.raises(ValueError, match="at least two authors"):
        tie_strength([1])


def test_close_collaborators_come_strongest_first_with_their_years():
    ties = close_collaborators(
        {
            7: [JointWork(2025, 2), JointWork(2026, 3), JointWork(2026, 400)],
            3: [JointWork(1990, 2), JointWork(None, 2), JointWork(1994, 2)],
            5: [JointWork(1990, 2), JointWork(2026, 2)],
        },
        2026,
    )
    assert [(tie.author, tie.joint_works, tie.first_year, tie.last_year, tie.strength) for tie in ties] == [
        (3, 3, 1990, 1994, 3.0),
        (7, 2, 2025, 2026, 1.5),
    ]


def test_a_formula_has_an_identifier_with_its_version():
    assert formula_named("h_index").identifier == "h_index@2"
    assert all(entry.page == f"{name}.md" for name, entry in FORMULAS.items())


def test_two_formulas_cannot_share_a_name():
    with pytest.raises(ValueError, match="two formulas are called h_index"):
        formula(version=2, name="h_index")(lambda: None)

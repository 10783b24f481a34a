"""Who is believed, what comes first, and what categories are called."""

from datetime import date

import pytest

from papers.domain import sources
from papers.domain.categories import NAMES, category_name
from papers.domain.ranking import relevance
from papers.domain.sources import LAST, Origin, origin_names, origin_of, origins, register_origins


@pytest.fixture
def only_these(monkeypatch):
    """Two registered sources, and no others."""
    monkeypatch.setattr(sources, "_origins", {})
    register_origins([Origin("register", "The Register", rank=1), Origin("anthology", rank=2)])


def test_a_source_is_known_by_the_name_on_its_records(only_these):
    assert origin_of("register").label == "The Register"
    assert origin_names() == ("anthology", "register")
    assert [one.name for one in origins()] == ["register", "anthology"]


def test_a_source_that_nobody_registered_is_believed_last(only_these):
    stranger = origin_of("somebody's list")
    assert (stranger.rank, stranger.abstract_rank, stranger.key_schemes) == (LAST, LAST, ())
    assert stranger.rank > origin_of("anthology").rank
    assert "somebody's list" not in origin_names(), "asking does not register"


def test_a_source_registered_again_is_replaced(only_these):
    register_origins([Origin("register", "Renamed", rank=7)])
    assert (origin_of("register").label, origin_of("register").rank) == ("Renamed", 7)
    assert len(origins()) == 2


def test_publishers_are_believed_before_whoever_copies_them():
    ranks = {name: origin_of(name).rank for name in ("crossref", "openalex", "bibtex")}
    assert ranks["crossref"] < ranks["openalex"] < ranks["bibtex"]


def test_three_years_of_age_weigh_as_much_as_a_factor_of_e_in_citations():
    new = relevance(citations=0, published=date(2023, 1, 1))
    old = relevance(citations=1, published=date(2021, 1, 1))
    assert old > relevance(citations=0, published=date(2021, 1, 1))
    assert new - relevance(citations=0, published=date(2020, 1, 1)) == pytest.approx(1)
    assert new == pytest.approx(2023 / 3)


def test_unknown_counts_stand_with_the_uncited_and_unknown_dates_with_the_oldest():
    day = date(2020, 6, 1)
    assert relevance(citations=None, published=day) == relevance(citations=0, published=day)
    assert relevance(citations=0, published=None) == relevance(citations=0, published=date(1900, 1, 1))
    assert relevance(citations=50, published=None) > relevance(citations=5, published=None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((None, date(2024, 5, 2)), (None, date(2024, 5, 1))),
        ((8, date(2024, 5, 1)), (7, date(2024, 5, 1))),
        ((0, date(2024, 12, 31)), (0, date(2024, 1, 1))),
        ((0, date(2025, 1, 1)), (0, date(2024, 12, 31))),
    ],
)
def test_the_newer_and_the_more_cited_of_two_comes_first(one, other):
    assert relevance(citations=one[0], published=one[1]) > relevance(citations=other[0], published=other[1])


@pytest.mark.parametrize(
    ("scheme", "code", "expected"),
    [
        ("arxiv", "cs.LG", ("Machine Learning", "Computer Science")),
        ("arxiv", "stat.ML", ("Machine Learning", "Statistics")),
        ("arxiv", "hep-th", ("High Energy Physics - Theory", "Physics")),
        ("arxiv", "alg-geom", ("Algebraic Geometry", "Mathematics")),
        ("arxiv", "cs.XX", ("", "")),
        ("arxiv", "CS.LG", ("", "")),
        ("msc", "cs.LG", ("", "")),
        ("arxiv", "", ("", "")),
    ],
)
def test_a_category_is_named_as_its_own_list_names_it(scheme, code, expected):
    assert category_name(scheme, code) == expected


def test_every_category_has_a_name_and_every_archive_one_group():
    assert all(name for name, _group in NAMES.values())
    groups: dict[str, set[str]] = {}
    for code, (_name, group) in NAMES.items():
        groups.setdefault(code.partition(".")[0], set()).add(group)
    assert {archive: found for archive, found in groups.items() if len(found) > 1} == {}

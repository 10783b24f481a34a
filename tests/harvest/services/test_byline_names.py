"""Names on bylines as imports store them: parts, groups, editors, and identifiers under foreign names."""

from datetime import UTC, datetime

import pytest

from papers.models import Author, AuthorIdentifier, Authorship, DoubtfulIdentifier, Paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def work(number: int, **more: object) -> dict[str, object]:
    return {
        "ids": {"local": f"work-{number}"},
        "title": f"On the names of {number} pendulums",
        "published": "2020",
        **more,
    }


def test_an_id_under_a_name_that_shares_no_part_waits_for_a_curator(load):
    load(work(1, authors=[{"name": "Carla Rightful", "ids": {"orcid": "0000-0002-1825-0097"}}]))
    load(work(2, authors=[{"name": "Dimitri Wrongly", "ids": {"orcid": "0000-0002-1825-0097"}}]))
    doubt = DoubtfulIdentifier.objects.get()
    assert (doubt.author.name, doubt.holder.name, doubt.settled_at) == (
        "Dimitri Wrongly",
        "Carla Rightful",
        None,
    )
    assert AuthorIdentifier.objects.get().author.name == "Carla Rightful"


def test_a_group_keeps_its_place_on_the_byline_and_is_no_listed_author(load):
    load(work(1, authors=[{"given": "Ann", "family": "de la Probe"}, {"name": "the HPAQ Consortium"}, "9 pages"]))
    rows = Authorship.objects.order_by("position").values_list(
        "printed_name", "given", "family", "is_group", "author__kind", "author__is_listed"
    )
    assert list(rows) == [
        ("Ann de la Probe", "Ann", "de la Probe", False, "person", True),
        ("the HPAQ Consortium", "", "", True, "group", False),
        ("9 pages", "", "", False, "other", False),
    ]


def test_editors_stand_beside_authors_and_a_cut_byline_says_so(load):
    load(
        work(
            1,
            authors=["Ann Probe", {"name": "Ed Itor", "role": "editor"}],
            authors_truncated=True,
            authors_total=377,
        )
    )
    paper = Paper.objects.get()
    assert paper.contributors == [{"name": "Ed Itor", "role": "editor"}]
    assert (paper.author_count, paper.is_authors_truncated, paper.authors_total) == (1, True, 377)


def test_a_page_that_older_rules_gave_to_a_group_is_taken_back_when_its_work_is_read_again(load):
    load(work(1, authors=[{"name": "the HPAQ Consortium"}]))
    Author.objects.update(kind="person", is_listed=True)
    load(work(1, authors=[{"name": "the HPAQ Consortium"}], comment="revised"))
    group = Author.objects.get()
    assert (group.kind, group.is_listed) == ("group", False)


def test_a_page_of_several_names_read_as_one_goes_when_they_are_read_as_several(load):
    printed = "Ada Byron, Ben Babbage and Cleo Somerville"
    load(work(1, authors=["Ada Byron"]))
    misread = Author.objects.create(name=printed, key="misread", family_key="somerville", search_text="ada")
    Authorship.objects.update(printed_name=printed, author=misread)
    load(work(1, authors=[printed]))
    misread.refresh_from_db()
    assert (misread.kind, misread.is_listed) == ("other", False)
    assert sorted(Authorship.objects.values_list("author__name", flat=True)) == [
        "Ada Byron",
        "Ben Babbage",
        "Cleo Somerville",
    ]

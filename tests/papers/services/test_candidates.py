"""Who gets a byline that is not the author's to whom it was given."""

import pytest

from papers.models import Author
from papers.services.candidates import author_for, free_slot, make_author
from tests.factories.record import make_author as record
from tests.factories.record import make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def wei():
    return record("Wei Zhang", name_slot="wei zhang")


@pytest.fixture
def ben():
    return record("Ben Babbage", name_slot="ben babbage")


def candidate(paper, *barred, printed="Wei Zhang") -> Author:
    return Author.objects.get(pk=author_for(printed=printed, paper_id=paper.pk, barred=[one.pk for one in barred]))


def test_a_namesake_who_wrote_most_with_the_others_comes_before_one_who_wrote_little(wei, ben):
    cleo = record("Cleo Somerville")
    once, twice = record("Wei Zhang"), record("Wei Zhang")
    make_paper("One", authors=[once, ben])
    make_paper("Two", authors=[twice, ben, cleo])
    paper = make_paper("Lattices", authors=[wei, ben, cleo])
    assert candidate(paper, wei) == twice
    assert candidate(paper, wei, twice) == once


def test_initials_do_not_make_a_namesake(wei, ben):
    other = record("Wen Zhang")
    make_paper("Before", authors=[other, ben])
    paper = make_paper("Lattices", authors=[wei, ben])
    assert candidate(paper, wei) not in {wei, other}


def test_nobody_stands_twice_on_a_byline(wei, ben):
    second = record("Wei Zhang", name_slot="wei zhang #2")
    paper = make_paper("Lattices", authors=[wei, second, ben])
    made = candidate(paper, wei)
    assert made not in {wei, second}
    assert (made.name, made.name_slot, made.key) == ("Wei Zhang", "wei zhang #3", "wei zhang")


def test_the_holder_of_the_name_takes_it_where_nothing_says_more(wei, ben):
    other = record("Wei Zhang")
    paper = make_paper("Lattices", authors=[other, ben])
    assert candidate(paper, other) == wei


def test_a_namesake_that_was_merged_stands_for_whom_it_became(wei, ben):
    kept = record("Wei Zhang")
    Author.objects.filter(pk=wei.pk).update(merged_into=kept)
    paper = make_paper("Lattices", authors=[ben])
    assert candidate(paper) == kept
    assert candidate(paper, kept).name_slot == "wei zhang #2", "who is barred is not brought back by a redirect"


@pytest.mark.parametrize("printed", ["Wei Zhang", "ZHANG, Wei", "王小明", "?", "x" * 400])
def test_a_name_that_nobody_has_becomes_a_record_that_is_found_again(printed, ben):
    paper = make_paper("Lattices", authors=[ben])
    made = candidate(paper, printed=printed)
    assert made.name == printed[:300]
    assert made.search_text or printed == "?"
    assert candidate(paper, printed=printed) == made


def test_a_name_is_free_until_a_record_holds_it():
    assert free_slot("Zhang, Wei") == "wei zhang"
    make_author(printed="Wei Zhang", name_slot="wei zhang")
    assert free_slot("Zhang, Wei") is None
    assert free_slot("W. Zhang") == "w zhang"
    unslotted = Author.objects.get(pk=make_author(printed="Wei Zhang", name_slot=None))
    assert (unslotted.family_key, unslotted.initials, unslotted.is_initials) == ("zhang", "w", False)

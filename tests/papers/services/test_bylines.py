"""A person's word on a byline: given, replaced, taken back."""

from datetime import UTC, datetime, timedelta

import pytest

from papers.models import Author, Authorship, BylineDecision, Change
from papers.services.bylines import BylineRefused, attribute_byline, disown_byline, withdraw_decision
from tests.factories.record import make_author, make_paper
from tests.papers.services.record_dump import record_dump

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def wei():
    return make_author("Wei Zhang", name_slot="wei zhang")


@pytest.fixture
def ben_record():
    return make_author("Ben Babbage", name_slot="ben babbage")


def author_at(paper, position=1) -> Author:
    return Authorship.objects.get(paper=paper, position=position).author


def test_a_disowned_byline_goes_to_a_new_record_of_the_printed_name(wei, ben_record, ada):
    paper = make_paper("Lattices", authors=[wei, ben_record])
    decision = disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="a namesake", now=NOW)
    other = author_at(paper)
    assert (other.name, other.name_slot) == ("Wei Zhang", "wei zhang #2")
    assert (decision.from_author, decision.to_author, decision.by) == (wei, other, ada)
    assert {("author", wei.pk), ("author", other.pk), ("paper", paper.pk)} <= set(
        Change.objects.values_list("kind", "object_id")
    )


def test_a_second_disowned_byline_joins_the_first(wei, ada):
    papers = [make_paper(title, authors=[wei]) for title in ("Lattices", "More lattices")]
    for paper in papers:
        disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    assert author_at(papers[0]) == author_at(papers[1]) != wei


def test_a_disowned_byline_goes_to_the_namesake_who_wrote_with_the_others(wei, ben_record, ada):
    friend, stranger = make_author("Wei Zhang"), make_author("Wei Zhang", name_slot="wei zhang #2")
    make_paper("Before", authors=[friend, ben_record])
    make_paper("Elsewhere", authors=[stranger])
    paper = make_paper("Lattices", authors=[wei, ben_record])
    disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    assert author_at(paper) == friend


def test_a_withdrawn_word_brings_the_byline_back(wei, ben_record, ada):
    paper = make_paper("Lattices", authors=[wei, ben_record])
    decision = disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    withdraw_decision(decision_id=decision.pk, by=ada, now=LATER)
    assert author_at(paper) == wei
    decision.refresh_from_db()
    assert (decision.withdrawn_at, decision.withdrawn_by) == (LATER, ada)
    with pytest.raises(BylineRefused, match="withdrawn already"):
        withdraw_decision(decision_id=decision.pk, by=ada, now=LATER)


def test_a_byline_of_a_like_name_is_found_and_taken(wei, ben_record, ada):
    initials = make_author("W. Zhang", name_slot="w zhang")
    paper = make_paper("Lattices", authors=[ben_record, initials])
    decision = attribute_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="me", now=NOW)
    assert author_at(paper, 2) == wei
    assert (decision.position, decision.printed_name, decision.from_author) == (2, "W. Zhang", initials)
    withdraw_decision(decision_id=decision.pk, by=ada, now=LATER)
    assert author_at(paper, 2) == initials


@pytest.mark.parametrize(
    ("names", "position", "words"),
    [
        (["Cleo Somerville"], None, "No name"),
        (["W. Zhang", "Wei Zhang"], None, "Several names"),
        (["W. Zhang"], 7, "no such name"),
    ],
)
def test_a_byline_that_cannot_be_told_is_refused_and_nothing_changes(wei, ada, names, position, words):
    paper = make_paper("Lattices", authors=[make_author(name) for name in names])
    before = record_dump()
    with pytest.raises(BylineRefused, match=words):
        attribute_byline(author_id=wei.pk, paper_id=paper.pk, position=position, by=ada, reason="", now=NOW)
    assert record_dump() == before


def test_nobody_takes_a_name_that_another_said_is_theirs(wei, ada, cleo):
    rival = make_author("Wei Zhang")
    paper = make_paper("Lattices", authors=[wei])
    attribute_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    before = record_dump()
    with pytest.raises(BylineRefused, match="Somebody else"):
        attribute_byline(author_id=rival.pk, paper_id=paper.pk, position=1, by=cleo, reason="", now=LATER)
    assert record_dump() == before


def test_an_author_is_not_put_on_a_byline_twice(wei, ben_record, ada):
    paper = make_paper("Lattices", authors=[wei, ben_record])
    with pytest.raises(BylineRefused, match="on that byline already, as Wei Zhang"):
        attribute_byline(author_id=wei.pk, paper_id=paper.pk, position=2, by=ada, reason="", now=NOW)


def test_the_last_word_of_one_person_on_one_paper_stands_alone(wei, ada):
    paper = make_paper("Lattices", authors=[wei])
    attribute_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)
    disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=LATER)
    standing = BylineDecision.objects.get(withdrawn_at=None)
    assert standing.is_theirs is False
    assert author_at(paper) != wei


def test_a_work_that_is_not_of_the_record_cannot_be_disowned(wei, ben_record, ada):
    paper = make_paper("Engines", authors=[ben_record])
    with pytest.raises(BylineRefused, match="not on the byline"):
        disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="", now=NOW)

"""Curators' worklists, and answers that are kept for ever."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from identity.models import IdentityConstraint, IdentityLink
from identity.selectors.worklists import may_be_one, may_be_several
from identity.services.answers import are_two, is_not_theirs, is_one_person, withdraw_outdated_answers
from identity.services.constraints import broken_constraints
from identity.services.disambiguation import settle
from papers.models import Authorship
from papers.services.author_revisions import merge_authors, split_author
from papers.services.bylines import attribute_byline
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def pair():
    """Two records, one work of the second being possibly the first's; six of the first are not sure."""
    one, other = make_author("Wei Wangson", name_slot="wei wangson"), make_author("W. Wangson", name_slot="w wangson")
    for n in range(6):
        paper = make_paper(f"Lattices {n}", authors=[one])
        row = Authorship.objects.get(paper=paper)
        IdentityLink.objects.create(
            authorship=row, author=one, zone="link", rule="common name", probability=0.6, at=NOW
        )
    row = Authorship.objects.get(paper=make_paper("Rings", authors=[other]))
    IdentityLink.objects.create(
        authorship=row,
        author=one,
        zone="ask",
        rule="initials",
        probability=0.5,
        at=NOW,
        evidence=[["no common co-author", 0]],
    )
    return one, other


def test_a_pair_is_asked_about_until_somebody_says_that_they_are_two(pair, dana):
    one, other = pair
    (found,) = may_be_one()
    assert {found.one.author, found.other.author} == {one, other}
    assert (found.works, found.chance, found.facts) == (1, 0.5, (("no common co-author", False, ()),))
    assert sorted(side.works for side in (found.one, found.other)) == [1, 6]
    are_two(one_id=other.pk, other_id=one.pk, by=dana, now=NOW)
    are_two(one_id=one.pk, other_id=other.pk, by=dana, now=NOW)
    assert may_be_one() == []
    assert IdentityConstraint.objects.count() == 1


def test_a_record_is_asked_about_until_somebody_says_that_it_is_one_person(pair, dana):
    one, _ = pair
    (found,) = may_be_several()
    assert (found.side.author, found.unsure) == (one, 6)
    assert is_one_person(author_id=one.pk, by=dana, now=NOW) == 6
    assert may_be_several() == []
    settle(clock=lambda: LATER)
    assert set(Authorship.objects.filter(printed_name="Wei Wangson").values_list("author", flat=True)) == {one.pk}
    assert broken_constraints() == []


def test_a_later_word_withdraws_an_answer(pair, dana):
    one, other = pair
    work = Authorship.objects.get(author=other).paper_id
    is_not_theirs(author_id=one.pk, paper_id=work, by=dana, now=NOW)
    attribute_byline(author_id=one.pk, paper_id=work, position=1, by=dana, reason="it is", now=LATER)
    withdraw_outdated_answers()
    assert IdentityConstraint.objects.get(kind="is_not").withdrawn_at == LATER
    assert broken_constraints() == []


def test_a_split_and_a_merge_withdraw_what_they_contradict(pair, dana):
    one, other = pair
    is_one_person(author_id=one.pk, by=dana, now=NOW)
    paper = Authorship.objects.filter(author=one).first().paper_id
    split_author(author_id=one.pk, paper_ids=[paper], name="Wei Wangson", by=dana, reason="two", now=LATER)
    are_two(one_id=one.pk, other_id=other.pk, by=dana, now=NOW)
    merge_authors(merge_target_id=one.pk, merged_ids=[other.pk], by=dana, reason="one after all", now=LATER)
    settle(clock=lambda: LATER)
    assert IdentityConstraint.objects.filter(source="answer", withdrawn_at=None).count() == 5
    assert broken_constraints() == []


def test_curators_answer_on_the_pages(pair, client, dana):
    one, other = pair
    dana.is_staff = dana.is_superuser = True
    dana.save()
    client.force_login(dana)
    page = client.get(reverse("admin:papers_recordrevision_one"))
    assert "no common co-author" in page.content.decode()
    client.post(reverse("admin:papers_recordrevision_one"), {"record": [one.public_id, other.public_id]})
    assert client.get(reverse("admin:papers_recordrevision_one")).context["pairs"] == []
    assert [s.side.author for s in client.get(reverse("admin:papers_recordrevision_several")).context["found"]] == [one]
    client.post(reverse("admin:papers_recordrevision_several"), {"record": one.public_id})
    assert client.get(reverse("admin:papers_recordrevision_several")).context["found"] == []
    for record in ("", "nonsense", "A" * 500):
        assert client.post(reverse("admin:papers_recordrevision_several"), {"record": record}).status_code == 404
        assert (
            client.post(reverse("admin:papers_recordrevision_one"), {"record": [record, one.public_id]}).status_code
            == 404
        )

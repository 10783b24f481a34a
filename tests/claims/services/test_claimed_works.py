"""A claim on some works of a record: a record of their own for them, and the rest stays whose it was."""

import pytest

from claims.domain.refusals import ClaimRefused
from claims.evidence.orcid_on_record import add_orcid
from claims.models import Claim
from claims.selectors.ownership import owner_of
from claims.selectors.record import affiliations_of
from claims.selectors.review import possible_actions, review_of
from claims.services.approve import approve_claim
from claims.services.open_claim import open_claim
from claims.services.submit import submit_claim
from identity.services.constraints import broken_constraints
from identity.services.disambiguation import settle
from papers.models import Author, AuthorIdentifier, Authorship
from tests.claims.conftest import NOW, ORCID, WORDS, connect, make_works
from tests.factories.record import make_author, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(oxford):
    """A record of two people of one name: two works at Oxford, three elsewhere."""
    author = make_author("Ada Byron", ids={"orcid": ORCID})
    theirs = make_works([author], 2, at=oxford)
    others = make_works([author], 3, at=make_institution("Cambridge", domains=["cam.ac.uk"]))
    return author, theirs, others


@pytest.fixture
def part(shared, proved_ada):
    author, theirs, _ = shared
    claim = open_claim(user=proved_ada, author_id=author.pk, paper_ids=[p.pk for p in theirs], now=NOW)
    submit_claim(claim_id=claim.pk, by=proved_ada, explanation=WORDS, now=NOW)
    claim.refresh_from_db()
    return claim


def works_on(author):
    return set(Authorship.objects.filter(author=author).values_list("paper_id", flat=True))


def test_an_approved_claim_on_some_works_makes_them_a_record_of_their_own(shared, part, proved_ada, dana):
    author, theirs, others = shared
    review = review_of(part)
    assert (review.works_count, review.record_count) == (2, 5)
    approve_claim(claim_id=part.pk, by=dana, now=NOW)
    part.refresh_from_db()
    own = part.author
    assert own.pk != author.pk
    assert (works_on(own), works_on(author)) == ({p.pk for p in theirs}, {p.pk for p in others})
    assert (owner_of(own.pk), owner_of(author.pk)) == (proved_ada, None)
    assert part.works == []


def test_what_was_claimed_outlives_a_settling(shared, part, dana):
    author, theirs, others = shared
    approve_claim(claim_id=part.pk, by=dana, now=NOW)
    settle(clock=lambda: NOW)
    part.refresh_from_db()
    assert (works_on(part.author), works_on(author)) == ({p.pk for p in theirs}, {p.pk for p in others})
    assert broken_constraints() == []


def test_the_owner_of_the_record_keeps_it_and_is_in_no_dispute(shared, proved_cleo, part, proved_ada, dana):
    author, theirs, others = shared
    whole = open_claim(user=proved_cleo, author_id=author.pk, explanation=WORDS, now=NOW)
    submit_claim(claim_id=whole.pk, by=proved_cleo, explanation=WORDS, now=NOW)
    approve_claim(claim_id=whole.pk, by=dana, now=NOW)
    part.refresh_from_db()
    assert part.state == "pending"
    assert "approve" in possible_actions(part, dana)
    approve_claim(claim_id=part.pk, by=dana, now=NOW)
    whole.refresh_from_db()
    part.refresh_from_db()
    assert (whole.state, part.state) == ("approved", "approved")
    assert (works_on(author), works_on(part.author)) == ({p.pk for p in others}, {p.pk for p in theirs})


def test_an_id_on_the_record_decides_nothing_of_a_part_and_goes_along_with_it(shared, proved_ada, dana):
    author, theirs, _ = shared
    claim = open_claim(user=proved_ada, author_id=author.pk, paper_ids=[p.pk for p in theirs], now=NOW)
    connect(proved_ada)
    assert add_orcid(claim_id=claim.pk, now=NOW).found["stands_against"] == ["part"]
    submit_claim(claim_id=claim.pk, by=proved_ada, now=NOW)
    approve_claim(claim_id=claim.pk, by=dana, now=NOW)
    claim.refresh_from_db()
    assert AuthorIdentifier.objects.get(value=ORCID).author == claim.author != author


def test_evidence_is_held_against_the_claimed_works_alone(shared):
    author, theirs, _ = shared
    assert [a.name for a in affiliations_of(author.pk, [theirs[0].pk])] == ["University of Oxford"]
    assert len(affiliations_of(author.pk)) == 2


def test_all_works_are_the_whole_record_and_none_of_it_are_refused(shared, proved_ada):
    author, theirs, others = shared
    with pytest.raises(ClaimRefused, match="works"):
        open_claim(user=proved_ada, author_id=author.pk, paper_ids=[1], now=NOW)
    every = [p.pk for p in (*theirs, *others)]
    claim = open_claim(user=proved_ada, author_id=author.pk, paper_ids=every, now=NOW)
    assert claim.works == []
    again = open_claim(user=proved_ada, author_id=author.pk, paper_ids=every[:1], now=NOW)
    assert (again.pk, again.works) == (claim.pk, every[:1])


def test_works_that_went_elsewhere_cannot_be_given(shared, part, dana):
    _, theirs, _ = shared
    Authorship.objects.filter(paper__in=theirs).update(author=make_author("Somebody Else"))
    with pytest.raises(ClaimRefused, match="works"):
        approve_claim(claim_id=part.pk, by=dana, now=NOW)
    assert Claim.objects.get(pk=part.pk).state == "pending"
    assert Author.objects.filter(name="Ada Byron").count() == 1

"""Who may vouch, how often, and never for each other."""

from datetime import timedelta

import pytest

from claims.domain.refusals import ClaimMoved, ClaimRefused
from claims.evidence.vouch import answer_vouch, ask_voucher
from claims.models import Claim, Evidence, VouchRequest
from claims.selectors.vouchers import eligible_vouchers
from claims.services.approve import approve_claim
from claims.services.open_claim import open_claim
from claims.services.user_data import erase_user_data
from common.hooks import UserErased
from papers.models import Paper
from tests.claims.conftest import NOW, make_works, prove
from tests.conftest import person
from tests.factories.record import make_author

pytestmark = pytest.mark.django_db


def owner(author, name: str, strong=("orcid",)):
    """Somebody who owns a record, by strong evidence unless said otherwise."""
    user = prove(person(f"{name.split()[0].lower()}-{author.pk}@example.org", name))
    Claim.objects.create(
        user=user,
        author=author,
        state="approved",
        claimed_name=name,
        name_verdict="same",
        opened_at=NOW,
        submitted_at=NOW,
        approved_at=NOW,
        strong_kinds=list(strong),
    )
    return user


@pytest.fixture
def friend(author):
    record = make_author("Ben Babbage")
    make_works([author, record], 2)
    return record, owner(record, "Ben Babbage")


def vouch(draft, record, user, ada, now=NOW):
    request = ask_voucher(claim_id=draft.pk, by=ada, author_id=record.pk, now=now)
    return answer_vouch(request_id=request.pk, by=user, vouches=True, now=now)


def test_a_verified_co_author_of_two_works_vouches_once(draft, friend, proved_ada):
    record, ben = friend
    request = vouch(draft, record, ben, proved_ada)
    assert Evidence.objects.get().found == {"joint_works": 2}
    with pytest.raises(ClaimMoved):
        answer_vouch(request_id=request.pk, by=ben, vouches=False, now=NOW)
    assert VouchRequest.objects.get().state == "given"


@pytest.mark.parametrize("why", ["one joint work", "no strong evidence", "nobody's record", "a crowd", "themselves"])
def test_others_cannot_vouch(author, draft, proved_ada, why):
    record = make_author("Ben Babbage")
    make_works([author, record], 1 if why == "one joint work" else 2)
    if why == "a crowd":
        Paper.objects.update(author_count=3000)
    if why == "themselves":
        Claim.objects.create(
            user=proved_ada,
            author=record,
            state="approved",
            claimed_name="Ada",
            name_verdict="same",
            opened_at=NOW,
            submitted_at=NOW,
            approved_at=NOW,
            strong_kinds=["orcid"],
        )
    elif why != "nobody's record":
        owner(record, "Ben Babbage", strong=() if why == "no strong evidence" else ("orcid",))
    with pytest.raises(ClaimRefused, match="not_eligible"):
        ask_voucher(claim_id=draft.pk, by=proved_ada, author_id=record.pk, now=NOW)
    assert not VouchRequest.objects.exists()


def test_those_whom_the_claimant_vouched_for_do_not_vouch_back(draft, friend, proved_ada):
    record, ben = friend
    their_claim = Claim.objects.get(user=ben)
    Evidence.objects.create(
        claim=their_claim,
        kind="vouch",
        subject="Ada",
        is_passed=True,
        weight=20,
        voucher=proved_ada,
        checked_at=NOW,
    )
    assert eligible_vouchers(draft) == []
    with pytest.raises(ClaimRefused, match="not_eligible"):
        vouch(draft, record, ben, proved_ada)


def test_nobody_answers_for_another_and_what_changed_since_counts(draft, friend, proved_ada, proved_cleo):
    record, ben = friend
    request = ask_voucher(claim_id=draft.pk, by=proved_ada, author_id=record.pk, now=NOW)
    with pytest.raises(ClaimRefused, match="not_yours"):
        answer_vouch(request_id=request.pk, by=proved_cleo, vouches=True, now=NOW)
    Claim.objects.filter(user=ben).update(strong_kinds=[])
    with pytest.raises(ClaimRefused, match="not_eligible"):
        answer_vouch(request_id=request.pk, by=ben, vouches=True, now=NOW)
    assert not Evidence.objects.exists()


def test_five_times_a_month_and_no_more(friend, author):
    record, ben = friend
    people = [prove(person(f"ada{n}@example.org", "Ada Byron")) for n in range(6)]
    for n, user in enumerate(people):
        claim = open_claim(user=user, author_id=author.pk, now=NOW)
        if n < 5:
            vouch(claim, record, ben, user)
        else:
            with pytest.raises(ClaimRefused, match="month_is_full"):
                vouch(claim, record, ben, user)
            request = VouchRequest.objects.get(claim=claim)
            later = NOW + timedelta(days=31)
            assert answer_vouch(request_id=request.pk, by=ben, vouches=True, now=later).state == "given"


def test_two_vouchers_and_a_curator_make_strong_evidence(pending, author, friend, proved_ada, dana):
    record, ben = friend
    second = make_author("Carl Gauss")
    make_works([author, second], 2)
    carl = owner(second, "Carl Gauss")
    vouch(pending, record, ben, proved_ada)
    vouch(pending, second, carl, proved_ada)
    approve_claim(claim_id=pending.pk, by=dana, now=NOW)
    pending.refresh_from_db()
    assert pending.strong_kinds == ["vouching"]
    erase_user_data(UserErased(ben.pk, NOW))
    assert sorted(Evidence.objects.values_list("voucher", flat=True), key=str) == [carl.pk, None]
    ben.delete()

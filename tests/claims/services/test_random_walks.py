"""Random walks of several people's claims on one record through the real services and the real database."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.domain.refusals import ClaimRefused
from claims.domain.states import CLOSED, State
from claims.models import Claim, ClaimEvent
from claims.selectors.ownership import is_disputed, owner_of
from claims.services.approve import approve_claim
from claims.services.decisions import reject_claim, revoke_claim
from claims.services.disputes import decide_dispute
from claims.services.open_claim import open_claim
from claims.services.submit import submit_claim
from claims.services.withdraw import release_record, withdraw_claim
from common.db.state_table import IllegalTransition
from tests.claims.conftest import NOW, WORDS, prove
from tests.conftest import person

pytestmark = pytest.mark.django_db

STEPS = 12
ACTS = ("open", "submit", "withdraw", "release", "approve", "reject", "revoke", "keep", "give")


@pytest.fixture
def people(db):
    return [prove(person(f"ada{n}@example.org", "Ada Byron")) for n in range(3)]


def take(act: str, user, author, dana, senior) -> None:
    claim = Claim.objects.filter(user=user, author=author).order_by("-pk").first()
    owner = Claim.objects.owning().filter(author=author).first()
    if act == "open":
        open_claim(user=user, author_id=author.pk, now=NOW)
    elif claim is None:
        return
    elif act == "submit":
        submit_claim(claim_id=claim.pk, by=user, explanation=WORDS, now=NOW)
    elif act == "withdraw":
        withdraw_claim(claim_id=claim.pk, by=user, now=NOW)
    elif act == "release":
        release_record(claim_id=claim.pk, by=user, now=NOW)
    elif act == "approve":
        approve_claim(claim_id=claim.pk, by=dana, now=NOW)
    elif act == "reject":
        reject_claim(claim_id=claim.pk, by=dana, reason="no", now=NOW)
    elif act == "revoke":
        revoke_claim(claim_id=claim.pk, by=senior, reason="no", now=NOW)
    elif owner is not None:
        winner = owner if act == "keep" else claim
        decide_dispute(owner_claim_id=owner.pk, winner_claim_id=winner.pk, by=senior, reason="so", now=NOW)


def check(author) -> None:
    rows = list(Claim.objects.filter(author=author).order_by("pk"))
    owning = [row for row in rows if row.is_owning]
    assert len(owning) <= 1
    assert (owner_of(author.pk) is not None) is bool(owning)
    waiting = [row for row in rows if row.at is State.PENDING]
    if owning:
        rivals = [row for row in waiting if row.user_id != owning[0].user_id]
        assert is_disputed(author.pk) is bool(rivals)
    for row in rows:
        last = ClaimEvent.objects.filter(claim=row).order_by("-pk").first()
        assert last.to_state == row.state
        assert (row.closed_at is not None) is (row.at in CLOSED)
        assert row.is_owning or row.strong_kinds == []


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), min_size=STEPS, max_size=STEPS))
def test_walks_of_three_people_keep_one_owner_and_a_true_history(author, people, dana, senior, walk):
    from django.db import transaction

    with transaction.atomic():
        for act, who in walk:
            try:
                with transaction.atomic():
                    take(act, people[who], author, dana, senior)
            except (ClaimRefused, IllegalTransition, PermissionDenied):
                pass
            check(author)
        transaction.set_rollback(True)

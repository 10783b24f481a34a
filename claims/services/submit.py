"""Sending a claim to the curators; on a record that somebody owns, that opens a dispute."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimMoved, ClaimRefused
from claims.domain.states import Action, State
from claims.models import Claim
from claims.policy import ANSWER_WITHIN, LEAST_EXPLANATION
from claims.selectors.ownership import owning_claims
from claims.services.notifications import notify_claimant
from claims.services.transitions import (
    canonical_id,
    locked_claim,
    passed_evidence,
    take_step,
    weigh,
    write_event,
)
from common.richtext.user_text import clean_typed


@transaction.atomic
def submit_claim(*, claim_id: int, by: User, now: datetime, explanation: str = "") -> Claim:
    """Raises ClaimRefused ("evidence") when there is neither evidence nor an explanation, ClaimMoved or
    IllegalTransition, and ClaimRefused ("not_yours") for another's claim."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    words = (clean_typed(explanation) or claim.explanation)[:2000]
    if not passed_evidence(claim) and len(words) < LEAST_EXPLANATION:
        raise ClaimRefused("evidence")
    weigh(claim)
    take_step(claim, Action.SUBMIT, by=by, now=now, explanation=words)
    notify_claimant(claim, "submitted", now=now)
    open_dispute(claim, now=now)
    return claim


@transaction.atomic
def answer_question(*, claim_id: int, by: User, answer: str, now: datetime) -> Claim:
    """The claimant's answer to what a curator asked. Raises ClaimMoved, ClaimRefused ("empty", "not_yours")."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    said = clean_typed(answer)[:2000]
    if not said:
        raise ClaimRefused("empty")
    asked = Claim.objects.filter(pk=claim.pk, state=State.PENDING.value).exclude(question="")
    if not asked.update(question="", due_at=now + ANSWER_WITHIN, reminded_at=None):
        raise ClaimMoved
    write_event(claim, "answer", by=by, now=now, reason=said, details={"question": claim.question})
    claim.refresh_from_db()
    return claim


def check_claimant(claim: Claim, by: User) -> None:
    if claim.user_id != by.pk:
        raise ClaimRefused("not_yours")


def open_dispute(claim: Claim, *, now: datetime) -> None:
    """Somebody else owns the record: they keep it, and are told, until a curator decides."""
    if claim.works:  # some works go to a record of their own: the page stays with its owner
        return
    owner = owning_claims([canonical_id(claim)]).exclude(user_id=claim.user_id).select_related("author", "user").first()
    if owner is not None and owner.at is State.APPROVED:
        take_step(owner, Action.DISPUTE, by=claim.user, now=now, details={"by_claim": claim.pk}, due_at=claim.due_at)
        notify_claimant(owner, "disputed", now=now)

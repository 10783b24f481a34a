"""What a curator does short of a decision: ask the claimant, or accept evidence that came after the approval."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimMoved, ClaimRefused
from claims.domain.states import OWNING, State
from claims.models import Claim
from claims.services.curators import check_curator
from claims.services.evidence import settle_strength
from claims.services.notifications import notify_claimant
from claims.services.transitions import locked_claim, write_event
from common.typed import clean_typed


@transaction.atomic
def ask_for_more(*, claim_id: int, by: User, question: str, now: datetime) -> Claim:
    """Ask the claimant; the claim leaves the queue until they answer. Raises ClaimRefused ("reason", "own_claim")
    or ClaimMoved."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.decide_claim")
    words = clean_typed(question)[:2000]
    if not words:
        raise ClaimRefused("reason")
    if not Claim.objects.filter(pk=claim.pk, state=State.PENDING.value).update(question=words, due_at=None):
        raise ClaimMoved
    write_event(claim, "ask", by=by, now=now, reason=words)
    claim.refresh_from_db()
    notify_claimant(claim, "question", now=now, reason=words)
    return claim


@transaction.atomic
def accept_evidence(*, claim_id: int, by: User, accepts: bool, now: datetime, note: str = "") -> Claim:
    """Let evidence that an owner added count, or lay it aside. Raises ClaimRefused ("own_claim") or ClaimMoved."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.decide_claim")
    waiting = Claim.objects.filter(pk=claim.pk, state__in=[s.value for s in OWNING], due_at__isnull=False)
    if claim.at is not State.APPROVED or not waiting.update(due_at=None, reminded_at=None):
        raise ClaimMoved
    if accepts and settle_strength(claim, by_curator=True, now=now):
        notify_claimant(claim, "accepted", now=now)
    write_event(claim, "accept_evidence" if accepts else "set_evidence_aside", by=by, now=now, note=note)
    claim.refresh_from_db()
    return claim

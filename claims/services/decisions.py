"""Decisions of curators on claims: rejecting, revoking, asking for more, accepting evidence that came later."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimMoved, ClaimRefused, RecordIsOwned
from claims.domain.states import OWNING, Action, State
from claims.models import Claim
from claims.selectors.ownership import owning_claims
from claims.services.evidence import settle_strength
from claims.services.notifications import notify_claimant
from claims.services.recompute_trust import recompute_trust
from claims.services.transitions import canonical_id, locked_claim, take_step, write_event
from common.richtext.user_text import clean_typed


def check_curator(claim: Claim, by: User, right: str) -> None:
    """Raises PermissionDenied without the right, and ClaimRefused ("own_claim") for one's own claim."""
    if not by.is_active or not by.has_perm(right):
        raise PermissionDenied(right)
    if by.pk == claim.user_id:
        raise ClaimRefused("own_claim")


@transaction.atomic
def reject_claim(*, claim_id: int, by: User, reason: str, now: datetime, note: str = "") -> Claim:
    """Raises ClaimRefused ("reason", "own_claim"), ClaimMoved, IllegalTransition, and RecordIsOwned where the claim
    disputes an owned record, which is decided as a dispute."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.decide_claim")
    if not reason.strip():
        raise ClaimRefused("reason")
    if owning_claims([canonical_id(claim)]).exclude(pk=claim.pk).exists():
        raise RecordIsOwned
    take_step(claim, Action.REJECT, by=by, now=now, reason=reason.strip(), note=note)
    notify_claimant(claim, "rejected", now=now, reason=reason.strip())
    return claim


@transaction.atomic
def revoke_claim(*, claim_id: int, by: User, reason: str, now: datetime, note: str = "") -> Claim:
    """Raises ClaimRefused ("reason", "own_claim"), ClaimMoved or IllegalTransition."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.revoke_claim")
    if not reason.strip():
        raise ClaimRefused("reason")
    take_step(claim, Action.REVOKE, by=by, now=now, reason=reason.strip(), note=note, strong_kinds=[])
    recompute_trust(claim, now=now)
    notify_claimant(claim, "revoked", now=now, reason=reason.strip())
    return claim


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

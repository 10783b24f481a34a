"""Rejecting a claim, with a reason that its claimant reads."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimRefused, RecordIsOwned
from claims.domain.states import Act
from claims.models import Claim
from claims.selectors.ownership import owning_claims
from claims.services.curators import check_curator
from claims.services.notifications import notify_claimant
from claims.services.transitions import canonical_id, locked_claim, take_step


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
    take_step(claim, Act.REJECT, by=by, now=now, reason=reason.strip(), note=note)
    notify_claimant(claim, "rejected", now=now, reason=reason.strip())
    return claim

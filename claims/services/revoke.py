"""Taking a record away from its owner, at once."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.domain.states import Act
from claims.models import Claim
from claims.services.curators import check_curator
from claims.services.notifications import notify_claimant
from claims.services.recompute_trust import recompute_trust
from claims.services.transitions import locked_claim, take_step


@transaction.atomic
def revoke_claim(*, claim_id: int, by: User, reason: str, now: datetime, note: str = "") -> Claim:
    """Raises ClaimRefused ("reason", "own_claim"), ClaimMoved or IllegalTransition."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.revoke_claim")
    if not reason.strip():
        raise ClaimRefused("reason")
    take_step(claim, Act.REVOKE, by=by, now=now, reason=reason.strip(), note=note, strong_kinds=[])
    recompute_trust(claim, now=now)
    notify_claimant(claim, "revoked", now=now, reason=reason.strip())
    return claim

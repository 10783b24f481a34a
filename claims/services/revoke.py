"""Taking a record away from its owner, at once."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.domain.states import Act
from claims.models import Claim
from claims.services.deciding import check_curator
from claims.services.restating import restate
from claims.services.telling import tell
from claims.services.turning import locked_claim, turn


@transaction.atomic
def revoke_claim(*, claim_id: int, by: User, reason: str, now: datetime, note: str = "") -> Claim:
    """Raises ClaimRefused ("reason", "own_claim"), ClaimMoved or IllegalTransition."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.revoke_claim")
    if not reason.strip():
        raise ClaimRefused("reason")
    turn(claim, Act.REVOKE, by=by, now=now, reason=reason.strip(), note=note, strong_kinds=[])
    restate(claim, now=now)
    tell(claim, "revoked", now=now, reason=reason.strip())
    return claim

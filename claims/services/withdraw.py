"""A claimant takes a claim back, or gives a page up that was theirs."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.states import Action, State
from claims.models import Claim
from claims.services.disputes import settle_undisputed
from claims.services.recompute_trust import recompute_trust
from claims.services.submit import check_claimant
from claims.services.transitions import locked_claim, take_step


@transaction.atomic
def withdraw_claim(*, claim_id: int, by: User, now: datetime) -> Claim:
    """Raises ClaimRefused ("not_yours"), ClaimMoved or IllegalTransition."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    was_pending = claim.at is State.PENDING
    take_step(claim, Action.WITHDRAW, by=by, now=now)
    if was_pending:
        settle_undisputed(claim, now=now)
    return claim


@transaction.atomic
def release_record(*, claim_id: int, by: User, now: datetime) -> Claim:
    """The owner gives the page up; it is unclaimed from the next request on. Raises as `withdraw_claim` does."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    take_step(claim, Action.REVOKE, by=by, now=now, reason="", strong_kinds=[])
    recompute_trust(claim, now=now)
    return claim

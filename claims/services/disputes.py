"""Deciding between an owner and those who say that the record is theirs."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.domain.states import Action, State
from claims.models import Claim, ClaimQuerySet
from claims.policy import ANSWER_WITHIN
from claims.selectors.ownership import owning_claims, records_of
from claims.services.approve import approve_locked
from claims.services.decisions import check_curator
from claims.services.evidence import awaits_curator
from claims.services.notifications import notify_claimant
from claims.services.transitions import canonical_id, locked_claim, take_step


@transaction.atomic
def decide_dispute(*, owner_claim_id: int, winner_claim_id: int, by: User, reason: str, now: datetime) -> Claim:
    """Leave the record with its owner, or give it to one of the challengers; returns the claim that owns it now.

    Whoever loses reads the reason. Raises ClaimRefused ("reason", "own_claim", "not_in_dispute"), ClaimMoved or
    IllegalTransition.
    """
    owner = locked_claim(owner_claim_id)
    check_curator(owner, by, "claims.revoke_claim")
    if not reason.strip():
        raise ClaimRefused("reason")
    rivals = list(challengers(owner).select_related("author", "user"))
    if any(rival.user_id == by.pk for rival in rivals):
        raise ClaimRefused("own_claim")
    if winner_claim_id == owner.pk:
        take_step(owner, Action.UPHOLD, by=by, now=now, reason=reason.strip(), due_at=_review_due(owner, now))
        notify_claimant(owner, "upheld", now=now)
        for rival in rivals:
            take_step(rival, Action.REJECT, by=by, now=now, reason=reason.strip())
            notify_claimant(rival, "rejected", now=now, reason=reason.strip())
        return owner
    winner = next((rival for rival in rivals if rival.pk == winner_claim_id), None)
    if winner is None or owner.at is not State.DISPUTED:
        raise ClaimRefused("not_in_dispute")
    take_step(owner, Action.REVOKE, by=by, now=now, reason=reason.strip(), strong_kinds=[])
    notify_claimant(owner, "revoked", now=now, reason=reason.strip())
    approve_locked(winner, by=by, now=now)
    return winner


def challengers(owner: Claim) -> ClaimQuerySet:
    """Pending claims of others on the record that this claim owns, the strongest first."""
    about = Claim.objects.filter(author_id__in=records_of([canonical_id(owner)]), state=State.PENDING.value, works=[])
    return about.exclude(user_id=owner.user_id).order_by("-weight", "submitted_at", "pk")


def settle_undisputed(claim: Claim, *, now: datetime) -> None:
    """After a challenger took the claim back: with no other left, the owner's page is no longer in dispute."""
    owner = owning_claims([canonical_id(claim)]).select_related("author", "user").first()
    if owner is None or owner.at is not State.DISPUTED or challengers(owner).exists():
        return
    take_step(owner, Action.UPHOLD, by=None, now=now, due_at=_review_due(owner, now))
    notify_claimant(owner, "upheld", now=now)


def _review_due(owner: Claim, now: datetime) -> datetime | None:
    return now + ANSWER_WITHIN if awaits_curator(owner) else None

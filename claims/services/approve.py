"""Approving a claim: its user owns the record from the next request on, and nobody else does."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.refusals import ClaimMoved, RecordIsOwned
from claims.domain.states import CLAIMS, Action, State
from claims.models import Claim, ClaimEvent
from claims.policy import ANSWER_WITHIN, strong_kinds
from claims.selectors.ownership import owning_claims, records_of
from claims.services.claimed_works import part_record
from claims.services.decisions import check_curator
from claims.services.evidence import awaits_curator
from claims.services.notifications import notify_claimant
from claims.services.recompute_trust import recompute_trust
from claims.services.transitions import canonical_id, locked_claim, passed_evidence, take_step
from common.hooks import ClaimApproved, on_claim_approved


@transaction.atomic
def approve_claim(*, claim_id: int, by: User, now: datetime, note: str = "") -> Claim:
    """A curator's approval. Raises RecordIsOwned, ClaimMoved, IllegalTransition, or ClaimRefused ("own_claim", and for
    a claim on some works "works", "busy")."""
    claim = locked_claim(claim_id)
    check_curator(claim, by, "claims.decide_claim")
    if claim.at is State.DRAFT:
        raise ClaimMoved
    approve_locked(claim, by=by, now=now, note=note)
    return claim


def approve_locked(claim: Claim, *, by: User | None, now: datetime, note: str = "") -> None:
    """Approve a claim that is locked; `by` None is the policy, on an authenticated iD, which never decides on a part of
    a record. Raises RecordIsOwned."""
    if claim.works and by is not None:
        part_record(claim, by=by, now=now)
    if _others_own(claim) or claim.works:
        raise RecordIsOwned
    kinds = [kind for kind, _weight in passed_evidence(claim)]
    claim.strong_kinds = sorted(kind.value for kind in strong_kinds(kinds, by_curator=by is not None))
    due_at = now + ANSWER_WITHIN if awaits_curator(claim) else None
    take_step(
        claim,
        Action.APPROVE,
        by=by,
        now=now,
        note=note,
        details={"evidence": [kind.name for kind in kinds]},
        strong_kinds=claim.strong_kinds,
        approved_at=now,
        confirmed_at=now,
        submitted_at=claim.submitted_at or now,
        due_at=due_at,
        question="",
    )
    supersede_others(claim, now=now)
    recompute_trust(claim, now=now)
    notify_claimant(claim, "approved", now=now)
    on_claim_approved.call(ClaimApproved(author_id=canonical_id(claim)))


def supersede_others(claim: Claim, *, now: datetime) -> None:
    """Close what else was pending on the record. Whoever is right after all opens a dispute by a new claim."""
    about = Claim.objects.filter(author_id__in=records_of([canonical_id(claim)]), state=State.PENDING.value)
    others = about.filter(works=[]).exclude(pk=claim.pk)  # on some works alone, another may still be right
    rows = list(others.select_related("author", "user").order_by("pk"))
    target = CLAIMS.target_of(State.PENDING, Action.SUPERSEDE)
    Claim.objects.filter(pk__in=[row.pk for row in rows], state=State.PENDING.value).update(
        state=target.value, closed_at=now, due_at=None, question=""
    )
    ClaimEvent.objects.bulk_create(
        ClaimEvent(
            claim=row,
            transition=Action.SUPERSEDE.value,
            from_state=State.PENDING.value,
            to_state=target.value,
            details={"by_claim": claim.pk},
            at=now,
        )
        for row in rows
    )
    for row in rows:
        notify_claimant(row, "superseded", now=now)


def _others_own(claim: Claim) -> bool:
    return owning_claims([canonical_id(claim)]).exclude(pk=claim.pk).exists()

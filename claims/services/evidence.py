"""Adding to the evidence of a claim; what each kind does next stands in its own module."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.domain.states import CLOSED
from claims.models import Claim, Evidence
from claims.policy import ANSWER_WITHIN, MOST_ROWS, strong_kinds
from claims.selectors.evidence_kinds import EvidenceKind
from claims.services.recompute_trust import recompute_trust
from claims.services.transitions import passed_evidence, weigh, write_event


def add_evidence(
    claim: Claim,
    kind: EvidenceKind,
    *,
    subject: str,
    against: str,
    is_passed: bool,
    now: datetime,
    weight: int | None = None,
    found: dict[str, Any] | None = None,
    voucher: User | None = None,
) -> Evidence:
    """Write one row, on a claim that `locked_claim` returned, and rank the claim again. What passed once stays one row.

    Raises ClaimRefused ("closed", "too_much").
    """
    if claim.at in CLOSED:
        raise ClaimRefused("closed")
    earlier = Evidence.objects.filter(claim=claim, kind=kind.name, subject=subject[:500], is_passed=True).first()
    if earlier is not None and is_passed:
        return earlier
    if Evidence.objects.filter(claim=claim).count() >= MOST_ROWS:
        raise ClaimRefused("too_much")
    row = Evidence.objects.create(
        claim=claim,
        kind=kind.name,
        subject=subject[:500],
        against=against[:500],
        found=found or {},
        is_passed=is_passed,
        weight=(kind.worth.weight if weight is None else weight) if is_passed else 0,
        voucher=voucher,
        checked_at=now,
    )
    if is_passed:
        weigh(claim)
        _tell_owner_claim(claim, now)
    return row


def is_used_by_others(claim: Claim, kind: EvidenceKind, subject: str) -> bool:
    """Whether the same iD, address or page stands for somebody else's claim too."""
    same = Q(kind=kind.name, subject=subject, is_passed=True)
    return Evidence.objects.filter(same).exclude(claim__user_id=claim.user_id).exists()


def settle_strength(claim: Claim, *, by_curator: bool, now: datetime) -> bool:
    """Store what the evidence proves of an owning claim; True when that is more than before. Nothing is taken away."""
    proved = strong_kinds([kind for kind, _weight in passed_evidence(claim)], by_curator=by_curator)
    wanted = sorted({*claim.strong_kinds, *(kind.value for kind in proved)})
    if wanted == sorted(claim.strong_kinds):
        return False
    claim.strong_kinds = wanted
    Claim.objects.filter(pk=claim.pk).update(strong_kinds=wanted)
    recompute_trust(claim, now=now)
    return True


def _tell_owner_claim(claim: Claim, now: datetime) -> None:
    """Evidence for a page that is the claimant's already: an iD counts at once, the rest when a curator accepts it."""
    if not claim.is_owning:
        return
    settle_strength(claim, by_curator=False, now=now)
    if awaits_curator(claim) and claim.due_at is None:
        claim.due_at = now + ANSWER_WITHIN
        Claim.objects.filter(pk=claim.pk).update(due_at=claim.due_at, reminded_at=None)
        write_event(claim, "more_evidence", by=claim.user, now=now)


def awaits_curator(claim: Claim) -> bool:
    """Whether a curator's word would prove more than stands now."""
    kinds = [kind for kind, _weight in passed_evidence(claim)]
    return {kind.value for kind in strong_kinds(kinds, by_curator=True)} > set(claim.strong_kinds)

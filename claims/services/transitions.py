"""The one place where a claim goes from state to state: compare-and-set, with its event, under the record's lock."""

from datetime import datetime
from typing import Any

from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from accounts.models import User
from claims.domain.names import NameVerdict
from claims.domain.refusals import ClaimMoved, ClaimRefused
from claims.domain.states import CLAIMS, CLOSED, OWNING, Action, State
from claims.models import Claim, ClaimEvent, Evidence
from claims.policy import ANSWER_WITHIN, total_weight
from claims.selectors.evidence_kinds import EvidenceKind, evidence_kinds
from common.db.locks import take_lock
from common.hooks import OwnershipLost, on_ownership_lost


def locked_claim(claim_id: int) -> Claim:
    """The claim as it is now, in a transaction that nobody else decides about its record. Raises Claim.DoesNotExist."""
    claim = Claim.objects.select_related("author", "user").get(pk=claim_id)
    lock_claims_of(canonical_id(claim))
    claim.refresh_from_db()
    return claim


def lock_claims_of(author_id: int) -> None:
    """Wait until nobody else decides about this record that stands; to the end of the transaction.

    Raises ClaimRefused ("busy") when that takes longer than a lock may.
    """
    try:
        take_lock(f"claims.record.{author_id}")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise ClaimRefused("busy") from None
        raise


def canonical_id(claim: Claim) -> int:
    """The id of the record that stands for the claimed one."""
    return claim.author.canonical_id


def take_step(
    claim: Claim,
    action: Action,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    note: str = "",
    details: dict[str, Any] | None = None,
    **columns: Any,
) -> None:
    """Take the claim through one transition and write the event. Raises IllegalTransition or ClaimMoved."""
    source = claim.at
    target = CLAIMS.target_of(source, action)
    columns |= _columns_of(target, now)
    moved = Claim.objects.filter(pk=claim.pk, state=source.value).update(state=target.value, **columns)
    if not moved:
        raise ClaimMoved
    write_event(
        claim,
        action.value,
        source=source,
        target=target,
        by=by,
        now=now,
        reason=reason,
        note=note,
        details=details,
    )
    claim.refresh_from_db()
    if source in OWNING and target not in OWNING:
        on_ownership_lost.call(OwnershipLost(author_id=canonical_id(claim), user_id=claim.user_id))


def write_event(
    claim: Claim,
    action: str,
    *,
    by: User | None,
    now: datetime,
    source: State | None = None,
    target: State | None = None,
    reason: str = "",
    note: str = "",
    details: dict[str, Any] | None = None,
) -> ClaimEvent:
    """Add to the claim's history; without states it is something that leaves the claim where it stands."""
    return ClaimEvent.objects.create(
        claim=claim,
        transition=action,
        from_state=(source or claim.at).value,
        to_state=(target or claim.at).value,
        by=by,
        reason=reason,
        note=note,
        details=details or {},
        at=now,
    )


def _columns_of(target: State, now: datetime) -> dict[str, Any]:
    if target in CLOSED:
        return {"closed_at": now, "due_at": None, "question": ""}
    if target is State.PENDING:
        return {"submitted_at": now, "due_at": now + ANSWER_WITHIN}
    return {}


def passed_evidence(claim: Claim) -> list[tuple[EvidenceKind, int]]:
    """Kind and weight of each row that passed."""
    rows = Evidence.objects.filter(claim=claim, is_passed=True).order_by("pk").values_list("kind", "weight")
    return [(evidence_kinds()[kind], weight) for kind, weight in rows]


def weigh(claim: Claim) -> None:
    """Rank the claim by the evidence that it has; inside the caller's transaction."""
    fits = claim.name_verdict != NameVerdict.MISMATCH.value
    claim.weight = total_weight(passed_evidence(claim), name_fits=fits)
    Claim.objects.filter(pk=claim.pk).update(weight=claim.weight)

"""What is looked up on another server: a row that a worker takes under a lease, so that no page waits for anybody.

What fails is tried again later, five times at most.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from claims.domain.refusals import ClaimRefused
from claims.domain.states import CLOSED
from claims.models import Claim, OutsideCheck
from claims.policy import MOST_ATTEMPTS, MOST_CHECKS_A_DAY
from claims.selectors.evidence_kinds import EvidenceKind, OutsideLookup, UnusableAnswer, evidence_kinds
from claims.services.evidence import add_evidence, is_used_by_others
from claims.services.transitions import locked_claim
from common import http
from common.queue import enqueue

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
FOUND, NOT_FOUND, AWAY, REFUSED, CHANGED = "found", "not_found", "away", "refused", "changed"


def ask_outside(claim: Claim, kind: EvidenceKind, *, subject: str, now: datetime) -> OutsideCheck:
    """Queue a look-up for a claim that `locked_claim` returned; one of a kind waits at a time.

    Raises ClaimRefused ("closed", "too_often").
    """
    if claim.at in CLOSED:
        raise ClaimRefused("closed")
    checks = OutsideCheck.objects.filter(claim=claim)
    waiting = checks.waiting().filter(kind=kind.name).first()
    if waiting is not None:
        return waiting
    if checks.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST_CHECKS_A_DAY:
        raise ClaimRefused("too_often")
    check = OutsideCheck.objects.create(claim=claim, kind=kind.name, subject=subject, not_before=now, asked_at=now)
    enqueue("claims.run_check", check_id=check.pk)
    return check


def run_check(*, check_id: int, now: datetime) -> str | None:
    """Fetch, compare, write the evidence; the outcome, or None when it is somebody else's turn or another attempt's."""
    due = OutsideCheck.objects.due(now=now).filter(pk=check_id).select_related("claim__author", "claim__user")
    check = due.order_by("pk").take(now=now, lease=LEASE)
    if check is None:
        return None
    if check.attempts > MOST_ATTEMPTS:  # workers died over it
        return _finish(check, AWAY, now)
    try:
        answer = _lookup(check).fetch(check)
    except http.HttpUnavailable as away:
        return _try_later(check, away, now)
    except http.HttpRefused as refused:
        log.info("claim_check_refused", check=check.pk, why=str(refused))
        return _finish(check, REFUSED, now)
    return _judge(check, answer, now)


def due_checks(*, now: datetime) -> list[int]:
    """Checks whose message was lost, or whose worker was, or whose pause is over."""
    due = OutsideCheck.objects.due(now=now).order_by("not_before", "pk")
    return list(due.values_list("pk", flat=True)[:100])


def _lookup(check: OutsideCheck) -> OutsideLookup:
    lookup = evidence_kinds()[check.kind].lookup
    assert lookup is not None
    return lookup


@transaction.atomic
def _judge(check: OutsideCheck, answer: http.Answer, now: datetime) -> str:
    claim, lookup = locked_claim(check.claim_id), _lookup(check)
    if claim.at in CLOSED or not lookup.is_current(check, claim.user):
        return _finish(check, CHANGED, now)
    if answer.status != 200:
        return _finish(check, NOT_FOUND, now)
    try:
        judged = lookup.judge(check, answer)
    except UnusableAnswer as error:
        log.warning("claim_check_unusable", check=check.pk, kind=check.kind, error=str(error))
        return _finish(check, REFUSED, now)
    kind = evidence_kinds()[check.kind]
    found = {**judged.found, "is_used_by_others": is_used_by_others(claim, kind, check.subject)}
    add_evidence(
        claim,
        kind,
        subject=check.subject,
        against=judged.against,
        is_passed=judged.is_passed,
        found=found,
        now=now,
    )
    return _finish(check, FOUND if judged.is_passed else NOT_FOUND, now)


def _try_later(check: OutsideCheck, away: http.HttpUnavailable, now: datetime) -> str | None:
    if check.attempts >= MOST_ATTEMPTS:
        return _finish(check, AWAY, now)
    pause = timedelta(seconds=http.pause_seconds(attempt=check.attempts, asked_for=away.retry_after))
    OutsideCheck.objects.give_back(check, state=OutsideCheck.State.QUEUED, not_before=now + pause)
    return None


def _finish(check: OutsideCheck, outcome: str, now: datetime) -> str:
    state = OutsideCheck.State.FAILED if outcome in {AWAY, REFUSED} else OutsideCheck.State.DONE
    OutsideCheck.objects.give_back(check, state=state, outcome=outcome, finished_at=now)
    return outcome

"""Co-authors who vouch: verified themselves, with two joint works, five times a month, and never for each other."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from claims.domain.kinds import EvidenceKind
from claims.domain.refusals import ClaimMoved, ClaimRefused
from claims.domain.states import OPEN, OWNING
from claims.models import Claim, Evidence, VouchRequest
from claims.selectors.vouchers import Voucher, eligible_vouchers
from claims.services.evidence import add_evidence
from claims.services.submit import check_claimant
from claims.services.telling import tell_voucher
from claims.services.turning import locked_claim
from common.db.locks import locked
from papers.domain import public_ids

A_MONTH = timedelta(days=30)
MOST_A_MONTH = 5
MOST_ASKED = 10


@transaction.atomic
def ask_voucher(*, claim_id: int, by: User, author_id: int, now: datetime) -> VouchRequest:
    """Ask the owner of a co-author's record. Raises ClaimRefused ("not_eligible", "too_often", "not_yours", "closed")."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    voucher = _eligible(claim, author_id=author_id)
    if claim.vouch_requests.count() >= MOST_ASKED:
        raise ClaimRefused("too_often")
    request, is_new = VouchRequest.objects.get_or_create(
        claim=claim, voucher_id=voucher.user_id, defaults={"author_id": author_id, "asked_at": now}
    )
    if is_new:
        tell_voucher(request, now=now)
    return request


def answer_vouch(*, request_id: int, by: User, vouches: bool, now: datetime) -> VouchRequest:
    """The co-author's answer. Raises ClaimRefused ("not_eligible", "month_is_full", "not_yours", "closed") or
    ClaimMoved for a request that was answered."""
    with locked(f"claims.voucher.{by.pk}"):
        request = VouchRequest.objects.select_related("claim").get(pk=request_id)
        if request.voucher_id != by.pk:
            raise ClaimRefused("not_yours")
        claim = locked_claim(request.claim_id)
        state = VouchRequest.State.GIVEN if vouches else VouchRequest.State.DECLINED
        asked = VouchRequest.objects.filter(pk=request.pk, state=VouchRequest.State.ASKED)
        if vouches:
            _vouch(claim, request, by, now)
        if not asked.update(state=state, answered_at=now):
            raise ClaimMoved
        request.refresh_from_db()
        return request


def _vouch(claim: Claim, request: VouchRequest, by: User, now: datetime) -> None:
    voucher = _eligible(claim, author_id=request.author_id)
    if voucher.user_id != by.pk:
        raise ClaimRefused("not_eligible")
    given = Evidence.objects.filter(voucher=by, is_passed=True, checked_at__gt=now - A_MONTH)
    if given.count() >= MOST_A_MONTH:
        raise ClaimRefused("month_is_full")
    add_evidence(
        claim,
        EvidenceKind.VOUCH,
        subject=voucher.name,
        against=public_ids.encode("A", voucher.author_id),
        is_passed=True,
        voucher=by,
        found={"joint_works": voucher.joint_works},
        now=now,
    )


def _eligible(claim: Claim, *, author_id: int) -> Voucher:
    if claim.at not in OPEN | OWNING:
        raise ClaimRefused("closed")
    for voucher in eligible_vouchers(claim):
        if voucher.author_id == author_id:
            return voucher
    raise ClaimRefused("not_eligible")

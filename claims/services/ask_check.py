"""Having something looked up on another server: a row that a worker takes, so that no page waits for anybody."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from claims.domain.kinds import EvidenceKind
from claims.domain.links import InvalidPage, canonical_page
from claims.domain.mail_domains import place_of
from claims.domain.refusals import ClaimRefused
from claims.domain.states import CLOSED
from claims.models import Claim, OutsideCheck
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.record import places_of
from claims.services.submit import check_claimant
from claims.services.turning import locked_claim, standing_id
from common.queue import enqueue

MOST_A_DAY = 10


@transaction.atomic
def ask_orcid_works(*, claim_id: int, by: User, now: datetime) -> OutsideCheck:
    """Have the public works of the claimant's authenticated iD compared with the record's.

    Raises ClaimRefused ("no_orcid", "too_often", "not_yours", "closed").
    """
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    orcid = authenticated_orcid(claim.user)
    if orcid is None:
        raise ClaimRefused("no_orcid")
    return _ask(claim, EvidenceKind.ORCID_WORKS, orcid, now)


@transaction.atomic
def ask_link_back(*, claim_id: int, by: User, page: str, now: datetime) -> OutsideCheck:
    """Have a page of an institution on the papers searched for a link to the record.

    Raises ClaimRefused ("page", "page_elsewhere", "too_often", "not_yours", "closed").
    """
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    try:
        url, host = canonical_page(page)
    except InvalidPage:
        raise ClaimRefused("page") from None
    if place_of(host, places_of(standing_id(claim))) is None:
        raise ClaimRefused("page_elsewhere")
    return _ask(claim, EvidenceKind.LINK_BACK, url, now)


def _ask(claim: Claim, kind: EvidenceKind, subject: str, now: datetime) -> OutsideCheck:
    if claim.at in CLOSED:
        raise ClaimRefused("closed")
    checks = OutsideCheck.objects.filter(claim=claim)
    waiting = checks.filter(kind=kind.value, state=OutsideCheck.State.QUEUED).first()
    if waiting is not None:
        return waiting
    if checks.filter(asked_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise ClaimRefused("too_often")
    check = OutsideCheck.objects.create(claim=claim, kind=kind.value, subject=subject, not_before=now, asked_at=now)
    enqueue("claims.run_check", check_id=check.pk)
    return check

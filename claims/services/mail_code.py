"""Proving an e-mail address by a code of six digits."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from smtplib import SMTPException

import structlog
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from accounts.models import MailedCode, User
from accounts.services.mailed_codes import LIVES, NoCode, WrongCode, cancel_codes, try_code, use_code, write_code
from claims.domain.mail_domains import MailFinding, MailVerdict, canonical_address, judge_address
from claims.domain.refusals import ClaimRefused
from claims.domain.states import CLOSED
from claims.models import Claim, Evidence
from claims.selectors.evidence_kinds import evidence_kinds
from claims.selectors.record import affiliations_of, printed_addresses
from claims.services.evidence import add_evidence
from claims.services.submit import check_claimant
from claims.services.transitions import canonical_id, locked_claim

log = structlog.get_logger(__name__)

PURPOSE = "claims"
PER_CLAIM = (5, timedelta(hours=1))
PER_USER = (10, timedelta(days=1))
PER_ADDRESS = (5, timedelta(days=1))
# The kind that says what an address at an institution is worth.
_INSTITUTIONAL = "institution_mail"


def send_mail_code(*, claim_id: int, by: User, address: str, now: datetime) -> MailFinding:
    """Send a code where the address could be evidence; the finding says what it could be, or why it cannot.

    Raises ClaimRefused ("not_yours", "closed", "too_often", "mail_away").
    """
    with transaction.atomic():
        claim = locked_claim(claim_id)
        check_claimant(claim, by)
        finding, is_printed = judge(claim, address, now=now)
        if finding.verdict is MailVerdict.LOOK_ALIKE:
            _note_look_alike(claim, address, finding, now)
        if finding.verdict is not MailVerdict.FITS and not is_printed:
            return finding
        canonical = canonical_address(address)
        _check_often(claim, canonical, now)
        code = f"{secrets.randbelow(1_000_000):06d}"
        cancel_codes(codes_of([claim.pk]))  # an earlier code is good for nothing from now on
        row = write_code(purpose=PURPOSE, about_id=claim.pk, address=canonical, code=code, now=now)
    try:
        _send(canonical, code, claim)
    except (OSError, SMTPException, ValueError) as error:  # ValueError: what cannot be an address after all
        log.warning("claim_code_not_sent", claim=claim.pk, error=str(error))
        cancel_codes(MailedCode.objects.filter(pk=row.pk))
        raise ClaimRefused("mail_away") from None
    return MailFinding(MailVerdict.FITS, finding.affiliation, finding.domain, finding.weight, finding.is_recent)


def confirm_mail_code(*, claim_id: int, by: User, code: str, now: datetime) -> list[Evidence]:
    """The evidence that the right code makes. Raises ClaimRefused: "wrong_code", "no_code" for one that is old, used or
    tried too often, "not_yours", "closed"."""
    if not Claim.objects.filter(pk=claim_id, user=by).exists():
        raise ClaimRefused("not_yours")
    latest = codes_of([claim_id]).order_by("-pk").first()
    if latest is None:
        raise ClaimRefused("no_code")
    try:
        try_code(latest, code="".join(code.split()), now=now)
    except WrongCode:
        raise ClaimRefused("wrong_code") from None
    except NoCode:
        raise ClaimRefused("no_code") from None
    with transaction.atomic():
        claim = locked_claim(claim_id)
        try:
            use_code(latest, now=now)
        except NoCode:
            raise ClaimRefused("no_code") from None
        return _evidence(claim, latest.address, now)


def codes_of(claim_ids: Collection[int]) -> QuerySet[MailedCode]:
    """The codes that were sent for these claims."""
    return MailedCode.objects.filter(purpose=PURPOSE, about_id__in=claim_ids)


def judge(claim: Claim, address: str, *, now: datetime) -> tuple[MailFinding, bool]:
    """What an address would be worth, and whether it is printed on one of the papers."""
    if claim.at in CLOSED:
        raise ClaimRefused("closed")
    author_id = canonical_id(claim)
    full = evidence_kinds()[_INSTITUTIONAL].worth.weight
    finding = judge_address(address, affiliations_of(author_id, claim.works), year=now.year, full_weight=full)
    return finding, canonical_address(address) in printed_addresses(author_id, claim.works)


def _evidence(claim: Claim, address: str, now: datetime) -> list[Evidence]:
    rows = [row for kind in evidence_kinds().values() if (row := kind.from_address(claim, address, now)) is not None]
    if not rows:
        raise ClaimRefused("no_code")
    return rows


def _note_look_alike(claim: Claim, address: str, finding: MailFinding, now: datetime) -> None:
    add_evidence(
        claim,
        evidence_kinds()[_INSTITUTIONAL],
        subject=canonical_address(address),
        against=finding.domain,
        is_passed=False,
        found={"verdict": finding.verdict.value},
        now=now,
    )


def _check_often(claim: Claim, address: str, now: datetime) -> None:
    for rows, (most, within) in (
        (codes_of([claim.pk]), PER_CLAIM),
        (codes_of(Claim.objects.filter(user_id=claim.user_id).values_list("pk", flat=True)), PER_USER),
        (MailedCode.objects.filter(purpose=PURPOSE, address=address), PER_ADDRESS),
    ):
        if rows.filter(sent_at__gt=now - within).count() >= most:
            raise ClaimRefused("too_often")


def _send(address: str, code: str, claim: Claim) -> None:
    context = {"code": code, "name": claim.author.name, "minutes": int(LIVES.total_seconds() // 60)}
    subject = " ".join(render_to_string("claims/email/code_subject.txt", context).split())
    send_mail(subject, render_to_string("claims/email/code_message.txt", context), None, [address])

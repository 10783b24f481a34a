"""A co-author vouches: verified themselves, with two joint works, five times a month, and never for each other."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.web import current_user
from claims.domain.refusals import ClaimMoved, ClaimRefused
from claims.domain.states import OPEN, OWNING
from claims.models import Claim, Evidence, VouchRequest
from claims.policy import (
    MOST_VOUCHERS_ASKED,
    MOST_VOUCHES_A_PERIOD,
    VOUCHING_PERIOD,
    StrongKind,
    Worth,
)
from claims.presenters.labels import refusal_text
from claims.selectors.evidence_kinds import Action, EvidenceKind, Option, Ways
from claims.selectors.pages import claim_page
from claims.selectors.vouchers import Voucher, eligible_vouchers
from claims.services.evidence import add_evidence
from claims.services.notifications import notify_voucher
from claims.services.submit import check_claimant
from claims.services.transitions import locked_claim
from claims.views.guards import claims_form, own_claim
from common import clock
from common.db.locks import locked
from papers.domain import public_ids


@transaction.atomic
def ask_voucher(*, claim_id: int, by: User, author_id: int, now: datetime) -> VouchRequest:
    """Ask the owner of a co-author's record. Raises ClaimRefused ("not_eligible", "too_often", "not_yours", "closed")."""
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    voucher = _eligible(claim, author_id=author_id)
    if claim.vouch_requests.count() >= MOST_VOUCHERS_ASKED:
        raise ClaimRefused("too_often")
    request, is_new = VouchRequest.objects.get_or_create(
        claim=claim, voucher_id=voucher.user_id, defaults={"author_id": author_id, "asked_at": now}
    )
    if is_new:
        notify_voucher(request, now=now)
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
    given = Evidence.objects.filter(voucher=by, is_passed=True, checked_at__gt=now - VOUCHING_PERIOD)
    if given.count() >= MOST_VOUCHES_A_PERIOD:
        raise ClaimRefused("month_is_full")
    add_evidence(
        claim,
        VOUCH,
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


@claims_form
def vouchers(request: HttpRequest, key: UUID) -> HttpResponse:
    """Verified co-authors who can be asked."""
    claim = own_claim(request, key)
    if request.method == "POST":
        known = public_ids.decode(request.POST.get("author", ""))
        try:
            author_id = known[1] if known else 0
            ask_voucher(claim_id=claim.pk, by=current_user(request), author_id=author_id, now=clock.now())
        except ClaimRefused as refused:
            messages.error(request, refusal_text(refused.code))
        else:
            messages.success(request, _("We asked them."))
        return redirect("claims:vouchers", key=key)
    return render(request, "claims/vouchers.html", {"page": claim_page(claim)})


@claims_form
def vouch(request: HttpRequest, key: UUID) -> HttpResponse:
    """A co-author answers. Nobody else finds anything here, and of the claim only who claims what is shown."""
    asked = VouchRequest.objects.select_related("claim__author", "claim__user").filter(
        voucher=current_user(request), key=key
    )
    found = asked.first()
    if found is None:
        raise Http404(str(key))
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        vouches = request.POST["answer"] == "yes"
        try:
            answer_vouch(request_id=found.pk, by=current_user(request), vouches=vouches, now=clock.now())
        except ClaimRefused as refused:
            messages.error(request, refusal_text(refused.code))
        else:
            messages.success(request, _("Thank you. Your answer is with our curators."))
        return redirect("claims:vouch", key=key)
    return render(request, "claims/vouch.html", {"asked": found})


def _option(claim: Claim, ways: Ways) -> Option | None:
    if not ways.vouchers and not ways.asked:
        return None
    number = len(ways.vouchers)
    text = ngettext(
        "%(number)s verified co-author can vouch for you.", "%(number)s verified co-authors can vouch for you.", number
    ) % {"number": number}
    title = _("Co-authors who know you")
    return Option(title, text, (Action(_("Ask a co-author"), reverse("claims:vouchers", args=[claim.key])),))


def _explain(row: Evidence) -> str:
    if row.voucher_id is None:
        return _("A co-author vouched, whose account is gone.")
    return _("%(name)s vouched, with %(count)s joint works.") % {
        "name": row.subject,
        "count": row.found.get("joint_works", 0),
    }


VOUCH = EvidenceKind(
    name="vouch",
    label=gettext_lazy("A co-author who vouches"),
    worth=Worth(weight=20, rows_counted=3, proves=StrongKind.VOUCHING, rows_needed=2),
    explain=_explain,
    option=_option,
    routes=(path("co-authors/", vouchers, name="vouchers"),),
)

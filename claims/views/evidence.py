"""The ways to add evidence, one page or button each."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.web import current_user
from claims.domain.mail_domains import MailFinding, MailVerdict
from claims.domain.refusals import ClaimRefused
from claims.domain.states import State
from claims.forms import AddressForm, CodeForm, PageForm
from claims.models import Claim, VouchRequest
from claims.selectors.pages import claim_page
from claims.selectors.words import refusal_words
from claims.services.add_orcid import add_orcid
from claims.services.ask_check import ask_link_back, ask_orcid_works
from claims.services.mail_code import confirm_mail_code, send_mail_code
from claims.services.vouching import answer_vouch, ask_voucher
from claims.views.guards import claim_act, claims_form, own_claim
from common import clock
from papers.domain import public_ids


@claim_act
def orcid(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    row = add_orcid(claim_id=claim.pk, now=clock.now())
    claim.refresh_from_db()
    if claim.at is State.APPROVED:
        messages.success(request, _("Your ORCID iD is the one on the record. The page is yours."))
    elif row.is_passed:
        messages.success(request, _("Your ORCID iD is the one on the record. Send the claim: a curator looks at it."))
    else:
        messages.info(request, _("Your ORCID iD is not on the record. We can compare your works instead."))
    return None


@claim_act
def orcid_works(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    ask_orcid_works(claim_id=claim.pk, by=current_user(request), now=clock.now())
    messages.success(request, _("We are asking ORCID for your works. Look again in a minute."))
    return None


@claims_form
def mail(request: HttpRequest, key: UUID) -> HttpResponse:
    """An address at an institution on the papers, or one that is printed on a paper."""
    claim = own_claim(request, key)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            finding = send_mail_code(
                claim_id=claim.pk, by=current_user(request), address=form.cleaned_data["address"], now=clock.now()
            )
        except ClaimRefused as refused:
            form.add_error("address", refusal_words(refused.code))
        else:
            if finding.verdict is MailVerdict.FITS:
                return redirect("claims:mail_code", key=key)
            form.add_error("address", _why_not(finding))
    return render(request, "claims/mail.html", {"form": form, "page": claim_page(claim)})


@claims_form
def mail_code(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the six digits are typed."""
    claim = own_claim(request, key)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_mail_code(
                claim_id=claim.pk, by=current_user(request), code=form.cleaned_data["code"], now=clock.now()
            )
        except ClaimRefused as refused:
            form.add_error("code", refusal_words(refused.code))
        else:
            messages.success(request, _("The address counts as evidence now."))
            return redirect("claims:claim", key=key)
    return render(request, "claims/mail_code.html", {"form": form, "claim": claim})


@claims_form
def link_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """A page of one's own at an institution on the papers."""
    claim = own_claim(request, key)
    form = PageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_link_back(claim_id=claim.pk, by=current_user(request), page=form.cleaned_data["page"], now=clock.now())
        except ClaimRefused as refused:
            form.add_error("page", refusal_words(refused.code))
        else:
            messages.success(request, _("We are looking at your page. Look again in a minute."))
            return redirect("claims:claim", key=key)
    page = claim_page(claim)
    return render(request, "claims/link_back.html", {"form": form, "page": page, "base_url": settings.BASE_URL})


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
            messages.error(request, refusal_words(refused.code))
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
            messages.error(request, refusal_words(refused.code))
        else:
            messages.success(request, _("Thank you. Your answer is with our curators."))
        return redirect("claims:vouch", key=key)
    return render(request, "claims/vouch.html", {"asked": found})


def _why_not(finding: MailFinding) -> str:
    """Why an address is no evidence, in words."""
    if finding.verdict is MailVerdict.PUBLIC_PROVIDER:
        return _("Anybody can have an address there, so it says nothing about who you are.")
    if finding.verdict is MailVerdict.LOOK_ALIKE:
        return _("That looks like an address at %(domain)s, and is not one.") % {"domain": finding.domain}
    if finding.verdict is MailVerdict.MALFORMED:
        return _("That is not an e-mail address.")
    return _("No institution on these papers has addresses there.")

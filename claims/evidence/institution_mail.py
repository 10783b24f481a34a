"""A code reached an address of an institution on the record's papers."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.web import current_user
from claims.domain.address_names import AddressForm, address_form, base_address
from claims.domain.mail_domains import MailFinding, MailVerdict
from claims.domain.refusals import ClaimRefused
from claims.models import Claim, Evidence
from claims.policy import UNNAMED_COUNTS, StrongKind, Worth
from claims.presenters.labels import refusal_text
from claims.selectors.evidence_kinds import Action, EvidenceKind, Option, Ways
from claims.selectors.pages import claim_page
from claims.selectors.record import names_of
from claims.services.evidence import add_evidence, is_used_by_others
from claims.services.mail_code import confirm_mail_code, judge, send_mail_code
from claims.services.transitions import canonical_id
from claims.views.guards import claims_form, own_claim
from common import clock


class InstitutionAddressForm(forms.Form):
    address = forms.EmailField(
        label=gettext_lazy("Your address there"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The six digits"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


def _from_address(claim: Claim, address: str, now: datetime) -> Evidence | None:
    """Everybody at an institution has its domain: an address that is no form of the name counts little."""
    finding, _is_printed = judge(claim, address, now=now)
    affiliation = finding.affiliation
    if finding.verdict is not MailVerdict.FITS or affiliation is None:
        return None
    subject = base_address(address)
    is_shared = is_used_by_others(claim, INSTITUTION_MAIL, subject)
    names_them = address_form(address, names_of(canonical_id(claim))) is AddressForm.NAMES_THEM
    weight = finding.weight if names_them else finding.weight * UNNAMED_COUNTS // 100
    return add_evidence(
        claim,
        INSTITUTION_MAIL,
        subject=subject,
        against=finding.domain,
        is_passed=True,
        weight=weight // 2 if is_shared else weight,
        found={
            "institution": affiliation.name,
            "last_year": affiliation.last_year,
            "is_recent": finding.is_recent,
            "is_kept_for_life": finding.is_kept_for_life,
            "is_used_by_others": is_shared,
            "names_them": names_them,
        },
        now=now,
    )


@claims_form
def mail(request: HttpRequest, key: UUID) -> HttpResponse:
    """An address at an institution on the papers, or one that is printed on a paper."""
    claim = own_claim(request, key)
    form = InstitutionAddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            finding = send_mail_code(
                claim_id=claim.pk, by=current_user(request), address=form.cleaned_data["address"], now=clock.now()
            )
        except ClaimRefused as refused:
            form.add_error("address", refusal_text(refused.code))
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
            form.add_error("code", refusal_text(refused.code))
        else:
            messages.success(request, _("The address counts as evidence now."))
            return redirect("claims:claim", key=key)
    return render(request, "claims/mail_code.html", {"form": form, "claim": claim})


def _why_not(finding: MailFinding) -> str:
    """Why an address is no evidence."""
    match finding.verdict:
        case MailVerdict.PUBLIC_PROVIDER:
            return _("Anyone can get an address there, so it does not show who you are.")
        case MailVerdict.LOOK_ALIKE:
            return _("That looks like an address at %(domain)s, but is not one.") % {"domain": finding.domain}
        case MailVerdict.MALFORMED:
            return _("That is not an e-mail address.")
        case _:
            return _("No institution on these papers has addresses there.")


def _option(claim: Claim, ways: Ways) -> Option:
    if ways.affiliations:
        text = _(
            "Your address at %(name)s, for example name@example.edu, or one that is printed on a paper. We send a code to it."
        ) % {"name": ways.affiliations[0].name}
    else:
        text = _(
            "We know no addresses of the institutions on these papers. An address that is printed on a paper counts; we send a code to it."
        )
    title = _("An address at your institution")
    return Option(title, text, (Action(_("Use an address"), reverse("claims:mail", args=[claim.key])),))


def _explain(row: Evidence) -> str:
    found = row.found
    if not row.is_passed:
        return _("%(address)s only looks like an address at %(domain)s.") % {
            "address": row.subject,
            "domain": row.against,
        }
    text = _("A code reached %(address)s, which is at %(name)s.") % {
        "address": row.subject,
        "name": found.get("institution", row.against),
    }
    if year := found.get("last_year"):
        text += " " + _("The latest paper from there is from %(year)s.") % {"year": year}
    if found.get("is_kept_for_life"):
        text += " " + _("People keep such addresses after they leave.")
    if not found.get("names_them", True):
        text += " " + _("The address does not contain the record's name, so it counts little.")
    return text


INSTITUTION_MAIL = EvidenceKind(
    name="institution_mail",
    label=gettext_lazy("Institutional e-mail address"),
    worth=Worth(weight=50, proves=StrongKind.INSTITUTION),
    explain=_explain,
    option=_option,
    routes=(path("mail/", mail, name="mail"), path("mail/code/", mail_code, name="mail_code")),
    from_address=_from_address,
)

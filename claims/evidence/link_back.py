"""A page of an institution on the papers links to the record with rel="me"."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.web import current_user
from claims.domain.links import InvalidPage, canonical_page, links_back, record_addresses
from claims.domain.mail_domains import affiliation_at, canonical_host
from claims.domain.refusals import ClaimRefused
from claims.models import Claim, Evidence, OutsideCheck
from claims.policy import Worth
from claims.presenters.labels import refusal_text
from claims.selectors.evidence_kinds import Action, EvidenceKind, Judgement, Option, OutsideLookup, Ways
from claims.selectors.pages import claim_page
from claims.selectors.record import affiliations_of
from claims.services.checks import ask_outside
from claims.services.submit import check_claimant
from claims.services.transitions import canonical_id, locked_claim
from claims.views.guards import claims_form, own_claim
from common import clock, http
from papers.selectors.addresses import address


class PageForm(forms.Form):
    page = forms.CharField(
        label=gettext_lazy("Address of the page"),
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "placeholder": "https://"}),
    )


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
    if affiliation_at(host, affiliations_of(canonical_id(claim), claim.works)) is None:
        raise ClaimRefused("page_elsewhere")
    return ask_outside(claim, LINK_BACK, subject=url, now=now)


def _fetch(check: OutsideCheck) -> http.Answer:
    affiliations = affiliations_of(canonical_id(check.claim), check.claim.works)
    return http.fetch(
        check.subject,
        is_allowed=lambda asked: affiliation_at(canonical_host(asked), affiliations) is not None,
        accept="text/html",
        most_bytes=1_000_000,
    )


def _judge(check: OutsideCheck, answer: http.Answer) -> Judgement:
    author = check.claim.author
    wanted = record_addresses(settings.BASE_URL, address("A", author.pk, author.name))
    host = canonical_host(urlsplit(answer.url).hostname or "")
    fit = affiliation_at(host, affiliations_of(canonical_id(check.claim), check.claim.works))
    is_linked = fit is not None and links_back(answer.body, page_url=answer.url, record_urls=wanted)
    found: dict[str, object] = {"fetched": answer.url, "institution": fit[0].name if fit else ""}
    return Judgement(is_linked, fit[1] if fit else host, found)


@claims_form
def link_back(request: HttpRequest, key: UUID) -> HttpResponse:
    """A page of one's own at an institution on the papers."""
    claim = own_claim(request, key)
    form = PageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_link_back(claim_id=claim.pk, by=current_user(request), page=form.cleaned_data["page"], now=clock.now())
        except ClaimRefused as refused:
            form.add_error("page", refusal_text(refused.code))
        else:
            messages.success(request, _("We are checking your page. Reload this page in a minute."))
            return redirect("claims:claim", key=key)
    page = claim_page(claim)
    return render(request, "claims/link_back.html", {"form": form, "page": page, "base_url": settings.BASE_URL})


def _option(claim: Claim, ways: Ways) -> Option | None:
    if not ways.affiliations:
        return None
    return Option(
        _("Your page at the institution"),
        _('A link with rel="me" from your page at the institution to this record.'),
        (Action(_("Use a page"), reverse("claims:link_back", args=[claim.key])),),
    )


def _explain(row: Evidence) -> str:
    text = _("%(page)s links to the record.") if row.is_passed else _("%(page)s has no such link.")
    return text % {"page": row.subject}


LINK_BACK = EvidenceKind(
    name="link_back",
    label=gettext_lazy("Link from an institutional page"),
    worth=Worth(weight=25),
    explain=_explain,
    option=_option,
    routes=(path("page/", link_back, name="link_back"),),
    lookup=OutsideLookup(fetch=_fetch, judge=_judge),
)

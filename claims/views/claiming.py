"""Starting a claim and following it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.web import current_user
from claims.domain.names import NameVerdict, name_verdict
from claims.domain.refusals import ClaimRefused
from claims.forms import NameGateForm, SendForm
from claims.models import Claim
from claims.presenters.labels import refusal_text
from claims.selectors.ownership import owner_of
from claims.selectors.pages import claim_page
from claims.selectors.record import known_names_of
from claims.selectors.record_previews import works_to_split
from claims.services.confirm_profile import confirm_profile
from claims.services.open_claim import open_claim
from claims.services.submit import answer_question, submit_claim
from claims.services.withdraw import release_record, withdraw_claim
from claims.views.guards import claim_action, claims_form, claims_page, own_claim
from common import clock
from papers.domain import public_ids
from papers.models import Author
from papers.selectors.addresses import address
from papers.selectors.records import Unlisted, record_at

WORKS_SHOWN = 200


@claims_form
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a claim opens, and the name gate."""
    user = current_user(request)
    author = _claimable(public_id, user)
    form = NameGateForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            claim = open_claim(user=user, author_id=author.pk, now=clock.now(), **form.cleaned_data)
        except ClaimRefused as refused:
            refusal = refusal_text(refused.code)
        else:
            return redirect("claims:claim", key=claim.key)
    owner = owner_of(author.pk)
    told = {
        "author": author,
        "author_url": address("A", author.pk, author.name),
        "form": form,
        "refusal": refusal,
        "name_differs": name_verdict(user.name, known_names_of(author.pk)) is NameVerdict.MISMATCH,
        "is_owned": owner is not None and owner.pk != user.pk,
        "is_yours": owner is not None and owner.pk == user.pk,
    }
    return render(request, "claims/start.html", told)


def _claimable(public_id: str, user: User) -> Author:
    """The record; one that is not shown only for somebody of its name, so that a page that others had removed can be
    claimed and names nobody to anybody else. Raises Http404."""
    try:
        return record_at(Author, public_id)
    except Unlisted as unlisted:
        known = public_ids.decode(str(unlisted))
        author = Author.objects.get(pk=known[1] if known else 0)
        if name_verdict(user.name, known_names_of(author.pk)) is not NameVerdict.MISMATCH:
            return author
    except Author.DoesNotExist:
        pass
    raise Http404(public_id)


@claims_form
def start_with_works(request: HttpRequest, public_id: str) -> HttpResponse:
    """The works of a record that may be several people's, to be ticked (`words` narrows them), and the name gate."""
    user = current_user(request)
    author = _claimable(public_id, user)
    words = (request.POST if request.method == "POST" else request.GET).get("words", "")[:200]
    chosen = {int(one) for one in request.POST.getlist("works") if one.isascii() and one.isdigit() and len(one) < 19}
    is_sent = request.method == "POST" and "find" not in request.POST
    form = NameGateForm(request.POST if is_sent else None)
    refusal = ""
    if is_sent and form.is_valid():
        try:
            if not chosen:
                raise ClaimRefused("works")
            claim = open_claim(user=user, author_id=author.pk, paper_ids=chosen, now=clock.now(), **form.cleaned_data)
        except ClaimRefused as refused:
            refusal = refusal_text(refused.code)
        else:
            return redirect("claims:claim", key=claim.key)
    every = works_to_split(author.pk)
    works = works_to_split(author.pk, words) if words else every
    told = {
        "author": author,
        "author_url": address("A", author.pk, author.name),
        "form": form,
        "refusal": refusal,
        "name_differs": name_verdict(user.name, known_names_of(author.pk)) is NameVerdict.MISMATCH,
        "words": words,
        "works": works[:WORKS_SHOWN],
        "works_count": len(every),
        "found_count": len(works),
        "chosen": chosen,
        "kept": sorted(chosen & {w.paper_id for w in every} - {w.paper_id for w in works[:WORKS_SHOWN]}),
    }
    return render(request, "claims/works.html", told)


@claims_page
def claim(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where a claim stands, what is awaited, and what can be added."""
    if request.method == "POST":
        raise Http404(str(key))
    page = claim_page(own_claim(request, key))
    send_form = SendForm(initial={"words": page.claim.explanation})
    response = render(request, "claims/claim.html", {"page": page, "send_form": send_form})
    if settings.PROVIDER_ORIGINS:  # a button there leads to ORCID
        to = [CSP.SELF, *settings.PROVIDER_ORIGINS]
        response._csp_config = settings.SECURE_CSP | {"form-action": to}  # type: ignore[attr-defined]  # as Django's own decorator does
    return response


@claim_action
def submit(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    words = request.POST.get("words", "")
    submit_claim(claim_id=claim.pk, by=current_user(request), explanation=words, now=clock.now())
    messages.success(request, _("Your claim is with our curators. We write to you within three days."))
    return None


@claim_action
def answer(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    answer_question(claim_id=claim.pk, by=current_user(request), answer=request.POST.get("words", ""), now=clock.now())
    messages.success(request, _("Your answer is with our curators."))
    return None


@claim_action
def confirm(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    confirm_profile(claim_id=claim.pk, by=current_user(request), now=clock.now())
    messages.success(request, _("You confirmed that the page is right."))
    return None


@claims_form
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take the claim back, or give the page up: asked once more before it happens."""
    claim = own_claim(request, key)
    if not claim.is_open and not claim.is_owning:
        raise Http404(str(key))
    if request.method == "POST":
        decide = release_record if claim.is_owning else withdraw_claim
        try:
            decide(claim_id=claim.pk, by=current_user(request), now=clock.now())
        except ClaimRefused as refused:
            messages.error(request, refusal_text(refused.code))
        else:
            messages.success(request, _("Done. The claim is closed."))
        return redirect("claims:claim", key=key)
    author = claim.canonical_author
    return render(request, "claims/withdraw.html", {"claim": claim, "author": author})

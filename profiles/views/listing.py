"""Being listed or not: for owners, and for people without an account."""

import hashlib
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.services.mailed_codes import NoCode
from accounts.web import current_user
from common import clock, rate_limits
from common.rate_limits import RateLimit, rate_limited
from common.refusals import too_many_requests
from papers.domain import public_ids
from papers.models import Author
from papers.selectors.addresses import address
from profiles.forms import CodeForm, ListingForm
from profiles.services.listing import NotProved, list_again, opt_out_as_owner, opt_out_by_orcid
from profiles.services.listing_codes import enter_code, listing_code, write_listing_code
from profiles.services.mail import tell_by_mail
from profiles.services.opt_outs_by_mail import NoObjection, object_to
from profiles.services.owned import Disputed
from profiles.views.owned import edit_url, owner_page, section

ASKING = RateLimit("listing", per_account="10/hour", per_address="10/hour", overall="60/minute", when_away="2/minute")
CODES = RateLimit(
    "listing-code", per_account="30/hour", per_address="30/hour", overall="120/minute", when_away="5/minute"
)
MAILS = RateLimit("listing-mail", per_account="5/hour")


@owner_page()
def edit_listing(request: HttpRequest, author: Author) -> HttpResponse:
    """The owner's switch."""
    if request.method == "POST":
        try:
            if "list" in request.POST:
                list_again(user=current_user(request), author_id=author.pk, now=clock.now())
                messages.success(request, _("Your page is shown again."))
            elif "unlist" in request.POST:
                opt_out_as_owner(user=current_user(request), author_id=author.pk, now=clock.now())
                messages.success(request, _("Your page is no longer shown. You can have it back at any time."))
        except Disputed:
            messages.error(request, _("You cannot change this while a dispute on the page is open."))
        return redirect(edit_url(author, "edit_listing"))
    return section(request, author, "edit_listing", {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited(ASKING)
def ask(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Asking without an account. Whatever is typed, the next page is the same."""
    author = _author(public_id)
    if request.method == "POST" and "orcid" in request.POST and request.user.is_authenticated:
        return _by_orcid(request, author)
    form = ListingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verdict = _verdict_on(request, form.cleaned_data["email"])
        if not verdict.is_allowed:
            return too_many_requests(request, retry_after=verdict.retry_after)
        row, code = write_listing_code(
            author=author,
            address=form.cleaned_data["email"],
            explanation=form.cleaned_data["explanation"],
            now=clock.now(),
        )
        tell_by_mail("profiles/email/listing_code", row.address, {"code": f"{code[:4]}-{code[4:]}"})
        return redirect("profiles:listing_code", public_id=author.public_id, key=row.key)
    return _page(request, "profiles/listing/ask.html", author, {"form": form})


def _by_orcid(request: HttpRequest, author: Author) -> HttpResponse:
    if not author.is_listed:
        raise Http404(author.public_id)
    try:
        opt_out_by_orcid(user=current_user(request), author_id=author.pk, now=clock.now())
    except NotProved:
        form = ListingForm()
        told = _("Your ORCID iD is not on this record, or the record has an owner.")
        return _page(request, "profiles/listing/ask.html", author, {"form": form, "told": told})
    return _page(request, "profiles/listing/done.html", author, {"is_done": True})


def _verdict_on(request: HttpRequest, email: str) -> rate_limits.Verdict:
    who = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return rate_limits.check(request, MAILS, account=who)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited(CODES)
def code(request: HttpRequest, public_id: str, key: UUID) -> HttpResponseBase:
    """Typing the code in. The key in the address is nobody's but the browser's that asked."""
    author = _author(public_id)
    row = listing_code(key=str(key), author_id=author.pk)
    if row is None:
        raise Http404(str(key))
    form = CodeForm(request.POST or None)
    context = {"form": form, "email": row.address, "is_to_list": row.details["is_to_list"]}
    if request.method == "POST" and form.is_valid():
        try:
            enter_code(row=row, code=form.cleaned_data["code"], now=clock.now())
        except NoCode:
            form.add_error("code", _("That code is wrong or used up. After three tries ask for a new one."))
        else:
            is_done, is_to_list = row.details["is_strong"], row.details["is_to_list"]
            done = {"is_done": is_done and is_to_list, "is_to_list": is_to_list}
            return _page(request, "profiles/listing/done.html", author, done)
    return _page(request, "profiles/listing/code.html", author, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited(CODES)
def objection(request: HttpRequest, public_id: str, key: UUID) -> HttpResponseBase:
    """Where a mail to the page's own addresses leads: asked once more, then the page stays."""
    author = _author(public_id)
    if request.method != "POST":
        return _page(request, "profiles/listing/object.html", author, {"is_done": False})
    try:
        object_to(author_id=author.pk, key=str(key), now=clock.now())
    except NoObjection:
        raise Http404(str(key)) from None
    return _page(request, "profiles/listing/object.html", author, {"is_done": True})


def _page(request: HttpRequest, template: str, author: Author, context: dict[str, object]) -> HttpResponse:
    """A page that names nobody who asked not to be named."""
    is_listed = Author.objects.filter(pk=author.pk, is_listed=True).exists()
    shown = {
        "author": author,
        "name": author.name if is_listed else "",
        "author_url": address("A", author.pk, author.name) if is_listed else "",
        "is_to_list": not is_listed,
    }
    return render(request, template, shown | context, status=HTTPStatus.OK)


def _author(public_id: str) -> Author:
    """Any record that stands, listed or not."""
    known = public_ids.decode(public_id)
    author = Author.objects.filter(pk=known[1], merged_into=None).first() if known and known[0] == "A" else None
    if author is None:
        raise Http404(public_id)
    return author

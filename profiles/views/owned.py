"""What every page of an owner's area shares: the right to be there, the sections, and what services refuse."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.web import current_user
from claims.selectors.ownership import is_disputed
from common.rate_limits import RateLimit, rate_limited
from papers.models import Author
from papers.selectors.addresses import address
from profiles.selectors.ownership import access_author
from profiles.services.owned import NotOwner

SECTIONS: tuple[tuple[str, str | Promise], ...] = (
    ("edit_about", _("Bio and links")),
    ("edit_photo", _("Picture")),
    ("edit_names", _("Names")),
    ("edit_preference", _("Collaboration")),
    ("edit_works", _("Works")),
    ("edit_mine", _("Add works")),
    ("edit_corrections", _("Corrections")),
    ("edit_followers", _("Followers")),
    ("edit_listing", _("Being listed")),
)
EDITING = RateLimit(
    "owner",
    per_account="90/10 minutes",
    per_address="120/10 minutes",
    overall="600/minute",
    when_away="20/minute",
)

type View = Callable[..., HttpResponseBase]


def owner_page(*methods: str, limit: RateLimit = EDITING) -> Callable[[View], View]:
    """A view of the author's owner and of nobody else: for all others there is nothing at the address."""

    def decorate(view: View) -> View:
        @wraps(view)
        def found(request: HttpRequest, /, public_id: str, **parts: int) -> HttpResponseBase:
            try:
                return view(request, access_author(current_user(request), public_id), **parts)
            except (Author.DoesNotExist, NotOwner):
                raise Http404(public_id) from None

        asked = methods or ("GET", "HEAD", "POST")
        guarded: View = never_cache(login_required(require_http_methods(asked)(rate_limited(limit)(found))))
        return guarded

    return decorate


def edit_url(author: Author, section: str = "edit_about") -> str:
    return reverse(f"profiles:{section}", args=[author.public_id])


def section(
    request: HttpRequest, author: Author, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the area in its frame."""
    frame = {
        "author": author,
        "author_url": address("A", author.pk, author.name),
        "sections": [(edit_url(author, key), label, key == name) for key, label in SECTIONS],
        "is_disputed": is_disputed(author.pk),
    }
    return render(request, f"profiles/edit/{name.removeprefix('edit_')}.html", frame | context, status=status)

"""One's claims, and the records that may be one's own."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.web import current_user
from claims.domain.refusals import ClaimRefused
from claims.presenters.labels import refusal_text
from claims.selectors.ownership import owned_authors
from claims.selectors.pages import claims_of, requests_to
from claims.selectors.suggestions import suggestions_for
from claims.services.open_claim import open_claim
from claims.views.guards import claims_page
from common import clock
from papers.models import Author
from papers.selectors.records import record_at

MOST_AT_ONCE = 8


@claims_page
def mine(request: HttpRequest) -> HttpResponse:
    """All of one's claims, what one is asked to vouch for, and what else may be one's own. Posted: claim several."""
    user = current_user(request)
    if request.method == "POST":
        return _claim_several(request)
    told = {
        "claims": claims_of(user),
        "requests": requests_to(user),
        "suggestions": suggestions_for(user),
        "has_pages": owned_authors(user).exists(),
        "has_name": bool(user.name.strip()),
    }
    return render(request, "claims/mine.html", told)


def _claim_several(request: HttpRequest) -> HttpResponse:
    """Open a draft for each record that was ticked; those whose name differs are claimed one by one."""
    opened = []
    for public_id in request.POST.getlist("record")[:MOST_AT_ONCE]:
        try:
            author = record_at(Author, public_id)
            opened.append(open_claim(user=current_user(request), author_id=author.pk, now=clock.now()))
        except Author.DoesNotExist:
            continue
        except ClaimRefused as refused:
            messages.error(request, f"{author.name}: {refusal_text(refused.code)}")
    if len(opened) == 1:
        return redirect("claims:claim", key=opened[0].key)
    if opened:
        text = ngettext("%(count)s claim is open.", "%(count)s claims are open: add evidence to each.", len(opened))
        messages.success(request, text % {"count": len(opened)})
    elif not request.POST.getlist("record"):
        messages.error(request, _("Tick at least one record."))
    return redirect("claims:mine")

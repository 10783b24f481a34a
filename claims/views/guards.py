"""What stands before every claim page: who is there, how often, how lately they proved it, and whose claim it is."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_POST

from accounts.proof import ask_for_proof, is_proved, proof_required
from accounts.web import current_user
from claims.domain.refusals import ClaimRefused
from claims.models import Claim
from claims.presenters.labels import refusal_text
from common import rate_limits
from common.db.state_table import IllegalTransition
from common.rate_limits import RateLimit
from common.refusals import too_many_requests

POSTS = RateLimit(
    "claims",
    per_account="60/15 minutes",
    per_address="120/15 minutes",
    overall="600/minute",
    when_away="5/minute",
)

type Page[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def claims_page[**P](view: Page[P]) -> Page[P]:
    """For those who are logged in; what is posted is counted and needs a fresh proof, and nothing of it is cached."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST":
            if (refusal := too_often(request)) is not None:
                return refusal
            if not is_proved(request):
                return ask_for_proof(request, back_to=request.get_full_path())
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    page: Page[P] = login_required(require_http_methods(["GET", "HEAD", "POST"])(guarded))
    return page


def claims_form[**P](view: Page[P]) -> Page[P]:
    """A page that is only worth opening with a fresh proof, so that what is typed there is not lost to one."""
    return claims_page(proof_required(view))


def claim_action(view: Callable[[HttpRequest, Claim], HttpResponse | None]) -> Page[[UUID]]:
    """A button on the claimant's own claim page, to which it leads back; what the service refuses is said there."""

    @wraps(view)
    def guarded(request: HttpRequest, key: UUID) -> HttpResponse:
        if (refusal := too_often(request)) is not None:
            return refusal
        claim = own_claim(request, key)
        back = redirect("claims:claim", key=key)
        if not is_proved(request):
            return ask_for_proof(request, back_to=back.url)
        try:
            return view(request, claim) or back
        except (ClaimRefused, IllegalTransition) as refused:
            messages.error(request, refusal_text(getattr(refused, "code", "moved")))
            return back

    action: Page[[UUID]] = login_required(require_POST(guarded))
    return action


def own_claim(request: HttpRequest, key: UUID) -> Claim:
    """The claim at this address if it is the visitor's own; to everybody else there is nothing here."""
    claim = (
        Claim.objects.select_related("author__merged_into", "user").filter(key=key, user=current_user(request)).first()
    )
    if claim is None:
        raise Http404(str(key))
    return claim


def too_often(request: HttpRequest) -> HttpResponse | None:
    """429 when this person, this address or everybody together posts too much."""
    verdict = rate_limits.check(request, POSTS)
    return None if verdict.is_allowed else too_many_requests(request, retry_after=verdict.retry_after)

"""When somebody in the admin is asked again who they are: once in half an hour of deciding, and for each heavy act."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.proof import ask_for_proof, has_unused_proof, is_proved, use_proof

# Revoking, merging and roles: each asks, however short ago another was done.
HEAVY_ACTS = frozenset(
    {
        "claims_claim_revoke",
        "claims_claim_dispute",
        "papers_recordrevision_merge",
        "papers_recordrevision_split",
        "accounts_user_change",
    }
)


# Pages on which somebody writes reasons: asked before, so that what is typed is not lost.
ASKED_WHEN_OPENED = frozenset(
    {
        *(HEAVY_ACTS - {"accounts_user_change"}),
        *(f"claims_claim_{name}" for name in ("approve", "reject", "ask", "accept", "aside")),
    }
)


def asks_for_proof[V: Callable[..., HttpResponseBase]](view: V) -> V:
    """Stand before a view of the admin that its own rights have opened already."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        match = request.resolver_match
        name = match.url_name if match is not None else ""
        is_asked = request.method == "POST" or name in ASKED_WHEN_OPENED
        if not is_asked or not request.user.is_staff:
            return view(request, *args, **kwargs)
        is_heavy = name in HEAVY_ACTS
        if not _may_go_on(request, is_heavy=is_heavy):
            return ask_for_proof(request, back_to=_came_from(request))
        response = view(request, *args, **kwargs)
        if is_heavy and response.status_code in {301, 302}:
            use_proof(request)
        return response

    return cast(V, guarded)


def _may_go_on(request: HttpRequest, *, is_heavy: bool) -> bool:
    if is_heavy:
        return has_unused_proof(request, within=settings.HEAVY_ACTS_PROOF_SECONDS)
    return is_proved(request, within=settings.CURATORS_PROOF_SECONDS)


def _came_from(request: HttpRequest) -> str:
    """The page with the form, which can be read again; what was posted is not kept."""
    page = request.headers.get("Referer", "") if request.method == "POST" else ""
    is_ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if page and is_ours else request.get_full_path()

"""What stands before every account page: its methods, its limits, and a fresh proof where one is needed."""

import hashlib
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP

from accounts.domain import entrance
from accounts.domain.entrance import Account, Limit
from accounts.proof import ask_for_proof, is_proved
from accounts.views.proof import PROOF_SESSION_KEY
from common import limits
from common.limits import ALLOWED, Verdict, client_address
from common.refusals import too_many_requests

type View = Callable[[HttpRequest], HttpResponse]

READING = ("GET", "HEAD")


class AccountPagesMiddleware:
    """Nothing for all other pages, which it neither slows down nor asks for a session."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        route = route_of(request)
        if entrance.is_account_page(route):
            add_never_cache_headers(response)
            if route in entrance.LEADS_TO_PROVIDERS and settings.PROVIDER_ORIGINS:
                to = [CSP.SELF, *settings.PROVIDER_ORIGINS]
                response._csp_config = settings.SECURE_CSP | {"form-action": to}  # type: ignore[attr-defined]  # as Django's own decorator does
            if route in entrance.EVEN_TIMED and request.method == "POST":
                even_out(time.monotonic() - began)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        route = route_of(request)
        if not entrance.is_account_page(route):
            return None
        if request.method not in {*READING, "POST"}:
            return HttpResponseNotAllowed([*READING, "POST"])
        verdict = verdict_on(request, route)
        if not verdict.is_allowed:
            return too_many_requests(request, retry_after=verdict.retry_after)
        if route in entrance.NEEDS_PROOF and not request.user.is_authenticated:
            return redirect_to_login(request.path)  # allauth would keep what a stranger posts
        if needs_proof(request, route) and not is_proved(request):
            return ask_for_proof(request, back_to=request.path)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A provider that cannot be reached is not our failure, and said so."""
        route = route_of(request)
        if route.endswith(("_login", "_callback")) and isinstance(error, OSError):
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return render(request, "socialaccount/authentication_error.html", status=status)
        return None


def route_of(request: HttpRequest) -> str:
    """The full name of the route; "" before it is known and for addresses that lead nowhere."""
    match = request.resolver_match
    return match.view_name if match else ""


def needs_proof(request: HttpRequest, route: str) -> bool:
    if not request.user.is_authenticated:
        return False
    writes = request.method not in READING
    return route in entrance.NEEDS_PROOF or (writes and route in entrance.NEEDS_PROOF_TO_WRITE)


def verdict_on(request: HttpRequest, route: str) -> Verdict:
    """Count the request by address, by account and for everybody; the first limit that is reached decides."""
    table = entrance.LIMITED_WHEN_READ if request.method in READING else entrance.LIMITS
    limit = table.get(route)
    if limit is None or not settings.ACCOUNT_PAGES_ARE_LIMITED:
        return ALLOWED
    who = account_of(request, limit)
    counted = [(f"{limit.scope}-address", limit.per_address, client_address(request), limits.NO_LIMIT)]
    if who:
        key = hashlib.sha256(who.encode()).hexdigest()  # Redis needs to hold no addresses
        counted.append((f"{limit.scope}-account", limit.per_account, key, limits.NO_LIMIT))
    counted.append((f"{limit.scope}-overall", limit.overall, "everybody", limit.when_away))
    for scope, rate, whose, when_away in counted:
        verdict = limits.check(scope=scope, rate=rate, who=whose, when_away=when_away)
        if not verdict.is_allowed:
            return verdict
    return ALLOWED


def account_of(request: HttpRequest, limit: Limit) -> str:
    """Whose attempt it is; "" when that cannot be said."""
    match limit.account:
        case Account.TYPED:
            return (request.POST.get("login") or request.POST.get("email") or "").strip().lower()
        case Account.USER:
            return str(request.user.pk or "")
        case Account.PENDING:
            return str(pending_login(request).get("user_pk") or "")
        case Account.CODE:
            return f"{request.session.session_key}:{code_sent_at(request)}"
        case Account.NOBODY:
            return ""


def pending_login(request: HttpRequest) -> dict[str, Any]:
    """What allauth keeps of a login that waits for its next step."""
    kept = request.session.get(LOGIN_SESSION_KEY)
    return kept if isinstance(kept, dict) else {}


def code_sent_at(request: HttpRequest) -> list[float]:
    """When each code that this session waits for was first sent: sending it again gives no further tries."""
    stages = pending_login(request).get("state", {}).get("stages", {})
    states = [stage for stage in stages.values() if isinstance(stage, dict)]
    for key in (
        EMAIL_VERIFICATION_CODE_SESSION_KEY,
        PASSWORD_RESET_VERIFICATION_SESSION_KEY,
        PROOF_SESSION_KEY,
    ):
        states.append(request.session.get(key) or {})
    return [state["at"] for state in states if "at" in state]


def even_out(taken: float) -> None:
    """Wait until the time is up that every such answer takes; what is left to tell apart is lost in it."""
    rest = settings.EVEN_SECONDS - taken
    if rest > 0:
        time.sleep(rest)

"""What stands before every account page: its methods, its limits, and a fresh proof where one is needed."""

import hashlib
import time
import unicodedata
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP
from django.utils.http import base36_to_int
from django.utils.translation import gettext as _

from accounts import auth_policy, known_devices
from accounts.allauth_internals import filter_users_by_email
from accounts.auth_policy import Account, Guard
from accounts.passkeys import has_malformed_credential
from accounts.pending_codes import code_sent_at, drop_codes_to_lost_addresses, pending_login
from accounts.proof import ask_for_proof, is_proved
from common import rate_limits
from common.rate_limits import ALLOWED, Verdict
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
        retry_after = getattr(request, "login_needs_code", 0)
        if retry_after and response.status_code != HTTPStatus.FOUND:
            return too_many_requests(request, retry_after=retry_after)
        if auth_policy.is_account_page(route):
            add_never_cache_headers(response)
            if route in auth_policy.LEADS_TO_PROVIDERS and settings.PROVIDER_ORIGINS:
                to = [CSP.SELF, *settings.PROVIDER_ORIGINS]
                response._csp_config = settings.SECURE_CSP | {"form-action": to}  # type: ignore[attr-defined]  # as Django's own decorator does
            if route in auth_policy.EVEN_TIMED and request.method == "POST":
                even_out(time.monotonic() - began)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        route = route_of(request)
        if not auth_policy.is_account_page(route):
            return None
        if request.method not in {*READING, "POST"}:
            return HttpResponseNotAllowed([*READING, "POST"])
        if route in auth_policy.TAKES_CODES:
            drop_codes_to_lost_addresses(request)
        verdict = verdict_on(request, route)
        if verdict.reached == "account" and route == "account_login":
            # Strangers may have used up the tries: the right password still counts, and a code by mail beside it.
            request.login_needs_code = verdict.retry_after  # type: ignore[attr-defined]  # read by the adapter
        elif not verdict.is_allowed:
            return too_many_requests(request, retry_after=verdict.retry_after)
        if request.method == "POST" and has_malformed_credential(request):
            messages.error(request, _("Your browser sent a passkey that could not be read. Try again."))
            return HttpResponseRedirect(request.path)
        if route in auth_policy.NEEDS_PROOF and not request.user.is_authenticated:
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
    return route in auth_policy.NEEDS_PROOF or (writes and route in auth_policy.NEEDS_PROOF_TO_WRITE)


def verdict_on(request: HttpRequest, route: str) -> Verdict:
    """Count the request by address, by account and for everybody; the first limit that is reached decides.

    A browser that is known for the account, a code that was sent and a login that is half way in are counted by
    themselves alone: no stranger can use up their tries.
    """
    table = auth_policy.GUARDS_OF_READING if request.method in READING else auth_policy.GUARDS
    guard = table.get(route)
    if guard is None:
        return ALLOWED
    account = account_of(request, guard)
    is_begun = guard.account in (Account.PENDING, Account.CODE)
    known = known_device_of(request, guard) or (account if is_begun else "")
    verdict = rate_limits.check(request, guard.limit, account=account, known_device=known)
    address = typed_address(request, guard)
    if verdict.is_allowed and guard.mails_to_field and address:
        return rate_limits.check(request, auth_policy.MAILS_TO, account=address)
    return verdict


def account_of(request: HttpRequest, guard: Guard) -> str:
    """Whose attempt it is, hashed, since Redis needs to hold no addresses; "" when that cannot be said."""
    match guard.account:
        case Account.TYPED:
            return typed_address(request, guard)
        case Account.USER:
            return str(request.user.pk or "")
        case Account.PENDING:
            return str(pending_login(request).get("user_pk") or "")
        case Account.CODE:
            sent_at = code_sent_at(request)
            return f"{request.session.session_key}:{sent_at}" if sent_at else ""
        case Account.NOBODY:
            return ""


def typed_address(request: HttpRequest, guard: Guard) -> str:
    """The address in the form's own field, hashed: in one case, and without what follows a plus sign."""
    text = unicodedata.normalize("NFKC", request.POST.get(guard.field, "")).strip().casefold()
    local, sign, domain = text.rpartition("@")
    text = f"{local.partition('+')[0]}{sign}{domain}"
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def known_device_of(request: HttpRequest, guard: Guard) -> str:
    """What this browser is known by for the account that is tried; "" if it is not."""
    if not known_devices.knows_anybody(request):
        return ""
    match guard.account:
        case Account.TYPED:
            users = filter_users_by_email(request.POST.get(guard.field, "").strip())
            found = [known_devices.known_device(request, user.pk) for user in users]
            return next(filter(None, found), "")
        case Account.PENDING:
            user_id = pending_login(request).get("user_pk")
            return known_devices.known_device(request, base36_to_int(user_id)) if user_id else ""
        case _:
            return ""


def even_out(taken: float) -> None:
    """Wait until the time is up that every such answer takes; what is left to tell apart is lost in it."""
    rest = settings.EVEN_SECONDS - taken
    if rest > 0:
        time.sleep(rest)

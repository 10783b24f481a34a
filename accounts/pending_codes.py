"""Codes that a browser waits for, as allauth keeps them in its session."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest

from accounts.allauth_internals import (
    EMAIL_VERIFICATION_CODE_SESSION_KEY,
    LOGIN_SESSION_KEY,
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from accounts.models import User
from accounts.views.proof import PROOF_SESSION_KEY


def pending_login(request: HttpRequest) -> dict[str, Any]:
    """What allauth keeps of a login that waits for its next step."""
    kept = request.session.get(LOGIN_SESSION_KEY)
    return kept if isinstance(kept, dict) else {}


def code_sent_at(request: HttpRequest) -> list[float]:
    """When each code that this session waits for was first sent: sending it again gives no further tries."""
    keys = (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY, PROOF_SESSION_KEY)
    states = [*_login_states(request), *(request.session.get(key) or {} for key in keys)]
    return [state["at"] for state in states if "at" in state]


def drop_codes_to_lost_addresses(request: HttpRequest) -> None:
    """Whoever asked for a code to an address that the account has no longer waits for nothing."""
    if any(_is_lost(state) for state in _login_states(request)):
        del request.session[LOGIN_SESSION_KEY]
    if _is_lost(request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY) or {}):
        del request.session[PASSWORD_RESET_VERIFICATION_SESSION_KEY]


def _login_states(request: HttpRequest) -> list[dict[str, Any]]:
    stages = pending_login(request).get("state", {}).get("stages", {})
    return [stage.get("data") or {} for stage in stages.values() if isinstance(stage, dict)]


def _is_lost(state: dict[str, Any]) -> bool:
    user_id, email = state.get("user_id"), state.get("email")
    if not user_id or not email:
        return False
    is_theirs = EmailAddress.objects.filter(user_id=user_id, email=email.lower()).exists()
    return not is_theirs and not User.objects.filter(pk=user_id, email=email.lower()).exists()

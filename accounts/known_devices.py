"""Browsers that somebody has logged in with: what strangers try with an account does not use up what these may.

The cookie lets nobody in. It names no account to whoever reads it, and is good for the rate limits alone.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

COOKIE = "known_device"
COOKIE_LASTS = timedelta(days=180)
LINK_LASTS = timedelta(days=1)
MOST_ACCOUNTS = 5
_COOKIE_SALT = "accounts.known_devices.cookie"
_LINK_SALT = "accounts.known_devices.link"


def known_device(request: HttpRequest, user_id: int) -> str:
    """The random name that this browser has for an account; "" where nobody logged in to it here."""
    return _devices(request).get(_account(user_id), "")


def knows_anybody(request: HttpRequest) -> bool:
    return bool(_devices(request))


def remember_device(request: HttpRequest, response: HttpResponse, user_id: int) -> None:
    """Let the browser keep that this account is known here; the last few accounts are."""
    devices, account = _devices(request), _account(user_id)
    name = devices.pop(account, "") or secrets.token_hex(16)
    kept = dict([*devices.items(), (account, name)][-MOST_ACCOUNTS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_COOKIE_SALT),
        max_age=COOKIE_LASTS,
        path=reverse("accounts:account"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def device_link(user_id: int) -> str:
    """The address, for a mail to the account's owner, that makes the browser it is opened in a known one."""
    token = signing.dumps(user_id, salt=_LINK_SALT)
    return settings.BASE_URL + reverse("accounts:know_device", args=[token])


def user_of_link(token: str) -> int | None:
    """Whose link it is; None for one that is too old or not ours."""
    try:
        user_id = signing.loads(token, salt=_LINK_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return None
    return int(user_id)


def _devices(request: HttpRequest) -> dict[str, str]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_COOKIE_SALT, max_age=COOKIE_LASTS)
    except signing.BadSignature:
        return {}
    return dict(found)


def _account(user_id: int) -> str:
    return salted_hmac("accounts.known_devices", str(user_id), algorithm="sha256").hexdigest()[:20]

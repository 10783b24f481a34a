"""The moment at which somebody proves for the first time that an account's address is theirs.

allauth says so by a signal and in no other way, whichever flow the proof was part of.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.http import HttpRequest

from accounts.allauth_internals import get_authentication_records, record_authentication, unstash_login
from accounts.models import User
from accounts.services.credentials import keep_only_proved


def listen() -> None:
    email_confirmed.connect(on_email_confirmed, dispatch_uid="accounts.email_verified")


def on_email_confirmed(request: HttpRequest, email_address: EmailAddress, **_details: Any) -> None:
    """Unless it is the browser that signed up which now proves the address, keep only what this one came by."""
    user = User.objects.get(pk=email_address.user_id)
    others = EmailAddress.objects.filter(user=user, verified=True).exclude(pk=email_address.pk)
    if user.last_login is not None or others.exists():
        return
    login = unstash_login(request, peek=True)
    if login is not None and login.signup and login.user is not None and login.user.pk == user.pk:
        record_authentication(request, user, method="code", email=email_address.email)
        return
    methods = {record["method"] for record in get_authentication_records(request, user)}
    keep_only_proved(user=user, methods=methods)

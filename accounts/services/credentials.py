"""What happens to ways of logging in when an address is proved for the first time."""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from accounts.models import User


@transaction.atomic
def keep_only_proved(*, user: User, methods: Collection[str]) -> None:
    """Drop every way of logging in that was set up before anybody had proved to own the account's address.

    Somebody may sign up with another's address, leave a way in and wait until its owner proves the address.
    `methods` are those by which the person who proved it has just come in ("password", "socialaccount", …):
    these stay, since they are that person's own.
    """
    if "socialaccount" not in methods:
        SocialAccount.objects.filter(user=user).delete()
    if "mfa" not in methods:
        Authenticator.objects.filter(user=user).delete()
    if "password" not in methods and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])

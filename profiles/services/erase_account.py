"""Deleting an account with all that any app keeps on its person, in one transaction."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services.erasure import begin_erasure
from common.hooks import UserErased, on_user_erased
from profiles.models import Profile
from profiles.services.photo import delete_files


def erase_account(*, user: User, now: datetime) -> None:
    """Delete the account and all that any app keeps on the person. Their author records stay, owned by nobody."""
    photos = list(Profile.objects.filter(user=user).exclude(photo="").values_list("photo", flat=True))
    with transaction.atomic():
        begin_erasure(user=user)
        on_user_erased.call(UserErased(user_id=user.pk, at=now))
        user.delete()
    for name in photos:
        delete_files(name)

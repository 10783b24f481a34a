"""Deleting an account with all that any app keeps on its person; and what profiles itself erases then."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services.erasure import begin_erasure
from claims.selectors.ownership import is_owner
from common.hooks import UserErased, on_user_erased
from papers.services.privacy import set_private_names
from profiles.models import AttributionRequest, OptOut, Profile
from profiles.services.names import withdraw_name
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


@transaction.atomic
def erase_user_data(event: UserErased) -> None:
    """What profiles itself holds: the owner's words, names that they set, and who asked for a page to go.

    Corrections of works stay, since they are about the record; that it was this person who made them does not. A wish
    not to be listed stands on without them.
    """
    user = User.objects.get(pk=event.user_id)
    for author_id in Profile.objects.filter(user=user).values_list("author_id", flat=True):
        withdraw_name(user_id=user.pk, author_id=author_id, now=event.at)
        if is_owner(user=user, author_id=author_id):
            set_private_names(author_id=author_id, is_private=False, now=event.at)
    Profile.objects.filter(user=user).delete()
    OptOut.objects.filter(user=user).update(user=None)
    OptOut.objects.filter(decided_by=user).update(decided_by=None)
    AttributionRequest.objects.filter(decided_by=user).update(decided_by=None)

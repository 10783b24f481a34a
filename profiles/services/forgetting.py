"""Forgetting a person, in every app that knows them, in one transaction."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.db import transaction

from accounts.models import User
from accounts.services.erasure import begin_erasure
from claims.selectors.ownership import is_owner
from papers.models import BylineDecision
from papers.services.privacy import set_private_names
from profiles.models import AttributionRequest, OptOut, Profile
from profiles.services.names import withdraw_name
from profiles.services.photo import delete_files

# From the top of the house down: what refers to a row goes before the row.
APPS = ("collaborations", "following", "claims", "harvest", "metrics", "papers", "accounts")


def forget_everywhere(*, user: User, now: datetime) -> None:
    """Delete the account and all that any app holds on the person. Their author records stand, owned by nobody."""
    photos = list(Profile.objects.filter(user=user).exclude(photo="").values_list("photo", flat=True))
    with transaction.atomic():
        begin_erasure(user=user)
        forget_person(user=user, now=now)
        for forget in forgetters():
            forget(user=user, now=now)
        user.delete()
    for name in photos:
        delete_files(name)


@transaction.atomic
def forget_person(*, user: User, now: datetime) -> None:
    """What profiles itself holds: the owner's words, names that they set, and who asked for a page to go.

    Corrections of works stay, since they are about the record; that it was this person who made them does not. A wish
    not to be listed stands on without them.
    """
    for author_id in Profile.objects.filter(user=user).values_list("author_id", flat=True):
        withdraw_name(user_id=user.pk, author_id=author_id, now=now)
        if is_owner(user=user, author_id=author_id):
            set_private_names(author_id=author_id, is_private=False, now=now)
    Profile.objects.filter(user=user).delete()
    OptOut.objects.filter(user=user).update(user=None)
    OptOut.objects.filter(decided_by=user).update(decided_by=None)
    AttributionRequest.objects.filter(decided_by=user).update(decided_by=None)
    BylineDecision.objects.filter(by=user).update(by=None)


def forgetters() -> Iterator[Callable[..., object]]:
    """`forget_person` of every app that has one, save this."""
    for app in APPS:
        if find_spec(f"{app}.services") and find_spec(f"{app}.services.forgetting"):
            yield import_module(f"{app}.services.forgetting").forget_person

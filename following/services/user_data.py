"""Everything that following holds on a person, gone."""

from django.db import transaction

from accounts.models import User
from common.hooks import UserErased
from following.domain.kinds import PERSON
from following.models import Digest, EventLink, Follow, KeptFeed, MailedEvent, Preference, Reader
from following.services.follows import unfollow


@transaction.atomic
def erase_user_data(event: UserErased) -> int:
    """Delete follows, with the counts made anew, settings and digests; returns how many rows went."""
    user = User.objects.get(pk=event.user_id)
    follows = list(Follow.objects.filter(user=user).order_by("kind", "target_id").values_list("kind", "target_id"))
    for kind, target_id in follows:
        unfollow(user=user, kind=kind, target_id=target_id)
    gone = len(follows)
    for rows in (
        MailedEvent.objects.filter(user=user),
        Digest.objects.filter(user=user),
        EventLink.objects.filter(kind=PERSON, target_id=user.pk),
        Preference.objects.filter(user=user),
        Reader.objects.filter(user=user),
        KeptFeed.objects.filter(user=user),
    ):
        deleted, _ = rows.delete()
        gone += deleted
    return gone

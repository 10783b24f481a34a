"""The one door through which an owner writes: the right is looked at inside the transaction that uses it."""

from datetime import datetime

from accounts.models import User
from claims.selectors.ownership import is_disputed, is_owner
from papers.models import Author
from profiles.models import Profile
from profiles.selectors.ownership import profile_of


class NotOwner(Exception):
    """The page is not theirs, or no longer."""


class Disputed(Exception):
    """Somebody else's claim is being decided: until then an owner hides and moves nothing."""


def owned_profile(*, user: User, author_id: int, now: datetime) -> Profile:
    """The profile, locked and made where there was none; inside the caller's transaction. Raises NotOwner."""
    if not is_owner(user=user, author_id=author_id):
        raise NotOwner(author_id)
    # The author's row is locked so that two first saves make one profile.
    Author.objects.select_for_update(of=("self",)).only("pk").get(pk=author_id)
    known = profile_of(user=user, author_id=author_id)
    if known is not None:
        Profile.objects.filter(pk=known.pk, is_settled=True).update(is_settled=False)
        return Profile.objects.select_for_update().get(pk=known.pk)
    return Profile.objects.create(user=user, author_id=author_id, changed_at=now)


def require_undisputed(author_id: int) -> None:
    """Raises Disputed."""
    if is_disputed(author_id):
        raise Disputed(author_id)

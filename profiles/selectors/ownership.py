"""An author together with the right to edit its page: who has none finds nothing."""

from accounts.models import User
from claims.selectors.ownership import owned_authors, records_of
from papers.domain import public_ids
from papers.models import Author
from profiles.models import Profile


def access_author(user: User, public_id: str) -> Author:
    """The record that the user owns, listed or not. Raises Author.DoesNotExist for everybody else."""
    known = public_ids.decode(public_id)
    if known is None or known[0] != "A":
        raise Author.DoesNotExist(public_id)
    return owned_authors(user).get(pk=known[1])


def profile_of(*, user: User, author_id: int) -> Profile | None:
    """What the user has said on this page or on one that was merged into it; one query."""
    profiles = Profile.objects.filter(user=user, author_id__in=records_of([author_id]))
    return profiles.order_by("-changed_at", "pk").first()

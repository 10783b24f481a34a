"""Which pictures may be seen."""

from claims.selectors.ownership import owner_of
from papers.models.identity import canonical
from profiles.models import Profile


def is_photo_shown(name: str) -> bool:
    """Whether a page that is listed shows this picture now. Two queries."""
    row = Profile.objects.filter(photo=name).values_list("user_id", canonical("author"), "author__is_listed").first()
    if row is None:
        return False
    user_id, author_id, is_listed = row
    owner = owner_of(author_id)
    return is_listed and owner is not None and owner.pk == user_id

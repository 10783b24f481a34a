"""An owner's words: kept as typed, rendered once, safe from then on."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.richtext.text import clean_line
from common.richtext.user_text import clean_typed, typed_html
from profiles.domain.limits import LONGEST_AFFILIATION, LONGEST_BIO, MOST_LINKS
from profiles.domain.links import Link
from profiles.models import Profile
from profiles.services.owned import owned_profile


@transaction.atomic
def set_about(
    *, user: User, author_id: int, bio: str, affiliation: str, links: Sequence[Link], now: datetime
) -> Profile:
    """Raises NotOwner."""
    profile = owned_profile(user=user, author_id=author_id, now=now)
    profile.bio = clean_bio(bio)
    profile.bio_html = typed_html(profile.bio)
    profile.affiliation = clean_line(affiliation)[:LONGEST_AFFILIATION]
    profile.links = [[link.label, link.url] for link in links[:MOST_LINKS]]
    profile.changed_at = now
    profile.save(update_fields=["bio", "bio_html", "affiliation", "links", "changed_at"])
    return profile


def clean_bio(text: str) -> str:
    """As it is kept: a form counts a line's end as one character and a browser as two."""
    return clean_typed(text)[:LONGEST_BIO]

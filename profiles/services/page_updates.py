"""News of a claimed page, for those who follow its author."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from claims.models import Claim
from following.services.events import record_page_news
from papers.models import Author

TOLD_WITHIN = timedelta(days=7)
MOST_AT_ONCE = 5_000


def announce_texts(*, author: Author, now: datetime) -> None:
    """The owner wrote anew; however often in a day, followers hear of it once."""
    words = _("%(name)s updated their page") % {"name": author.name}
    _tell(author, key=f"words:{now.date().isoformat()}", text=words, now=now)


def announce_preference(*, author: Author, now: datetime) -> None:
    """The owner takes invitations from now on."""
    words = _("%(name)s is open to collaborate") % {"name": author.name}
    _tell(author, key=f"open:{now.date().isoformat()}", text=words, now=now)


def announce_owners(*, now: datetime) -> int:
    """Records that were claimed in the last days; each claim is news once, however often this runs."""
    claims = (
        Claim.objects.owning()
        .filter(approved_at__gt=now - TOLD_WITHIN, user__is_active=True)
        .select_related("author", "author__merged_into")
        .order_by("approved_at", "pk")
    )
    rows = list(claims[:MOST_AT_ONCE])
    for claim in rows:
        author = claim.canonical_author
        words = _("%(name)s claimed this page") % {"name": author.name}
        _tell(author, key=f"claimed:{claim.pk}", text=words, now=now)
    return len(rows)


def _tell(author: Author, *, key: str, text: str, now: datetime) -> None:
    if author.is_listed:
        record_page_news(author_id=author.pk, key=key, text=text, url=author.get_absolute_url(), now=now)

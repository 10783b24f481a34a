"""An owner's works as they are put in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from papers.domain.public_ids import encode
from papers.models import Author
from papers.selectors.cards import PaperCard, paper_cards
from profiles.models import PinnedWork
from profiles.selectors.ownership import profile_of
from profiles.selectors.works import WorksPage, WorksQuery, works_page


@dataclass(frozen=True, slots=True)
class OwnWork:
    card: PaperCard
    public_id: str
    is_pinned: bool
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class OwnWorks:
    pinned: tuple[OwnWork, ...]
    rest: tuple[OwnWork, ...]
    page: WorksPage


def own_works(*, user: User, author: Author, asked: Mapping[str, str], today: date) -> OwnWorks:
    """The pinned works, and a page of all, newest first or by words. Raises InvalidCursor."""
    profile = profile_of(user=user, author_id=author.pk)
    pins = PinnedWork.objects.filter(profile=profile).order_by("position", "pk") if profile else ()
    pinned = [pin.paper_id for pin in pins]
    words = asked.get("words", "")[:200].replace("\0", "").strip()
    query = WorksQuery(sort="newest", words=words, after=asked.get("after", ""), before=asked.get("before", ""))
    page = works_page(author.pk, query, today=today)
    cards = paper_cards(pinned, today=today, page_author_id=author.pk)
    last = len(cards) - 1
    return OwnWorks(
        tuple(OwnWork(c, encode("W", c.id), True, place == 0, place == last) for place, c in enumerate(cards)),
        tuple(OwnWork(c, encode("W", c.id), c.id in pinned) for c in page.cards),
        page,
    )

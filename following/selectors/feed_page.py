"""The feed as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from accounts.models import User
from following.domain.kinds import EVENT_KINDS
from following.models import Follow
from following.selectors.bundles import Bundle, bundles_of
from following.selectors.follows import read_target
from following.selectors.names import Target, targets_named
from following.selectors.recent_works import latest_of_followed
from following.selectors.windows import Asked, Window
from papers.selectors.cards import PaperCard

SORTS = ("newest", "relevant")


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of a feed. `latest_id` is what "all seen" means here; `has_follows` False: nothing is followed yet.
    `recent_works` are the latest works of what is followed, while nothing has happened to any of it."""

    asked: Asked
    bundles: tuple[Bundle, ...]
    target: Target | None
    target_code: str
    latest_id: int
    next_address: str
    has_follows: bool
    recent_works: tuple[PaperCard, ...]

    def address(self, **changes: str) -> str:
        """The query string of this list with changes, without defaults."""
        given = {
            "sort": self.asked.sort if self.asked.sort != "newest" else "",
            "kind": self.asked.kind,
            "of": self.target_code,
            "unseen": "1" if self.asked.is_unseen else "",
            **changes,
        }
        return "?" + urlencode({name: value for name, value in given.items() if value})

    @property
    def sorts(self) -> tuple[tuple[str, str, bool], ...]:
        return tuple(
            (name, self.address(sort="" if name == "newest" else name), name == self.asked.sort) for name in SORTS
        )

    @property
    def kinds(self) -> tuple[tuple[str, str, bool], ...]:
        """Each kind of event with the address of the list of it alone; "" stands for all."""
        return tuple((kind, self.address(kind=kind), kind == self.asked.kind) for kind in ("", *EVENT_KINDS))

    @property
    def all_address(self) -> str:
        return self.address(of="")

    @property
    def unseen_address(self) -> str:
        return self.address(unseen="" if self.asked.is_unseen else "1")

    @property
    def is_filtered(self) -> bool:
        return self.asked.is_filtered


def read_feed_query(given: Mapping[str, str]) -> Asked:
    """What an address asks for; what cannot be meant is left out."""
    sort, kind = given.get("sort", ""), given.get("kind", "")
    return Asked(
        sort=sort if sort in SORTS else "newest",
        kind=kind if kind in EVENT_KINDS else "",
        target=read_target(given.get("of", "")),
        is_unseen=given.get("unseen") == "1",
        after=given.get("after", ""),
    )


def feed_page(user: User, asked: Asked, window: Window, *, today: date) -> FeedPage:
    """The page of the events that were found: two queries; three when there are none, and what is followed is shown."""
    bundles = bundles_of(window.found, today=today)
    target = _target(bundles, asked)
    is_first = not bundles and not asked.is_filtered and not asked.after
    recent_works = latest_of_followed(user.pk, today=today) if is_first else ()
    page = FeedPage(
        asked=replace(asked, after=""),
        bundles=bundles,
        target=target,
        target_code=target.code if target else "",
        latest_id=window.latest_id,
        next_address="",
        has_follows=bool(bundles or recent_works) or Follow.objects.filter(user=user).exists(),
        recent_works=recent_works,
    )
    return replace(page, next_address=page.address(after=window.cursor)) if window.cursor else page


def _target(bundles: tuple[Bundle, ...], asked: Asked) -> Target | None:
    """The one thing that the list is about, by name; None for all."""
    if asked.target is None:
        return None
    for bundle in bundles:
        if bundle.target and (bundle.target.kind, bundle.target.id) == asked.target:
            return bundle.target
    return targets_named([asked.target]).get(asked.target)

"""Works that an owner wants seen first, and their order."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from accounts.models import User
from claims.selectors.ownership import records_of
from papers.models import Authorship
from profiles.domain.limits import MOST_PINS
from profiles.models import PinnedWork, Profile
from profiles.services.owned import owned_profile

type Way = Literal["up", "down", "first", "last"]


class NotTheirWork(Exception):
    """The author is not on the byline."""


class TooManyPins(Exception):
    """No more than MOST_PINS works are pinned."""


@transaction.atomic
def pin_work(*, user: User, author_id: int, paper_id: int, now: datetime) -> None:
    """Pin a work behind those that are pinned; one that is pinned stays where it is.

    Raises NotOwner, NotTheirWork and TooManyPins.
    """
    profile = owned_profile(user=user, author_id=author_id, now=now)
    if not Authorship.objects.filter(paper=paper_id, author_id__in=records_of([author_id])).exists():
        raise NotTheirWork(paper_id)
    pinned = _pinned(profile)
    if paper_id in pinned:
        return
    if len(pinned) >= MOST_PINS:
        raise TooManyPins(MOST_PINS)
    PinnedWork.objects.create(profile=profile, paper_id=paper_id, position=len(pinned) + 1)


@transaction.atomic
def unpin_work(*, user: User, author_id: int, paper_id: int, now: datetime) -> None:
    """Raises NotOwner."""
    profile = owned_profile(user=user, author_id=author_id, now=now)
    PinnedWork.objects.filter(profile=profile, paper=paper_id).delete()
    _renumber(profile, _pinned(profile))


@transaction.atomic
def move_pin(*, user: User, author_id: int, paper_id: int, way: Way, now: datetime) -> None:
    """One step up or down, or to an end; a work that is not pinned moves nothing. Raises NotOwner."""
    profile = owned_profile(user=user, author_id=author_id, now=now)
    pinned = _pinned(profile)
    if paper_id not in pinned:
        return
    place = pinned.index(paper_id)
    target = {"up": place - 1, "down": place + 1, "first": 0, "last": len(pinned) - 1}[way]
    pinned.insert(max(0, min(target, len(pinned) - 1)), pinned.pop(place))
    _renumber(profile, pinned)


def _pinned(profile: Profile) -> list[int]:
    rows = PinnedWork.objects.filter(profile=profile).order_by("position", "pk")
    return list(rows.values_list("paper_id", flat=True))


def _renumber(profile: Profile, papers: list[int]) -> None:
    """Positions 1, 2, …: the constraint looks when the transaction ends."""
    rows = {pin.paper_id: pin for pin in PinnedWork.objects.filter(profile=profile)}
    for position, paper_id in enumerate(papers, 1):
        rows[paper_id].position = position
    PinnedWork.objects.bulk_update(rows.values(), ["position"])

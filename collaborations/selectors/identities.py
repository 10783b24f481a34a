"""Who somebody is to others: their own author record, with its level; and what curators allow them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Min, Q

from accounts.models import User
from accounts.selectors.notices import unmailed
from claims.selectors.ownership import owned_authors
from collaborations.models import Block, Choice, ModerationAction
from papers.models import Author
from papers.selectors.addresses import address

ACTS_READ = 50
DIGESTS = (Choice.Mail.DAILY, Choice.Mail.WEEKLY)


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """What is shown of a person: never an address, always the name of their record. `url` is "" without one."""

    name: str
    url: str
    level: int = 0
    trust: int = 0


@dataclass(frozen=True, slots=True)
class Conduct:
    """What curators decided; None where nothing stands."""

    limited_until: datetime | None = None
    suspended_until: datetime | None = None


def own_author(user: User) -> Author | None:
    """The record that somebody writes as: of those they own the one with most works, with its numbers; one query."""
    owned = owned_authors(user).select_related("metrics")
    return owned.order_by("-metrics__works_count", "pk").first()


def link_to(author: Author) -> str:
    """The address of the author's page, "" for one who asked not to be listed."""
    return address("A", author.pk, author.name) if author.is_listed else ""


def still_owns(user: User, author: Author | None) -> bool:
    """Whether the record that somebody wrote as is theirs today, also after a merge. One query."""
    if author is None:
        return False
    return owned_authors(user).filter(pk__in=[author.pk, author.canonical_id]).exists()


def identity_of(author: Author | None) -> PublicIdentity | None:
    """None when the account behind it is gone."""
    if author is None:
        return None
    numbers = getattr(author, "metrics", None)
    return PublicIdentity(
        author.name,
        link_to(author),
        numbers.verification_level if numbers else 0,
        numbers.trust if numbers else 0,
    )


def conduct_of(user_id: int, *, now: datetime) -> Conduct:
    """The limit and the suspension in force; what was lifted counts no longer. One query."""
    lasting = [ModerationAction.Kind.LIMIT, ModerationAction.Kind.SUSPEND, ModerationAction.Kind.LIFT]
    acts = ModerationAction.objects.filter(about_id=user_id, kind__in=lasting).order_by("-pk")
    limited_until = suspended_until = None
    for kind, until in acts.values_list("kind", "until")[:ACTS_READ]:
        if kind == ModerationAction.Kind.LIFT:
            break
        if until is None or until <= now:
            continue
        if kind == ModerationAction.Kind.LIMIT:
            limited_until = max(until, limited_until or until)
        else:
            suspended_until = max(until, suspended_until or until)
    return Conduct(limited_until, suspended_until)


def has_blocked(*, blocker_id: int, blocked_id: int) -> bool:
    return Block.objects.filter(blocker_id=blocker_id, blocked_id=blocked_id).exists()


def choice_of(user_id: int) -> Choice:
    """What somebody chose; what is usual when they did not. One query."""
    return Choice.objects.filter(user_id=user_id).first() or Choice(user_id=user_id)


def mailed_among(user_ids: Iterable[int]) -> set[int]:
    """Those of the people who want mail at once. One query."""
    ids = set(user_ids)
    others = Choice.objects.filter(user_id__in=ids).exclude(mail=Choice.Mail.AT_ONCE)
    return ids - set(others.values_list("user_id", flat=True))


def digests_due(kinds: Collection[str]) -> list[tuple[int, str, datetime]]:
    """Everybody who wants a digest and was told something of these kinds that counts for it: (user, cadence, the first
    such moment). One query."""
    since = F("user__collaboration_choice__mails_since")
    rows = unmailed(kinds).filter(user__collaboration_choice__mail__in=DIGESTS)
    rows = rows.filter(Q(user__collaboration_choice__mails_since=None) | Q(created_at__gte=since))
    people = rows.order_by("user_id").values_list("user_id", "user__collaboration_choice__mail")
    return list(people.annotate(first=Min("created_at")))

"""One conversation as somebody inside sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from collaborations.models import Addition, Block, Message, Participant
from collaborations.selectors.identities import PublicIdentity
from collaborations.selectors.inbox import identity_of_participant

MESSAGES_A_PAGE = 50
EXPORTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message for its reader. `identity` is None when its author's account is gone; `is_emptied`: with its words."""

    id: int
    key: UUID
    identity: PublicIdentity | None
    is_own: bool
    kind: str
    text: str
    is_emptied: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a conversation, or who was."""

    identity: PublicIdentity | None
    user_id: int | None
    is_own: bool
    has_left: bool


@dataclass(frozen=True, slots=True)
class ConversationPage:
    """`messages` in the order they were said; `earlier` is the cursor of those before, 0 where there are none."""

    participant: Participant
    people: tuple[Person, ...]
    messages: tuple[ShownMessage, ...]
    earlier: int
    is_latest: bool
    additions: tuple[Addition, ...]

    @property
    def title(self) -> str:
        return self.participant.conversation.subject or self.names

    @property
    def names(self) -> str:
        return ", ".join(p.identity.name for p in self.people if p.identity and not p.is_own)

    @property
    def others_inside(self) -> int:
        return sum(not p.has_left and not p.is_own for p in self.people)

    @property
    def last_id(self) -> int:
        return self.messages[-1].id if self.messages else 0


def participant_in(key: UUID, user: User) -> Participant:
    """The reader as a participant. Raises Participant.DoesNotExist for everybody who is not inside. One query."""
    own = Participant.objects.select_related("conversation__invitation", "author")
    return own.get(conversation__key=key, user=user, left_at=None)


def conversation_page(participant: Participant, *, before: int = 0) -> ConversationPage:
    """The latest messages, or those before one. Three queries."""
    seen = messages_seen(participant).order_by("-pk")
    if before:
        seen = seen.filter(pk__lt=before)
    rows = list(seen[: MESSAGES_A_PAGE + 1])
    shown = rows[:MESSAGES_A_PAGE][::-1]
    inside = Participant.objects.filter(conversation_id=participant.conversation_id).select_related("author")
    people = tuple(
        Person(identity_of_participant(one), one.user_id, one.pk == participant.pk, one.left_at is not None)
        for one in inside.order_by("joined_at", "pk")
    )
    additions = Addition.objects.filter(conversation_id=participant.conversation_id, state__in=["proposed", "asked"])
    return ConversationPage(
        participant,
        people,
        tuple(_shown(row, participant) for row in shown),
        shown[0].pk if len(rows) > MESSAGES_A_PAGE else 0,
        not before,
        tuple(additions.select_related("author").order_by("pk")[:10]),
    )


def messages_after(participant: Participant, after: int) -> tuple[ShownMessage, ...]:
    """What is new since a message. One query."""
    rows = messages_seen(participant).filter(pk__gt=after).order_by("pk")[:MESSAGES_A_PAGE]
    return tuple(_shown(row, participant) for row in rows)


def all_messages(participant: Participant) -> Iterator[ShownMessage]:
    """Everything the reader may see, oldest first, read in portions."""
    for row in messages_seen(participant).order_by("pk").iterator(chunk_size=EXPORTED_AT_ONCE):
        yield _shown(row, participant)


def messages_seen(participant: Participant) -> QuerySet[Message]:
    """What was said since the reader joined, without people whom they blocked."""
    away = Block.objects.filter(blocker_id=participant.user_id).values("blocked_id")
    seen = Message.objects.filter(conversation_id=participant.conversation_id, pk__gt=participant.sees_after)
    return seen.exclude(participant__user__in=away).select_related("participant__author")


def _shown(row: Message, participant: Participant) -> ShownMessage:
    return ShownMessage(
        row.pk,
        row.key,
        identity_of_participant(row.participant),
        row.participant_id == participant.pk,
        row.kind,
        row.text,
        row.emptied_at is not None,
        row.sent_at,
    )

"""What the inbox lists: invitations to answer, conversations with the unread first, and what matches a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Q, QuerySet

from accounts.models import User
from collaborations.domain.quota import MOST_PENDING_RECEIVED
from collaborations.domain.states import ADDITIONS_OPEN, AdditionState, State
from collaborations.models import Addition, Block, Invitation, Message, Participant
from collaborations.selectors.identities import PublicIdentity, link_to
from common.db.keyset import Cursor, Order, page_of
from common.db.sql import fetch_value

CONVERSATIONS_A_PAGE = 25
INVITATIONS_A_PAGE = 25
FOUND_A_PAGE = 20
UNREAD_COUNTED = 100
SNIPPET = 200


# Every page of somebody who is logged in asks this: planned, and not put together anew each time.
_UNREAD = f"""
SELECT count(*) FROM (
    (SELECT FROM collaborations_participant WHERE user_id = %(user)s AND left_at IS NULL AND NOT is_archived
        AND unread = 1 AND NOT is_muted LIMIT %(most)s)
    UNION ALL (SELECT FROM collaborations_invitation WHERE receiver_id = %(user)s AND state = '{State.SENT}'
        AND seen_at IS NULL AND (sender_id IS NULL OR sender_id NOT IN (
            SELECT blocked_id FROM collaborations_block WHERE blocker_id = %(user)s)) LIMIT %(most)s)
    UNION ALL (SELECT FROM collaborations_addition WHERE user_id = %(user)s AND state = '{AdditionState.ASKED}'
        LIMIT %(most)s)
) waiting
"""

UNREAD_FIRST = Order("unread", "latest_id")
NEWEST_SENT_FIRST = Order("sent_at", "id", datetime.fromisoformat)


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """A conversation in the list; `people` without the reader. `snippet` is plain text, "" when nothing was said."""

    participant: Participant
    people: tuple[PublicIdentity | None, ...]
    snippet: str
    is_own: bool
    at: datetime

    @property
    def names(self) -> str:
        return ", ".join(identity.name for identity in self.people if identity)


@dataclass(frozen=True, slots=True)
class ConversationPage:
    rows: tuple[ConversationRow, ...]
    next_cursor: str
    previous_cursor: str


@dataclass(frozen=True, slots=True)
class InvitationPage:
    rows: tuple[Invitation, ...]
    next_cursor: str
    previous_cursor: str


def unread_count(user_id: int) -> int:
    """Conversations with something new, and what awaits an answer, up to 100 of each. One query."""
    return int(fetch_value(_UNREAD, {"user": user_id, "most": UNREAD_COUNTED}, is_prepared=True))


def received_invitations(user_id: int) -> tuple[Invitation, ...]:
    """What awaits an answer, newest first; few, since an inbox takes no more. One query."""
    pending = _shown_to(user_id, Invitation.objects.pending().filter(receiver_id=user_id))
    return tuple(_with_people(pending).order_by("-sent_at", "-pk")[:MOST_PENDING_RECEIVED])


def sent_invitations(user_id: int) -> tuple[Invitation, ...]:
    """What one's own invitations wait for, newest first. One query."""
    pending = Invitation.objects.pending().filter(sender_id=user_id)
    return tuple(_with_people(pending).order_by("-sent_at", "-pk")[:MOST_PENDING_RECEIVED])


def past_invitations(user_id: int, cursor: Cursor | None) -> InvitationPage:
    """Every invitation that a person sent or received, newest first. Two queries."""
    visible = Invitation.objects.visible_to(user_id)
    page = page_of(visible, order=NEWEST_SENT_FIRST, cursor=cursor, size=INVITATIONS_A_PAGE)
    rows = {row.pk: row for row in _with_people(Invitation.objects.filter(pk__in=page.ids))}
    return InvitationPage(tuple(rows[pk] for pk in page.ids), page.next_cursor, page.previous_cursor)


def asked_additions(user_id: int) -> tuple[Addition, ...]:
    """Conversations that one is asked to join, and proposals in one's conversations that await one's consent."""
    mine = Q(user_id=user_id, state=AdditionState.ASKED.value)
    inside = Q(
        state=AdditionState.PROPOSED.value,
        conversation__participants__in=Participant.objects.filter(user_id=user_id, left_at=None),
    )
    away = Block.objects.filter(blocker_id=user_id).values("blocked_id")
    rows = Addition.objects.filter(mine | inside, state__in=sorted(s.value for s in ADDITIONS_OPEN))
    rows = rows.exclude(consents__participant__user_id=user_id).exclude(proposed_by__user_id__in=away)
    return tuple(rows.select_related("author", "proposed_by__author").order_by("-pk").distinct()[:20])


def conversations_of(user_id: int, *, is_archived: bool, cursor: Cursor | None) -> ConversationPage:
    """Unread first, then the latest; three queries."""
    own = Participant.objects.filter(user_id=user_id, left_at=None, is_archived=is_archived, latest_id__gt=0)
    page = page_of(own, order=UNREAD_FIRST, cursor=cursor, size=CONVERSATIONS_A_PAGE)
    rows = _rows(own.filter(latest_id__in=page.ids), user_id)
    by_latest = {row.participant.latest_id: row for row in rows}
    return ConversationPage(
        tuple(by_latest[latest] for latest in page.ids if latest in by_latest),
        page.next_cursor,
        page.previous_cursor,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A message that was found; `before` opens the conversation with it as the last one."""

    message: Message
    identity: PublicIdentity | None
    subject: str

    @property
    def before(self) -> int:
        return self.message.pk + 1


def found_messages(user: User, query: str, *, before: int) -> tuple[tuple[Found, ...], int]:
    """What was said in one's conversations and matches the words, newest first; and where the next page begins, 0: nowhere.

    Two queries.
    """
    own = Participant.objects.filter(user=user, left_at=None)
    seen = Message.objects.filter(
        conversation__participants__in=own,
        kind=Message.Kind.TEXT,
        pk__gt=F("conversation__participants__sees_after"),
    ).exclude(participant__user__in=Block.objects.filter(blocker=user).values("blocked"))
    if before:
        seen = seen.filter(pk__lt=before)
    matching = seen.annotate(found=SearchVector("text", config="simple")).filter(
        found=SearchQuery(query, config="simple", search_type="websearch")
    )
    rows = list(matching.select_related("participant__author", "conversation").order_by("-pk")[: FOUND_A_PAGE + 1])
    shown = rows[:FOUND_A_PAGE]
    found = tuple(Found(row, identity_of_participant(row.participant), row.conversation.subject) for row in shown)
    return found, shown[-1].pk if len(rows) > FOUND_A_PAGE else 0


def identity_of_participant(participant: Participant) -> PublicIdentity | None:
    """A participant's name and page; the author is loaded along."""
    author = participant.author
    return None if author is None else PublicIdentity(author.name, link_to(author))


def _rows(own: QuerySet[Participant], user_id: int) -> Sequence[ConversationRow]:
    places = list(own.select_related("conversation").order_by("pk"))
    latest = {
        m.pk: m
        for m in Message.objects.filter(pk__in=[place.latest_id for place in places]).select_related("participant")
    }
    others: dict[int, list[PublicIdentity | None]] = {}
    inside = Participant.objects.filter(conversation__in=[place.conversation_id for place in places])
    for other in inside.exclude(user_id=user_id).select_related("author").order_by("pk"):
        others.setdefault(other.conversation_id, []).append(identity_of_participant(other))
    found = []
    for place in places:
        message = latest.get(place.latest_id)
        if message is None:
            continue
        people = tuple(others.get(place.conversation_id, ()))
        is_own = message.participant.user_id == user_id
        found.append(ConversationRow(place, people, message.text[:SNIPPET], is_own, message.sent_at))
    return found


def _shown_to(user_id: int, rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Without those of people whom the reader blocked."""
    return rows.exclude(sender__in=Block.objects.filter(blocker_id=user_id).values("blocked"))


def _with_people(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return rows.select_related("sender_author", "receiver_author", "paper", "topic", "conversation")

"""What a curator sees of a report: the reported thing with its context, and only that."""

from dataclasses import dataclass

from django.db.models import Q

from collaborations.models import Block, Message, ModerationAction, Participant, Report
from collaborations.selectors.conversations import ShownMessage
from collaborations.selectors.identities import PublicIdentity, link_to
from collaborations.selectors.inbox import identity_of_participant
from papers.models import Author

MESSAGES_SHOWN = 40
ACTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Context:
    """`about` and `reporter` by the names of their records, None when the account is gone; `reported_id` is a message's."""

    about: PublicIdentity | None
    reporter: PublicIdentity | None
    messages: tuple[ShownMessage, ...]
    reported_id: int | None
    earlier_actions: tuple[ModerationAction, ...]


def context_of(report: Report) -> Context:
    """Six queries at most. Nothing outside the report's bounds, and nothing that the reporter may not see."""
    about, reporter = _identities(report)
    actions = ModerationAction.objects.filter(about_id=report.about_id).order_by("-pk") if report.about_id else ()
    return Context(about, reporter, _messages(report), report.message_id, tuple(actions[:ACTS_SHOWN]))


def _identities(report: Report) -> tuple[PublicIdentity | None, PublicIdentity | None]:
    if report.invitation is not None:
        sender, receiver = report.invitation.sender_author, report.invitation.receiver_author
        sides = (sender, receiver) if report.about_id == report.invitation.sender_id else (receiver, sender)
        return _face(sides[0]), _face(sides[1])
    people = Participant.objects.filter(conversation=report.conversation).select_related("author")
    by_user = {person.user_id: identity_of_participant(person) for person in people}
    about, reporter = (by_user.get(pk) if pk else None for pk in (report.about_id, report.reporter_id))
    return about, reporter


def _face(author: Author | None) -> PublicIdentity | None:
    return PublicIdentity(author.name, link_to(author)) if author else None


def _messages(report: Report) -> tuple[ShownMessage, ...]:
    if report.conversation_id is None:
        return ()
    rows = Message.objects.filter(
        conversation_id=report.conversation_id,
        pk__gte=report.first_message_id,
        pk__lte=report.last_message_id,
    ).select_related("participant__author")
    hidden = Block.objects.filter(blocker_id=report.reporter_id, made_at__lte=report.made_at).values("blocked_id")
    rows = rows.filter(Q(pk=report.message_id) | ~Q(participant__user__in=hidden))
    return tuple(
        ShownMessage(
            row.pk,
            row.key,
            identity_of_participant(row.participant),
            row.participant.user_id == report.reporter_id,
            row.kind,
            row.text,
            row.emptied_at is not None,
            row.sent_at,
        )
        for row in rows.order_by("pk")[:MESSAGES_SHOWN]
    )

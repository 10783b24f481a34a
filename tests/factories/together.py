"""People who own their pages and talk: what tests of working together start from."""

from datetime import UTC, datetime, timedelta

from accounts.models import User
from claims.domain.names import NameVerdict
from claims.domain.states import State
from claims.models import Claim
from collaborations.domain.purposes import Purpose
from collaborations.models import CollaborationPreference, Conversation, Invitation
from collaborations.services.invitations import invite
from collaborations.services.responses import accept_invitation
from metrics.models import AuthorMetrics
from papers.models import Author

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS = "I read your last paper and have data that could test its second claim."


def own(user: User, author: Author, *, level: int = 3, trust: int = 0, **numbers) -> Author:
    """An approved claim, and the numbers as a refresh leaves them."""
    Claim.objects.create(
        user=user,
        author=author,
        state=State.APPROVED.value,
        claimed_name=author.name,
        name_verdict=next(iter(NameVerdict)).value,
        opened_at=NOON,
        submitted_at=NOON,
        approved_at=NOON,
    )
    measure(author, level=level, trust=trust, **numbers)
    return author


def measure(author: Author, *, level: int = 1, trust: int = 0, topics=(), categories=(), **numbers) -> AuthorMetrics:
    """`topics` and `categories` are pairs of a record and a number of works."""
    row, _is_new = AuthorMetrics.objects.update_or_create(
        author=author,
        defaults={
            "verification_level": level,
            "trust": trust,
            "computed_at": NOON,
            "top_topics": [[topic.pk, works] for topic, works in topics],
            "top_categories": [[category.pk, works] for category, works in categories],
            **numbers,
        },
    )
    return row


def open_up(user: User, *purposes: Purpose) -> CollaborationPreference:
    return CollaborationPreference.objects.create(user=user, is_open=True, purposes=[p.value for p in purposes])


def send(sender: User, to: Author, *, at: datetime = NOON, days: int = 30, **more) -> Invitation:
    return invite(
        sender=sender,
        author=to,
        now=at,
        days=days,
        **{"purpose": Purpose.CO_AUTHOR, "text": WORDS, **more},
    )


def talk(sender: User, receiver: User, to: Author, *, at: datetime = NOON, **more) -> Conversation:
    """An invitation that was accepted an hour later."""
    invitation = Invitation.objects.select_related(
        "sender_author", "receiver_author", "paper", "topic", "sender", "receiver"
    ).get(pk=send(sender, to, at=at, **more).pk)
    return accept_invitation(invitation=invitation, by=receiver, now=at + timedelta(hours=1))

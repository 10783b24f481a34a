"""Bringing somebody else into a conversation: everybody inside agrees, then the person does."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from claims.selectors.ownership import owner_of
from collaborations.domain.quota import MOST_PEOPLE, USUAL_EXPIRY_DAYS
from collaborations.domain.states import ADDITIONS, ADDITIONS_OPEN, AdditionState, AdditionStep
from collaborations.models import Addition, Block, CollaborationPreference, Consent, Conversation, Message, Participant
from collaborations.selectors.identities import conduct_of
from collaborations.services import notifications
from collaborations.services.responses import Suspended
from common.db.state_table import IllegalTransition
from papers.models import Author

_OPEN = sorted(state.value for state in ADDITIONS_OPEN)


class WhyNotJoin(StrEnum):
    """Why nobody can be proposed; what lies with the person is one answer."""

    INSIDE = "inside"
    PROPOSED = "proposed"
    FULL = "full"
    NOT_TAKING = "not taking"


class CannotAdd(Exception):
    def __init__(self, why: WhyNotJoin) -> None:
        super().__init__(why.value)
        self.why = why


@transaction.atomic
def propose_person(*, conversation: Conversation, by: User, author: Author, now: datetime) -> Addition:
    """Ask those inside whether the author's owner may join. Raises CannotAdd, Suspended, Participant.DoesNotExist."""
    own = _held(conversation).select_related("author").get(user=by)
    if until := conduct_of(by.pk, now=now).suspended_until:
        raise Suspended(until)
    inside = set(_held(conversation).values_list("user_id", flat=True))
    user = owner_of(author.pk)
    if user is not None and user.pk in inside:
        raise CannotAdd(WhyNotJoin.INSIDE)
    if len(inside) >= MOST_PEOPLE:
        raise CannotAdd(WhyNotJoin.FULL)
    if user is None or not _takes(user, by):
        raise CannotAdd(WhyNotJoin.NOT_TAKING)
    try:
        with transaction.atomic():
            addition = Addition.objects.create(
                conversation=conversation,
                proposed_by=own,
                user=user,
                author=author,
                proposed_at=now,
                expires_at=now + timedelta(days=USUAL_EXPIRY_DAYS),
            )
    except IntegrityError as error:
        raise CannotAdd(WhyNotJoin.PROPOSED) from error
    Consent.objects.create(addition=addition, participant=own, given_at=now)
    others = _held(conversation).exclude(user=by).exclude(user_id__in=_out_of_reach(by)).select_related("user")
    notifications.tell_of_addition(addition=addition, to=[p.user for p in others if p.user], now=now)
    _ask_when_agreed(addition, now)
    return addition


@transaction.atomic
def consent_to(*, addition: Addition, by: User, now: datetime) -> None:
    """Agree, as one who is inside. Raises IllegalTransition, Participant.DoesNotExist."""
    own = _held(addition.conversation).get(user=by)
    if _state(addition) is not AdditionState.PROPOSED or addition.expires_at <= now:
        raise IllegalTransition("nothing is asked any more")
    Consent.objects.get_or_create(addition=addition, participant=own, defaults={"given_at": now})
    _ask_when_agreed(addition, now)


@transaction.atomic
def refuse_addition(*, addition: Addition, by: User, now: datetime) -> None:
    """Say no, as one who is inside. Raises IllegalTransition, Participant.DoesNotExist."""
    _held(addition.conversation).get(user=by)
    _move(addition, AdditionStep.REFUSE, now)


@transaction.atomic
def join(*, addition: Addition, by: User, now: datetime) -> None:
    """Come in, as the one who was asked; what was said before stays closed. Raises IllegalTransition, Suspended."""
    if addition.user_id != by.pk:
        raise Addition.DoesNotExist
    conversation = addition.conversation
    if _held(conversation).count() >= MOST_PEOPLE:
        raise IllegalTransition("the conversation is full")
    if until := conduct_of(by.pk, now=now).suspended_until:
        raise Suspended(until)
    _move(addition, AdditionStep.JOIN, now)
    last = conversation.messages.order_by("-pk").values_list("pk", flat=True).first() or 0
    own, _is_new = Participant.objects.update_or_create(
        conversation=conversation,
        user=by,
        defaults={"author": addition.author, "joined_at": now, "left_at": None, "sees_after": last},
    )
    came = Message.objects.create(conversation=conversation, participant=own, kind=Message.Kind.JOINED, sent_at=now)
    Participant.objects.filter(pk=own.pk).update(latest_id=came.pk, read_to=came.pk, unread=0)


@transaction.atomic
def decline_to_join(*, addition: Addition, by: User, now: datetime) -> None:
    """Say no, as the one who was asked. Raises IllegalTransition, Addition.DoesNotExist."""
    if addition.user_id != by.pk:
        raise Addition.DoesNotExist
    _move(addition, AdditionStep.DECLINE, now)


def expire_additions(*, now: datetime) -> int:
    """End those whose time is up; returns how many."""
    return Addition.objects.filter(state__in=_OPEN, expires_at__lte=now).update(
        state=AdditionState.EXPIRED.value, decided_at=now
    )


def _held(conversation: Conversation) -> QuerySet[Participant]:
    """Those inside, with the conversation held so that nobody comes or goes meanwhile."""
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    return Participant.objects.filter(conversation=conversation, left_at=None)


def _state(addition: Addition) -> AdditionState:
    return AdditionState(Addition.objects.values_list("state", flat=True).get(pk=addition.pk))


def _takes(user: User, by: User) -> bool:
    is_open = CollaborationPreference.objects.filter(user=user, is_open=True).exists()
    return is_open and not Block.objects.filter(blocker=user, blocked=by).exists()


def _out_of_reach(by: User) -> list[int]:
    return list(Block.objects.filter(blocked=by).values_list("blocker_id", flat=True))


def _ask_when_agreed(addition: Addition, now: datetime) -> None:
    """The person is asked once everybody inside has agreed."""
    inside = set(
        Participant.objects.filter(conversation_id=addition.conversation_id, left_at=None).values_list("pk", flat=True)
    )
    agreed = set(addition.consents.values_list("participant_id", flat=True))
    if inside - agreed:
        return
    _move(addition, AdditionStep.ASK, now)
    notifications.tell_of_addition(addition=addition, to=[addition.user], now=now)


def _move(addition: Addition, action: AdditionStep, now: datetime) -> None:
    sources = ADDITIONS.sources_of(action)
    target = ADDITIONS.target_of(sources[0], action)
    rows = Addition.objects.filter(pk=addition.pk, state__in=[state.value for state in sources], expires_at__gt=now)
    decided_at = None if target in ADDITIONS_OPEN else now
    if not rows.update(state=target.value, decided_at=decided_at):
        raise IllegalTransition(f"{action.value} came too late")
    addition.state = target.value

"""Several at once, in real transactions: one legal state is left, quotas hold, and nothing breaks."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils.crypto import get_random_string

from collaborations.models import Block, Conversation, Invitation, Participant
from collaborations.services.blocking import block
from collaborations.services.invitations import CannotInvite
from collaborations.services.messages import say
from collaborations.services.responses import (
    accept_invitation,
    decline_invitation,
    expire_invitations,
    withdraw_invitation,
)
from common.db.state_table import IllegalTransition
from common.db.timeouts import LOCK_NOT_AVAILABLE
from tests.conftest import person
from tests.factories.library import make_author
from tests.factories.together import NOON, open_up, own, send, talk

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + timedelta(hours=1)
LEGAL = (IllegalTransition, CannotInvite, Invitation.DoesNotExist)


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Run each in a thread of its own, all at one moment; returns what went wrong beyond what is legal."""
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        ended = [pool.submit(run, act) for act in acts]
    return [error for future in ended if (error := future.exception()) and not is_legal(error)]


def is_legal(error: BaseException) -> bool:
    """What the services refuse; and, on a slow machine, that the last of fifty waited too long for the lock: a page
    says "try again" then."""
    if isinstance(error, OperationalError):
        return getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE
    return isinstance(error, LEGAL)


@pytest.mark.parametrize("_again", range(3))
def test_accept_decline_withdraw_expire_and_block_at_once_leave_one_legal_state(_again, ada, ada_page, ben, ben_page):
    sent = send(ada, ben_page, days=14)
    full = Invitation.objects.select_related("sender_author", "receiver_author", "sender", "receiver", "paper", "topic")
    copies = [full.get(pk=sent.pk) for _n in range(5)]
    end = sent.expires_at
    failures = at_once(
        lambda: accept_invitation(invitation=copies[0], by=ben, now=LATER),
        lambda: accept_invitation(invitation=copies[1], by=ben, now=LATER),
        lambda: decline_invitation(invitation=copies[2], by=ben, now=LATER),
        lambda: withdraw_invitation(invitation=copies[3], by=ada, now=LATER),
        lambda: expire_invitations(now=end),
        lambda: block(blocker=ada, blocked=ben, author=ben_page, now=LATER),
    )
    assert failures == []
    sent.refresh_from_db()
    assert sent.state != "sent"
    assert Conversation.objects.count() == (sent.state == "accepted")
    assert Block.objects.count() == 1
    # Whoever won, the blocker is not left alone in a room with the blocked.
    assert not Participant.objects.filter(user=ada, left_at=None).exists()


def test_a_burst_of_50_gets_no_further_than_the_quota(ada, ada_page):
    pages = []
    for number in range(50):
        other = person(f"p{number}@example.org", get_random_string(8))
        open_up(other)
        pages.append(own(other, make_author(f"Person {number}")))
    failures = at_once(*(lambda page=page: send(ada, page) for page in pages))
    assert failures == []
    assert Invitation.objects.count() == 5


def test_two_who_invite_each_other_at_once_have_one_invitation_between_them(ada, ada_page, ben, ben_page):
    open_up(ada)
    assert at_once(*(lambda: send(ada, ben_page), lambda: send(ben, ada_page)) * 4) == []
    assert Invitation.objects.count() == 1


def test_no_more_than_three_wait_for_an_author_whoever_comes_at_once(db):
    page = make_author("Grace Hopper")
    senders = [person(f"s{n}@example.org", f"S {n}") for n in range(12)]
    for sender in senders:
        own(sender, make_author(f"Sender {sender.pk}"))
    assert at_once(*(lambda sender=sender: send(sender, page) for sender in senders)) == []
    waiting = Invitation.objects.filter(receiver_author=page)
    assert sorted(waiting.values_list("waiting_position", flat=True)) == [1, 2, 3]


def test_messages_of_a_conversation_come_in_the_order_of_their_ids(ada, ada_page, ben, ben_page):
    conversation = talk(ada, ben, ben_page)
    people = [ada, ben] * 5
    assert (
        at_once(*(lambda who=who: say(conversation=conversation, by=who, text="x", now=LATER) for who in people)) == []
    )
    assert conversation.messages.count() == 11
    last = conversation.messages.order_by("-pk").first()
    assert set(conversation.participants.values_list("latest_id", flat=True)) == {last.pk}

"""Invitations: who may send how many to whom, and what becomes of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Notice, OutgoingMail
from claims.models import Claim
from collaborations.domain.purposes import Purpose
from collaborations.models import CollaborationPreference, Conversation, Invitation, ModerationAction
from collaborations.selectors.refusal_reasons import Why
from collaborations.services.blocking import block, choose
from collaborations.services.delivery import deliver_waiting, sweep_waiting
from collaborations.services.invitations import CannotInvite
from collaborations.services.responses import (
    accept_invitation,
    decline_invitation,
    expire_invitations,
    withdraw_invitation,
)
from common.db.state_table import IllegalTransition
from tests.conftest import person
from tests.factories.library import make_author
from tests.factories.together import NOON, open_up, own, send, talk

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def refused(sender, to, **more) -> Why:
    before = Invitation.objects.count()
    with pytest.raises(CannotInvite) as caught:
        send(sender, to, **more)
    assert Invitation.objects.count() == before
    return caught.value.refusal.why


def test_an_invitation_is_sent_told_in_the_page_and_by_one_mail_without_its_words(ada, ada_page, ben, ben_page):
    sent = send(ada, ben_page)
    assert (sent.state, sent.receiver, sent.delivered_at) == ("sent", ben, NOON)
    notice, letter = Notice.objects.get(user=ben), OutgoingMail.objects.get(to=ben)
    assert notice.url == f"/collaborations/invitations/{sent.key}/"
    assert "Ada Byron" in letter.subject
    for text in (letter.text, letter.html, notice.message):
        assert sent.text not in text
        assert ada.email not in text


def test_who_chose_no_mail_gets_a_notice_alone(ada, ada_page, ben, ben_page):
    choose(user=ben, is_suggested=True, mail="never", now=NOON)
    send(ada, ben_page)
    assert Notice.objects.filter(user=ben).count() == 1
    assert not OutgoingMail.objects.exists()


def test_only_the_owner_of_a_page_invites_and_only_who_takes_it_is_invited(ada, ben, ben_page, cleo):
    assert refused(ada, ben_page) == Why.NO_CLAIM
    page = own(ada, make_author("Ada Byron"))
    assert refused(ada, page) == Why.ONESELF
    closed = own(cleo, make_author("Cleo Somerville"))
    assert refused(ada, closed) == Why.NOT_TAKING
    CollaborationPreference.objects.filter(user=ben).update(purposes=[Purpose.TALK.value])
    assert refused(ada, ben_page) == Why.NOT_TAKING
    assert send(ada, ben_page, purpose=Purpose.TALK).pk


def test_a_claim_that_was_revoked_counts_at_once(ada, ada_page, ben_page):
    Claim.objects.filter(user=ada).update(state="revoked", closed_at=NOON)
    assert refused(ada, ben_page) == Why.NO_CLAIM


def test_between_two_people_one_invitation_is_open_in_either_direction(ada, ada_page, ben, ben_page):
    open_up(ada)
    sent = send(ada, ben_page)
    assert refused(ada, ben_page) == Why.PENDING
    assert refused(ben, ada_page) == Why.PENDING
    for sender, receiver in ((ada, ben), (ben, ada)):
        copy = Invitation(
            sender=sender,
            receiver=receiver,
            purpose="talk",
            text="x",
            sent_at=NOON,
            expires_at=LATER,
            delivered_at=NOON,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()
    withdraw_invitation(invitation=sent, by=ada, now=LATER)
    assert send(ben, ada_page, at=LATER).pk


def test_the_week_has_its_quota_which_grows_with_the_level(ada, ada_page):
    for number in range(5):
        other = person(f"p{number}@example.org", f"Person {number}")
        open_up(other)
        send(ada, own(other, make_author(f"Person {number}")))
    last = person("last@example.org", "Last")
    open_up(last)
    page = own(last, make_author("Last One"))
    assert refused(ada, page) == Why.WEEKLY
    assert send(ada, page, at=NOON + timedelta(days=7, seconds=1)).pk


def test_a_declined_sender_waits_90_days_and_the_other_side_need_not(ada, ada_page, ben, ben_page):
    open_up(ada)
    sent = send(ada, ben_page)
    decline_invitation(invitation=sent, by=ben, now=LATER)
    assert Notice.objects.filter(user=ada, kind="collaboration.declined").count() == 1
    assert refused(ada, ben_page, at=LATER + timedelta(days=89)) == Why.DECLINED
    assert send(ben, ada_page, at=LATER).pk
    Invitation.objects.filter(sender=ben).update(state="withdrawn", decided_at=LATER)
    assert send(ada, ben_page, at=LATER + timedelta(days=90, seconds=1)).pk


def test_accepting_opens_a_conversation_with_the_words_as_its_first_message(ada, ada_page, ben, ben_page):
    conversation = talk(ada, ben, ben_page)
    assert {p.user for p in conversation.participants.all()} == {ada, ben}
    assert [m.text for m in conversation.messages.all()] == [conversation.invitation.text]
    assert Notice.objects.filter(user=ada, kind="collaboration.accepted").count() == 1


def test_only_the_receiver_answers_and_only_the_sender_takes_back(ada, ada_page, ben, ben_page, cleo):
    sent = send(ada, ben_page)
    for who, act in (
        (cleo, accept_invitation),
        (cleo, decline_invitation),
        (cleo, withdraw_invitation),
        (ada, accept_invitation),
        (ada, decline_invitation),
        (ben, withdraw_invitation),
    ):
        with pytest.raises(Invitation.DoesNotExist):
            act(invitation=sent, by=who, now=LATER)
    sent.refresh_from_db()
    assert sent.state == "sent"
    assert not Conversation.objects.exists()


def test_what_is_over_stays_over_and_time_that_is_up_counts_before_the_sweep(ada, ada_page, ben, ben_page):
    sent = send(ada, ben_page, days=14)
    late = NOON + timedelta(days=14, seconds=1)
    with pytest.raises(IllegalTransition):
        accept_invitation(invitation=sent, by=ben, now=late)
    assert expire_invitations(now=late) == 1
    assert expire_invitations(now=late) == 0
    for act in (accept_invitation, decline_invitation):
        with pytest.raises(IllegalTransition):
            act(invitation=sent, by=ben, now=LATER)
    sent.refresh_from_db()
    assert (sent.state, sent.decided_at) == ("expired", late)


def test_to_an_unclaimed_author_at_most_three_wait_without_any_mail(ada, ada_page):
    page = make_author("Grace Hopper")
    senders = [ada, *(person(f"s{n}@example.org", f"S {n}") for n in range(3))]
    for sender in senders[1:]:
        own(sender, make_author(f"Sender {sender.pk}"))
    for sender in senders[:3]:
        assert send(sender, page).delivered_at is None
    assert refused(senders[3], page) == Why.NOT_TAKING
    assert refused(ada, page) == Why.PENDING
    assert not OutgoingMail.objects.exists()
    assert not Notice.objects.exists()


def test_what_waited_is_delivered_when_the_page_is_claimed_and_by_the_sweep_alone(ada, ada_page, ben, cleo):
    page = make_author("Ben Babbage")
    waiting = send(ada, page)
    assert deliver_waiting(author_id=page.pk, now=LATER) == 0
    own(ben, page)
    assert sweep_waiting(now=LATER) == 1
    assert deliver_waiting(author_id=page.pk, now=LATER) == 0
    waiting.refresh_from_db()
    assert (waiting.receiver, waiting.delivered_at, waiting.state) == (ben, LATER, "sent")
    assert Notice.objects.filter(user=ben).count() == 1
    assert accept_invitation(invitation=waiting, by=ben, now=LATER).pk


def test_what_waited_is_not_delivered_to_its_own_sender_nor_past_a_block(ada, ada_page, ben, ben_page):
    page = make_author("Grace Hopper")
    from_ada, from_ben = send(ada, page), send(ben, page)
    block(blocker=ben, blocked=ada, author=ada_page, now=NOON)
    own(ben, page)
    assert deliver_waiting(author_id=page.pk, now=LATER) == 0
    for invitation in (from_ada, from_ben):
        invitation.refresh_from_db()
        assert (invitation.state, invitation.receiver) == ("expired", None)
    assert not Notice.objects.filter(user=ben).exists()


def test_limited_and_suspended_senders_are_told_until_when(ada, ada_page, ben_page, dana):
    until = NOON + timedelta(days=3)
    ModerationAction.objects.create(about=ada, by=dana, kind="limit", reason="x", until=until, made_at=NOON)
    assert refused(ada, ben_page) == Why.LIMITED
    ModerationAction.objects.create(about=ada, by=dana, kind="suspend", reason="x", until=until, made_at=NOON)
    assert refused(ada, ben_page) == Why.SUSPENDED
    ModerationAction.objects.create(about=ada, by=dana, kind="lift", reason="x", made_at=NOON)
    assert send(ada, ben_page).pk

"""Conversations: who reads what, who is told, and what is left when somebody goes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Notice, OutgoingMail
from claims.models import Claim
from collaborations.models import (
    Addition,
    Block,
    Choice,
    CollaborationPreference,
    Invitation,
    Message,
    ModerationAction,
    Participant,
    Report,
)
from collaborations.selectors.conversations import conversation_page, messages_after, participant_in
from collaborations.selectors.inbox import conversations_of, found_messages, unread_count
from collaborations.selectors.user_data import export_user_data
from collaborations.services import messages, participants
from collaborations.services.blocking import ReportedAlready, block, report_message
from collaborations.services.moderation import decide_report, lift_limits
from collaborations.services.responses import Suspended
from collaborations.services.user_data import erase_user_data
from common.db.state_table import IllegalTransition
from common.hooks import UserErased
from tests.factories.together import NOON, send, talk

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=2)


@pytest.fixture
def conversation(ada, ada_page, ben, ben_page):
    return talk(ada, ben, ben_page)


def say(conversation, by, words, at=LATER):
    return messages.say(conversation=conversation, by=by, text=words, now=at)


def words_seen(conversation, user) -> list[str]:
    return [m.text for m in conversation_page(participant_in(conversation.key, user)).messages]


def bring_in_cleo(conversation, ada, ben, cleo, cleo_page):
    addition = participants.propose_person(conversation=conversation, by=ada, author=cleo_page, now=LATER)
    participants.consent_to(addition=addition, by=ben, now=LATER)
    participants.join(addition=addition, by=cleo, now=LATER)
    return addition


def test_a_message_is_unread_to_the_other_until_it_is_read(conversation, ada, ben):
    message = say(conversation, ada, "Hello")
    assert (unread_count(ada.pk), unread_count(ben.pk)) == (0, 1)
    messages.mark_read(participant=participant_in(conversation.key, ben), to=message.pk)
    assert unread_count(ben.pk) == 0
    messages.mark_read(participant=participant_in(conversation.key, ben), to=0)
    assert unread_count(ben.pk) == 0


def test_only_the_first_unread_message_is_told_and_none_of_a_muted_conversation(conversation, ada, ben):
    def told() -> int:
        return Notice.objects.filter(user=ben, kind="collaboration.message").count()

    say(conversation, ada, "One")
    second = say(conversation, ada, "Two")
    assert told() == 1
    assert OutgoingMail.objects.filter(to=ben, kind="collaboration.message").count() == 1
    messages.mark_read(participant=participant_in(conversation.key, ben), to=second.pk)
    messages.set_muted(conversation=conversation, by=ben, is_muted=True)
    say(conversation, ada, "Three")
    assert told() == 1
    assert unread_count(ben.pk) == 0


def test_an_archived_conversation_comes_back_with_the_next_message(conversation, ada, ben):
    messages.set_archived(conversation=conversation, by=ben, is_archived=True)
    assert conversations_of(ben.pk, is_archived=False, cursor=None).rows == ()
    assert len(conversations_of(ben.pk, is_archived=True, cursor=None).rows) == 1
    say(conversation, ada, "Back")
    assert len(conversations_of(ben.pk, is_archived=False, cursor=None).rows) == 1


def test_who_left_reads_and_writes_nothing_more_and_nobody_writes_to_an_empty_room(conversation, ada, ben):
    messages.leave(conversation=conversation, by=ben, now=LATER)
    with pytest.raises(Participant.DoesNotExist):
        participant_in(conversation.key, ben)
    with pytest.raises(Participant.DoesNotExist):
        say(conversation, ben, "Still here")
    with pytest.raises(messages.NobodyElse):
        say(conversation, ada, "Anyone?")
    assert conversation.messages.filter(kind="text").count() == 1


def test_a_stranger_is_in_no_conversation(conversation, cleo, cleo_page):
    for act in (
        lambda: say(conversation, cleo, "x"),
        lambda: messages.leave(conversation=conversation, by=cleo, now=LATER),
        lambda: messages.set_muted(conversation=conversation, by=cleo, is_muted=True),
        lambda: messages.start_thread(conversation=conversation, by=cleo, subject="x", text="x", now=LATER),
        lambda: participants.propose_person(conversation=conversation, by=cleo, author=cleo_page, now=LATER),
    ):
        with pytest.raises(Participant.DoesNotExist):
            act()
    assert Message.objects.count() == 1
    assert not Addition.objects.exists()


def test_who_no_longer_owns_the_page_they_wrote_as_reads_but_writes_no_more(conversation, ada, ben):
    Claim.objects.filter(user=ada).update(state="revoked", closed_at=NOON)
    with pytest.raises(messages.NoLongerOwner):
        say(conversation, ada, "It is me")
    assert words_seen(conversation, ada)
    assert say(conversation, ben, "Who are you?").pk


def test_a_further_thread_has_the_same_people_and_its_own_words(conversation, ada, ben):
    thread = messages.start_thread(conversation=conversation, by=ben, subject="Data", text="Where?", now=LATER)
    assert thread.begun_in == conversation
    assert words_seen(thread, ada) == ["Where?"]
    assert unread_count(ada.pk) == 1


def test_somebody_joins_when_all_inside_and_the_person_agree_and_reads_nothing_from_before(
    conversation, ada, ben, cleo, cleo_page
):
    addition = participants.propose_person(conversation=conversation, by=ada, author=cleo_page, now=LATER)
    with pytest.raises(IllegalTransition):
        participants.join(addition=addition, by=cleo, now=LATER)
    participants.consent_to(addition=addition, by=ben, now=LATER)
    with pytest.raises(Addition.DoesNotExist):
        participants.join(addition=addition, by=ben, now=LATER)
    participants.join(addition=addition, by=cleo, now=LATER)
    assert [m.kind for m in conversation_page(participant_in(conversation.key, cleo)).messages] == ["joined"]
    say(conversation, ada, "Welcome")
    assert words_seen(conversation, cleo)[-1] == "Welcome"
    assert found_messages(cleo, "paper", before=0)[0] == ()


def test_one_who_is_inside_can_refuse_and_a_closed_person_cannot_be_proposed(conversation, ada, ben, cleo, cleo_page):
    addition = participants.propose_person(conversation=conversation, by=ada, author=cleo_page, now=LATER)
    participants.refuse_addition(addition=addition, by=ben, now=LATER)
    with pytest.raises(IllegalTransition):
        participants.consent_to(addition=addition, by=ben, now=LATER)
    CollaborationPreference.objects.filter(user=cleo).update(is_open=False)
    with pytest.raises(participants.CannotAdd) as closed:
        participants.propose_person(conversation=conversation, by=ada, author=cleo_page, now=LATER)
    CollaborationPreference.objects.filter(user=cleo).update(is_open=True)
    block(blocker=cleo, blocked=ada, author=None, now=LATER)
    with pytest.raises(participants.CannotAdd) as blocked:
        participants.propose_person(conversation=conversation, by=ada, author=cleo_page, now=LATER)
    assert closed.value.why == blocked.value.why


def test_a_block_ends_what_the_two_share_alone_and_looks_like_leaving(conversation, ada, ada_page, ben):
    block(blocker=ben, blocked=ada, author=ada_page, now=LATER)
    block(blocker=ben, blocked=ada, author=ada_page, now=LATER)
    assert Block.objects.count() == 1
    with pytest.raises(messages.NobodyElse):
        say(conversation, ada, "Hello?")
    assert conversation_page(participant_in(conversation.key, ada)).messages[-1].kind == "left"
    assert unread_count(ben.pk) == 0


def test_among_several_the_blocker_no_longer_sees_nor_hears_the_blocked_who_cannot_tell(
    conversation, ada, ada_page, ben, cleo, cleo_page
):
    bring_in_cleo(conversation, ada, ben, cleo, cleo_page)
    block(blocker=ben, blocked=ada, author=ada_page, now=LATER)
    before = Notice.objects.filter(user=ben).count()
    place = participant_in(conversation.key, ben)
    message = say(conversation, ada, "Everybody reads this")
    messages.start_thread(conversation=conversation, by=ada, subject="Aside", text="Also this", now=LATER)
    assert unread_count(ben.pk) == 0
    assert Notice.objects.filter(user=ben).count() == before
    assert messages_after(place, message.pk - 1) == ()
    assert len(conversations_of(ben.pk, is_archived=False, cursor=None).rows) == 1
    assert found_messages(ben, "reads", before=0)[0] == ()
    assert words_seen(conversation, cleo)[-1] == "Everybody reads this"
    assert len(conversation_page(participant_in(conversation.key, ada)).people) == 3


def test_a_report_is_taken_once_bounded_and_decided_once_with_everything_in_the_log(conversation, ada, ben, dana):
    bad = say(conversation, ada, "Send money")
    for number in range(15):
        say(conversation, ada, f"Later {number}")
    place = participant_in(conversation.key, ben)
    report = report_message(participant=place, message=bad, reason="fraud", text="See", now=LATER)
    assert report.last_message_id - bad.pk <= 10
    with pytest.raises(ReportedAlready):
        report_message(participant=place, message=bad, reason="fraud", text="See", now=LATER)
    decide_report(report=report, kind=ModerationAction.Kind.SUSPEND, reason="Fraud", by=dana, now=LATER, days=7)
    with pytest.raises(IllegalTransition):
        decide_report(report=report, kind=ModerationAction.Kind.DISMISS, reason="No", by=dana, now=LATER)
    with pytest.raises(Suspended):
        say(conversation, ada, "More", at=LATER + timedelta(days=1))
    lift_limits(about=ada, reason="Appeal", by=dana, now=LATER)
    assert say(conversation, ada, "Sorry", at=LATER + timedelta(days=1)).pk
    assert [act.kind for act in ModerationAction.objects.order_by("pk")] == ["suspend", "lift"]
    assert Notice.objects.filter(user=ada, kind="collaboration.conduct").count() == 2
    assert Notice.objects.filter(user=ben, kind="collaboration.conduct").count() == 1


def test_what_curators_did_is_never_changed(ada, dana):
    act = ModerationAction.objects.create(about=ada, by=dana, kind="warn", reason="x", made_at=NOON)
    for change in (lambda: ModerationAction.objects.update(reason="y"), act.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ModerationAction.objects.get().reason == "x"


def test_a_forgotten_person_leaves_an_empty_side_and_the_others_keep_theirs(
    conversation, ada, ada_page, ben, ben_page, cleo, cleo_page
):
    say(conversation, ada, "My secret")
    say(conversation, ben, "My answer")
    send(ada, cleo_page, at=LATER)
    report_message(
        participant=participant_in(conversation.key, ben),
        message=conversation.messages.get(text="My secret"),
        reason="spam",
        text="",
        now=LATER,
    )
    assert "My secret" in str(export_user_data(ada.pk))
    for _twice in range(2):
        erase_user_data(UserErased(ada.pk, LATER))
    ada.delete()
    page = conversation_page(participant_in(conversation.key, ben))
    told = [(m.identity.name if m.identity else None, m.text, m.kind) for m in page.messages]
    assert told == [
        (None, "", "text"),
        (None, "", "text"),
        ("Ben Babbage", "My answer", "text"),
        (None, "", "left"),
    ]
    assert not Message.objects.filter(text__contains="secret").exists()
    assert set(Invitation.objects.values_list("text", "sender", "sender_author")) == {("", None, None)}
    assert set(Invitation.objects.values_list("state", flat=True)) == {"accepted", "withdrawn"}
    assert Report.objects.get().about is None
    assert not Choice.objects.filter(user_id=ada.pk).exists()


def test_what_is_held_on_a_person_tells_nothing_of_what_others_wrote(conversation, ada, ben):
    say(conversation, ben, "Said by Ben")
    held = str(export_user_data(ada.pk))
    assert "Said by Ben" not in held
    assert ben.email not in held
    assert "I read your last paper" in held

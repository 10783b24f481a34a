"""Mails that a mail server may have taken: settled by somebody who says why, and by nobody else."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from accounts.models import OutgoingMail, User
from accounts.services import sending
from accounts.services.curators import make_curator
from accounts.services.outgoing_mail import message_id
from accounts.services.unknown_delivery import discard, send_again

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
State = OutgoingMail.State


@pytest.fixture
def senior() -> User:
    return make_curator(email="sena@example.org", is_senior=True).user


def make_mail(to: User, key: str, *, state: str = State.UNKNOWN, text: str = "Some words.\n", **more) -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind="test",
        key=key,
        to=to,
        address=to.email,
        subject="A subject",
        text=text,
        state=state,
        attempts=3,
        message_id=message_id("test", key),
        not_before=NOW,
        written_at=NOW,
        failure="The line broke.",
        **more,
    )


def states() -> dict[str, str]:
    return dict(OutgoingMail.objects.values_list("key", "state"))


def test_an_unsure_letter_is_sent_again_under_the_same_message_id(
    ada, senior, bell, django_capture_on_commit_callbacks
):
    stored = make_mail(ada, "1")
    assert sending.send_waiting(clock=lambda: NOW, most=10) == 0
    with django_capture_on_commit_callbacks(execute=True):
        done = send_again(mail_ids=[stored.pk], reason="The server's log has none.", by=senior, now=NOW)
    assert (done.ids, done.left, bell) == ((stored.pk,), 0, [("accounts.send_outgoing_mail", {})])
    assert sending.send_waiting(clock=lambda: NOW, most=10) == 1
    (message,) = mail.outbox
    assert (message.to, message.extra_headers["Message-ID"]) == ([ada.email], stored.message_id)
    assert states() == {"1": State.SENT}
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (senior, str(stored.pk))
    assert entry.change_message == "Sent again: The server's log has none."


def test_a_letter_that_is_let_go_never_leaves_and_its_row_says_so(ada, senior):
    stored = make_mail(ada, "1")
    assert discard(mail_ids=[stored.pk], reason="It has arrived.", by=senior).ids == (stored.pk,)
    assert sending.recover_mail(now=NOW + timedelta(days=1)) == 0
    assert sending.send_waiting(clock=lambda: NOW, most=10) == 0
    assert (states(), mail.outbox) == ({"1": State.DISCARDED}, [])
    assert LogEntry.objects.get().change_message == "Discarded: It has arrived."
    sending.forget_texts(before=NOW + timedelta(days=1))
    assert OutgoingMail.objects.get().text == ""


def test_only_what_is_unsure_is_settled_and_nothing_without_its_text_is_sent(ada, senior):
    others = [state for state in State.values if state != State.UNKNOWN]
    leased = {State.SENDING, State.HANDED}
    for state in others:
        until = NOW + timedelta(minutes=3) if state in leased else None
        make_mail(ada, state, state=state, lease_until=until, sent_at=NOW if state == State.SENT else None)
    forgotten = make_mail(ada, "forgotten", text="")
    before = states()
    ids = [*OutgoingMail.objects.values_list("pk", flat=True), 10**9]
    assert send_again(mail_ids=ids, reason="All", by=senior, now=NOW).ids == ()
    assert states() == before
    assert not LogEntry.objects.exists()
    done = discard(mail_ids=ids, reason="All", by=senior)
    assert (done.ids, done.left) == ((forgotten.pk,), len(others) + 1)
    assert states() == before | {"forgotten": State.DISCARDED}


def test_sent_again_it_may_be_unsure_again_and_a_closed_account_gets_nothing(ada, ben, senior, monkeypatch):
    first, second = make_mail(ada, "1"), make_mail(ben, "2")
    User.objects.filter(pk=ben.pk).update(is_active=False)
    send_again(mail_ids=[first.pk, second.pk], reason="Again", by=senior, now=NOW)

    def broken(*_args):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(type(sending.mailers["default"]), "send_messages", broken)
    monkeypatch.setattr(sending, "is_repeatable", lambda: False)
    sending.send_waiting(clock=lambda: NOW, most=10)
    assert states() == {"1": State.UNKNOWN, "2": State.REFUSED}


def test_a_senior_curator_settles_letters_with_a_reason_and_sees_it_in_their_history(client, ada, senior):
    one, two, sent = make_mail(ada, "1"), make_mail(ada, "2"), make_mail(ada, "3", state=State.FAILED)
    client.force_login(senior)
    listed = client.get(reverse("admin:accounts_outgoingmail_changelist"), {"state__exact": "unknown"}).content.decode()
    assert listed.count("ada@example.org") == 2
    page = client.get(reverse("admin:accounts_outgoingmail_change", args=[one.pk])).content.decode()
    again = f"{reverse('admin:accounts_outgoingmail_settle_again')}?ids={one.pk}"
    assert again in page
    assert "settle/" not in client.get(reverse("admin:accounts_outgoingmail_change", args=[sent.pk])).content.decode()
    shown = client.get(again).content.decode()
    assert "ada@example.org" in shown
    assert "The line broke." in shown
    assert client.post(again, {"ids": str(one.pk), "reason": " "}).status_code == 200
    assert states()["1"] == State.UNKNOWN
    client.post(again, {"ids": str(one.pk), "reason": "Not in their log"})
    assert states() == {"1": State.WAITING, "2": State.UNKNOWN, "3": State.FAILED}
    history = client.get(reverse("admin:accounts_outgoingmail_history", args=[one.pk])).content.decode()
    assert "Sent again: Not in their log" in history
    chosen = {"action": "discard", "_selected_action": [two.pk, sent.pk]}
    answer = client.post(reverse("admin:accounts_outgoingmail_changelist"), chosen)
    assert answer["Location"].endswith(f"settle/discard/?ids={two.pk},{sent.pk}")
    answer = client.post(answer["Location"], {"ids": f"{two.pk},{sent.pk}", "reason": "Old"}, follow=True)
    assert "1 e-mail is discarded. Left unchanged: 1" in answer.content.decode()
    assert states() == {"1": State.WAITING, "2": State.DISCARDED, "3": State.FAILED}


@pytest.mark.parametrize("ids", ["", "x", "1,", "-1", "9" * 30, ",".join(map(str, range(501)))])
def test_what_names_no_letters_is_not_found(client, senior, ids):
    client.force_login(senior)
    address = reverse("admin:accounts_outgoingmail_settle_again")
    assert client.get(address, {"ids": ids}).status_code == 404
    assert client.post(address, {"ids": ids, "reason": "x"}).status_code == 404


def test_curators_and_strangers_settle_nothing(client, ada, cleo, dana):
    stored = make_mail(ada, "1")
    before = OutgoingMail.objects.values().get()
    for user, expected in ((None, 302), (cleo, 302), (dana, 403)):
        if user:
            client.force_login(user)
        for act in ("again", "discard"):
            address = reverse(f"admin:accounts_outgoingmail_settle_{act}")
            assert client.get(address, {"ids": stored.pk}).status_code == expected
            assert client.post(address, {"ids": stored.pk, "reason": "Mine"}).status_code == expected
    assert OutgoingMail.objects.values().get() == before
    assert not LogEntry.objects.exists()

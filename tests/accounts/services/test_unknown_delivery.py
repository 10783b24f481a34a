"""Letters that a mail server may have taken: settled by somebody who says why, and by nobody else."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from accounts.models import Letter, User
from accounts.services import sending
from accounts.services.curators import make_curator
from accounts.services.letters import message_id
from accounts.services.unknown_delivery import discard, send_again

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
State = Letter.State


@pytest.fixture
def senior() -> User:
    return make_curator(email="sena@example.org", is_senior=True).user


def make_letter(to: User, key: str, *, state: str = State.UNSURE, text: str = "Some words.\n", **more) -> Letter:
    return Letter.objects.create(
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
    return dict(Letter.objects.values_list("key", "state"))


def test_an_unsure_letter_is_sent_again_under_the_same_message_id(
    ada, senior, bell, django_capture_on_commit_callbacks
):
    letter = make_letter(ada, "1")
    assert sending.send_waiting(clock=lambda: NOW, most=10) == 0
    with django_capture_on_commit_callbacks(execute=True):
        done = send_again(letter_ids=[letter.pk], reason="The server's log has none.", by=senior, now=NOW)
    assert (done.ids, done.left, bell) == ((letter.pk,), 0, [("accounts.send_letters", {})])
    assert sending.send_waiting(clock=lambda: NOW, most=10) == 1
    (message,) = mail.outbox
    assert (message.to, message.extra_headers["Message-ID"]) == ([ada.email], letter.message_id)
    assert states() == {"1": State.SENT}
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (senior, str(letter.pk))
    assert entry.change_message == "Sent again: The server's log has none."


def test_a_letter_that_is_let_go_never_leaves_and_its_row_says_so(ada, senior):
    letter = make_letter(ada, "1")
    assert discard(letter_ids=[letter.pk], reason="It has arrived.", by=senior).ids == (letter.pk,)
    assert sending.recover_letters(now=NOW + timedelta(days=1)) == 0
    assert sending.send_waiting(clock=lambda: NOW, most=10) == 0
    assert (states(), mail.outbox) == ({"1": State.LET_GO}, [])
    assert LogEntry.objects.get().change_message == "Discarded: It has arrived."
    sending.forget_texts(before=NOW + timedelta(days=1))
    assert Letter.objects.get().text == ""


def test_only_what_is_unsure_is_settled_and_nothing_without_its_text_is_sent(ada, senior):
    others = [state for state in State.values if state != State.UNSURE]
    leased = {State.SENDING, State.HANDED}
    for state in others:
        until = NOW + timedelta(minutes=3) if state in leased else None
        make_letter(ada, state, state=state, lease_until=until, sent_at=NOW if state == State.SENT else None)
    forgotten = make_letter(ada, "forgotten", text="")
    before = states()
    ids = [*Letter.objects.values_list("pk", flat=True), 10**9]
    assert send_again(letter_ids=ids, reason="All", by=senior, now=NOW).ids == ()
    assert states() == before
    assert not LogEntry.objects.exists()
    done = discard(letter_ids=ids, reason="All", by=senior)
    assert (done.ids, done.left) == ((forgotten.pk,), len(others) + 1)
    assert states() == before | {"forgotten": State.LET_GO}


def test_sent_again_it_may_be_unsure_again_and_a_closed_account_gets_nothing(ada, ben, senior, monkeypatch):
    first, second = make_letter(ada, "1"), make_letter(ben, "2")
    User.objects.filter(pk=ben.pk).update(is_active=False)
    send_again(letter_ids=[first.pk, second.pk], reason="Again", by=senior, now=NOW)

    def broken(*_args):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr(type(sending.mailers["default"]), "send_messages", broken)
    monkeypatch.setattr(sending, "is_repeatable", lambda: False)
    sending.send_waiting(clock=lambda: NOW, most=10)
    assert states() == {"1": State.UNSURE, "2": State.REFUSED}


def test_a_senior_curator_settles_letters_with_a_reason_and_sees_it_in_their_history(client, ada, senior):
    one, two, sent = make_letter(ada, "1"), make_letter(ada, "2"), make_letter(ada, "3", state=State.FAILED)
    client.force_login(senior)
    listed = client.get(reverse("admin:accounts_letter_changelist"), {"state__exact": "unsure"}).content.decode()
    assert listed.count("ada@example.org") == 2
    page = client.get(reverse("admin:accounts_letter_change", args=[one.pk])).content.decode()
    again = f"{reverse('admin:accounts_letter_settle_again')}?ids={one.pk}"
    assert again in page
    assert "settle/" not in client.get(reverse("admin:accounts_letter_change", args=[sent.pk])).content.decode()
    shown = client.get(again).content.decode()
    assert "ada@example.org" in shown
    assert "The line broke." in shown
    assert client.post(again, {"ids": str(one.pk), "reason": " "}).status_code == 200
    assert states()["1"] == State.UNSURE
    client.post(again, {"ids": str(one.pk), "reason": "Not in their log"})
    assert states() == {"1": State.WAITING, "2": State.UNSURE, "3": State.FAILED}
    history = client.get(reverse("admin:accounts_letter_history", args=[one.pk])).content.decode()
    assert "Sent again: Not in their log" in history
    chosen = {"action": "discard", "_selected_action": [two.pk, sent.pk]}
    answer = client.post(reverse("admin:accounts_letter_changelist"), chosen)
    assert answer["Location"].endswith(f"settle/discard/?ids={two.pk},{sent.pk}")
    answer = client.post(answer["Location"], {"ids": f"{two.pk},{sent.pk}", "reason": "Old"}, follow=True)
    assert "1 e-mail is discarded. Left unchanged: 1" in answer.content.decode()
    assert states() == {"1": State.WAITING, "2": State.LET_GO, "3": State.FAILED}


@pytest.mark.parametrize("ids", ["", "x", "1,", "-1", "9" * 30, ",".join(map(str, range(501)))])
def test_what_names_no_letters_is_not_found(client, senior, ids):
    client.force_login(senior)
    address = reverse("admin:accounts_letter_settle_again")
    assert client.get(address, {"ids": ids}).status_code == 404
    assert client.post(address, {"ids": ids, "reason": "x"}).status_code == 404


def test_curators_and_strangers_settle_nothing(client, ada, cleo, dana):
    letter = make_letter(ada, "1")
    before = Letter.objects.values().get()
    for user, expected in ((None, 302), (cleo, 302), (dana, 403)):
        if user:
            client.force_login(user)
        for act in ("again", "discard"):
            address = reverse(f"admin:accounts_letter_settle_{act}")
            assert client.get(address, {"ids": letter.pk}).status_code == expected
            assert client.post(address, {"ids": letter.pk, "reason": "Mine"}).status_code == expected
    assert Letter.objects.values().get() == before
    assert not LogEntry.objects.exists()

"""The outbox: a mail is a row, and leaves once."""

import email
import os
import signal
from datetime import UTC, datetime, timedelta
from email import policy

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction

from accounts.mail import KeptMail, kept_mails
from accounts.models import OutgoingMail, SuppressedAddress
from accounts.services import outgoing_mail, sending
from accounts.services.outgoing_mail import UnsafeHeader, suppress_address, write_mail
from tests.accounts.mail_server import mail_server

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
State = OutgoingMail.State


@pytest.fixture(autouse=True)
def a_template(monkeypatch):
    """Letters whose words are given by the test, without template files of their own."""

    def render(name, context):
        if name.endswith("_message.html"):
            raise outgoing_mail.TemplateDoesNotExist(name)
        return str(context["subject"] if name.endswith("_subject.txt") else context["text"])

    monkeypatch.setattr(outgoing_mail, "render_to_string", render)


def write(to, key="1", *, subject="A subject", text="Some words.", now=NOW, **more) -> OutgoingMail:
    context = {"subject": subject, "text": text}
    return write_mail(to=to, kind="test", key=key, template="any", context=context, now=now, **more)


def send(*, now=NOW, most=100) -> int:
    return sending.send_waiting(clock=lambda: now, most=most)


def smtp(settings, server) -> None:
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": server.server_address[1], "timeout": 5},
        }
    }


@pytest.mark.django_db
def test_a_letter_written_twice_is_one_row_and_one_mail(ada, django_capture_on_commit_callbacks, bell):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = write(ada), write(ada, text="Other words.")
    assert first.pk == second.pk
    assert second.text == "Some words.\n"
    assert ("accounts.send_outgoing_mail", {}) in bell
    assert send() == 1
    assert send() == 0
    assert [message.body for message in mail.outbox] == ["Some words.\n"]
    first.refresh_from_db()
    assert (first.state, first.attempts, first.sent_at) == (State.SENT, 1, NOW)


@pytest.mark.django_db
def test_hostile_words_in_a_subject_and_in_headers_make_no_header(ada):
    write(ada, subject="Paper\r\nBcc: everybody@example.org\n\nHello")
    send()
    message = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Paper Bcc: everybody@example.org Hello"
    for headers in (
        {"List-Unsubscribe": "<https://a>\r\nBcc: b@example.org"},
        {"X\nBcc": "b"},
        {"Bcc": "b@example.org"},
        {"Content-Type": "text/html"},
    ):
        with pytest.raises(UnsafeHeader):
            write(ada, "hostile", headers=headers)
    with pytest.raises(ValidationError):
        write(ada, "hostile", address="b@example.org, c@example.org")
    assert not OutgoingMail.objects.filter(key="hostile").exists()


@pytest.mark.django_db
def test_one_click_unsubscribing_stands_in_the_mail(ada):
    headers = {
        "List-Unsubscribe": "<https://example.org/u/1>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    write(ada, headers=headers)
    send()
    message = mail.outbox[0].message()
    assert {name: message[name] for name in headers} == headers
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_nothing_is_sent_to_an_address_that_is_stopped_or_a_closed_account(ada, ben):
    suppress_address(address="ADA@example.org", reason="It bounced.", now=NOW)
    write(ada, "to ada")
    write(ben, "to ben")
    ben.is_active = False
    ben.save()
    send()
    assert mail.outbox == []
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.REFUSED}


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_again_later_each_time(ada, settings):
    with mail_server() as gone:
        smtp(settings, gone)
    stored = write(ada)
    pauses = []
    now = NOW
    for _ in range(3):
        assert send(now=now) == 1
        stored.refresh_from_db()
        assert stored.state == State.WAITING
        pauses.append(stored.not_before - now)
        assert send(now=now) == 0
        now = stored.not_before
    assert timedelta(seconds=25) < pauses[0] < pauses[2] < timedelta(minutes=7)
    OutgoingMail.objects.update(attempts=sending.MOST_ATTEMPTS - 1)
    send(now=now)
    stored.refresh_from_db()
    assert stored.state == State.FAILED
    assert "Refused" in stored.failure


@pytest.mark.django_db
def test_an_address_that_does_not_exist_stops_mail_and_a_full_box_does_not(ada, ben, settings):
    with mail_server() as server:
        smtp(settings, server)
        server.answers = {ada.email: "550 no such user", ben.email: "452 the box is full"}
        write(ada, "gone")
        write(ben, "full")
        send()
    states = dict(OutgoingMail.objects.values_list("key", "state"))
    assert states == {"gone": State.REFUSED, "full": State.WAITING}
    assert list(SuppressedAddress.objects.values_list("address", flat=True)) == [ada.email]


@pytest.mark.django_db
def test_a_letter_that_the_server_may_have_is_not_sent_again(ada, settings):
    stored = write(ada)
    with mail_server() as server:
        smtp(settings, server)

        def hang_up(step: str) -> None:
            if step == "TAKEN":
                raise OSError

        server.at_step = hang_up
        send()
        assert sending.recover_mail(now=LATER) == 0
        assert send(now=LATER) == 0
        assert len(server.taken) == 1
    stored.refresh_from_db()
    assert stored.state == State.UNKNOWN


@pytest.mark.django_db
def test_the_database_refuses_states_that_cannot_be(ada):
    stored = write(ada)
    for wrong in ({"state": "posted"}, {"state": "sending"}, {"state": "sent"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            OutgoingMail.objects.filter(pk=stored.pk).update(**wrong)


@pytest.mark.django_db
def test_texts_of_old_letters_are_emptied_and_their_rows_stay(ada):
    stored = write(ada)
    send()
    assert sending.forget_texts(before=LATER) == 1
    stored.refresh_from_db()
    assert (stored.text, stored.state) == ("", State.SENT)
    write(ada)
    assert send(now=LATER) == 0


def _sender(now: datetime) -> int:
    """Send what waits in a process of its own, as a worker would; returns its process id."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            sending.send_waiting(clock=lambda: now, most=100)
        finally:
            os._exit(0)
    return child


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_twenty_times_loses_nothing_and_sends_nothing_twice(ada, settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    settings.MAILERS = {"default": {"BACKEND": "accounts.mail.OutboxBackend"}}
    for number in range(30):
        write(ada, str(number), subject=f"Letter {number}")
    steps = {
        "before": "os.open",
        "half way": "pathlib.Path.rename",
        "after": "accounts.services.sending._move",
    }
    for turn in range(20):
        now = NOW + turn * timedelta(hours=12)
        dies_at = list(steps)[turn % 3]
        with monkeypatch.context() as patched:
            _die_at(patched, dies_at)
            _pid, status = os.waitpid(_sender(now), 0)
        assert os.WIFSIGNALED(status)
        sending.recover_mail(now=now + sending.LEASE + timedelta(seconds=1))
    send(now=LATER + timedelta(days=30))
    assert sorted(kept.subject for kept in kept_mails(most=100)) == sorted(f"Letter {n}" for n in range(30))
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {State.SENT}


def _die_at(patched, step: str) -> None:
    """Die on the second mail: before its file, with a half of it, or with all of it and the row not told."""
    written: list[KeptMail] = []
    keep = sending.mailers["default"].send_messages.__globals__["_keep"]

    def die(*_args, **_more) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def dying_keep(folder, message) -> None:
        written.append(message)
        if len(written) == 2 and step == "before":
            die()
        if len(written) == 2 and step == "half way":
            patched.setattr("pathlib.Path.rename", die)
        keep(folder, message)
        if len(written) == 2:
            die()

    patched.setattr("accounts.mail._keep", dying_keep)


@pytest.mark.django_db(transaction=True)
def test_killed_while_it_speaks_to_a_mail_server_it_sends_nothing_twice_and_says_what_it_does_not_know(ada, settings):
    for number in range(30):
        write(ada, str(number))
    steps = ("EHLO", "MAIL", "RCPT", "DATA", "TAKING", "TAKEN", "QUIT")
    with mail_server() as server:
        smtp(settings, server)
        for turn in range(20):
            now = NOW + turn * timedelta(hours=12)
            child = _sender_killed_at(server, steps[turn % len(steps)], now)
            os.waitpid(child, 0)
            sending.recover_mail(now=now + sending.LEASE + timedelta(seconds=1))
        server.at_step = lambda step: None
        send(now=LATER + timedelta(days=30))
        taken = server.message_ids
    assert len(taken) == len(set(taken))
    unsure = set(OutgoingMail.objects.filter(state=State.UNKNOWN).values_list("message_id", flat=True))
    sent = set(OutgoingMail.objects.filter(state=State.SENT).values_list("message_id", flat=True))
    assert sent <= set(taken)
    assert sent | unsure == set(OutgoingMail.objects.values_list("message_id", flat=True))
    assert 0 < len(unsure) <= 20


def _sender_killed_at(server, step: str, now: datetime) -> int:
    known: list[int] = []

    def kill(reached: str) -> None:
        if reached == step and known:
            os.kill(known[0], signal.SIGKILL)

    server.at_step = kill
    known.append(_sender(now))
    return known[0]

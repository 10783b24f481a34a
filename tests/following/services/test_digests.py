"""Digests: one a period, by the reader's clock; one mail an event and a person; none lost, none twice."""

import os
import signal
import traceback
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from accounts.mail import kept_mails
from accounts.models import OutgoingMail
from accounts.services import sending
from following.domain.kinds import EVENT_KINDS
from following.domain.periods import UnknownZone, latest_day, latest_week, zone_of
from following.models import Digest, Event, EventLink, MailedEvent
from following.services import digests
from following.services.settings import (
    UnknownToken,
    choose_cadences,
    choose_times,
    read_token,
    unsubscribe,
    unsubscribe_token,
)
from tests.factories.record import make_author
from tests.following.happenings import DAY, START, arrive, derive, follow

MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)


@pytest.fixture
def author(db):
    return make_author("Ada Byron")


def turn(at: datetime) -> int:
    """A tick of the beat: plan, write, send. Returns how many mails there are now."""
    digests.plan_digests(now=at)
    digests.write_digests(now=at, most=100)
    sending.send_waiting(clock=lambda: at, most=100)
    return len(mail.outbox)


def choose(user, cadence: str, *kinds: str, at=START) -> None:
    choose_cadences(user=user, cadences=dict.fromkeys(kinds or EVENT_KINDS, cadence), now=at)


def test_the_period_is_the_readers_own():
    at = datetime(2026, 11, 9, 6, 30, tzinfo=UTC)
    assert latest_day(now=at, zone="UTC", hour=8).isoformat() == "2026-11-08"
    assert latest_day(now=at, zone="Asia/Tokyo", hour=8).isoformat() == "2026-11-09"
    assert latest_week(now=at, zone="UTC", hour=8, weekday=0).isoformat() == "2026-11-02"
    assert latest_week(now=at, zone="Asia/Tokyo", hour=8, weekday=0).isoformat() == "2026-11-09"
    for wrong in ("Mars/Olympus", "../../etc/passwd", "/etc/passwd", "a\0b", ""):
        with pytest.raises(UnknownZone):
            zone_of(wrong)


@pytest.mark.django_db
def test_a_week_is_one_mail_however_often_the_beat_fires(cleo, author):
    follow(cleo, author)
    for number in range(3):
        arrive(f"Work {number}", authors=[author], at=MONDAY - 2 * DAY)
    derive(MONDAY - DAY)
    assert turn(MONDAY) == 1
    assert [turn(MONDAY + timedelta(minutes=m)) for m in (2, 4, 600)] == [1, 1, 1]
    assert turn(MONDAY + 7 * DAY) == 1
    body = str(mail.outbox[0].body)
    assert all(f"Work {number}" in body for number in range(3))
    assert MailedEvent.objects.count() == 3


@pytest.mark.django_db
def test_each_kind_comes_as_often_as_its_reader_chose(cleo, ben, dana, author):
    for user in (cleo, ben, dana):
        follow(user, author)
    choose(cleo, "at_once")
    choose(ben, "daily")
    choose(dana, "never")
    turn(MONDAY - timedelta(hours=1))
    arrive("A work", authors=[author], at=MONDAY)
    derive(MONDAY)
    assert turn(MONDAY + timedelta(minutes=1)) == 1
    assert mail.outbox[0].to == [cleo.email]
    assert turn(MONDAY + DAY) == 2
    assert mail.outbox[1].to == [ben.email]
    assert turn(MONDAY + 8 * DAY) == 2


@pytest.mark.django_db
def test_one_event_is_in_one_mail_whatever_is_chosen_afterwards(cleo, author):
    follow(cleo, author)
    choose(cleo, "daily")
    arrive("A work", authors=[author], at=MONDAY - DAY)
    derive(MONDAY - DAY)
    assert turn(MONDAY) == 1
    for cadence in ("weekly", "at_once", "daily"):
        choose(cleo, cadence, at=MONDAY + DAY)
        assert turn(MONDAY + 9 * DAY) == 1
    digest = Digest.objects.filter(state="written").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        MailedEvent.objects.create(user=cleo, event=Event.objects.get(), digest=digest)


@pytest.mark.django_db
def test_what_came_while_mail_was_off_is_not_mailed_when_it_is_on_again(cleo, author):
    follow(cleo, author)
    choose(cleo, "never")
    arrive("While off", authors=[author], at=MONDAY - DAY)
    derive(MONDAY - DAY)
    choose(cleo, "daily", at=MONDAY)
    arrive("While on", authors=[author], at=MONDAY + timedelta(hours=1))
    derive(MONDAY + timedelta(hours=2))
    assert turn(MONDAY + DAY) == 1
    assert "While on" in str(mail.outbox[0].body)
    assert "While off" not in str(mail.outbox[0].body)


@pytest.mark.django_db
def test_who_begins_to_follow_gets_no_digest_of_a_period_that_was_over(cleo, author):
    choose(cleo, "daily")
    follow(cleo, author, MONDAY)
    arrive("A work", authors=[author], at=MONDAY + timedelta(minutes=1))
    derive(MONDAY + timedelta(minutes=2))
    assert turn(MONDAY + timedelta(minutes=5)) == 0
    assert turn(MONDAY + DAY) == 1


@pytest.mark.django_db
def test_days_without_a_beat_are_made_up_for(cleo, author):
    follow(cleo, author)
    choose(cleo, "daily")
    assert turn(MONDAY) == 0
    for number in range(5):
        arrive(f"Work {number}", authors=[author], at=MONDAY + number * DAY + timedelta(hours=1))
    derive(MONDAY + 5 * DAY)
    assert turn(MONDAY + 6 * DAY) == 1
    assert all(f"Work {number}" in str(mail.outbox[0].body) for number in range(5))


@pytest.mark.django_db
def test_a_very_full_period_is_one_mail_of_bounded_length(cleo, author):
    follow(cleo, author)
    events = Event.objects.bulk_create(
        Event(kind="page_news", key=f"k{n}", seen_at=MONDAY - DAY, day=MONDAY.date(), text=f"News {n}", url="/")
        for n in range(3_000)
    )
    EventLink.objects.bulk_create(
        EventLink(event=e, kind="author", target_id=author.pk, event_kind="page_news", seen_at=MONDAY - DAY)
        for e in events
    )
    assert turn(MONDAY) == 1
    assert str(mail.outbox[0].body).count("News ") == digests.SHOWN
    assert "2960 more" in str(mail.outbox[0].body).replace(",", "")
    assert MailedEvent.objects.count() == 3_000


@pytest.mark.django_db
def test_hostile_titles_are_text_in_the_mail(cleo, author):
    follow(cleo, author)
    arrive('<script>alert("x")</script>\r\nBcc: all@example.org', authors=[author], at=MONDAY - DAY)
    derive(MONDAY - DAY)
    turn(MONDAY)
    message = mail.outbox[0].message()
    assert message["Bcc"] is None
    html = mail.outbox[0].alternatives[0].content
    assert "<script" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.django_db
def test_a_mail_can_be_stopped_by_its_own_link(cleo, ben, author):
    follow(cleo, author)
    follow(ben, author)
    arrive("A work", authors=[author], at=MONDAY - DAY)
    derive(MONDAY - DAY)
    assert turn(MONDAY) == 2
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = unsubscribe_token(user_id=cleo.pk, cadence="weekly")
    unsubscribe(token=token, now=MONDAY)
    arrive("Another", authors=[author], at=MONDAY + DAY)
    derive(MONDAY + DAY)
    assert turn(MONDAY + 7 * DAY) == 3
    assert mail.outbox[2].to == [ben.email]
    for wrong in ("", "x", token[:-1], token + "x", unsubscribe_token(user_id=10**9, cadence="weekly")):
        with pytest.raises(UnknownToken):
            read_token(wrong)


@pytest.mark.django_db
def test_a_preview_says_what_would_come_and_marks_nothing(cleo, author):
    follow(cleo, author)
    arrive("A work", authors=[author], at=MONDAY - DAY)
    derive(MONDAY - DAY)
    contents = digests.preview(user=cleo, cadence="weekly", now=MONDAY)
    assert (contents.total, contents.bundles[0].entries[0].card.title) == (1, "A work")
    assert digests.preview(user=cleo, cadence="daily", now=MONDAY).total == 0
    assert not MailedEvent.objects.exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_digests_come_at_the_hour_that_was_chosen(cleo, author):
    follow(cleo, author)
    choose(cleo, "daily")
    choose_times(user=cleo, time_zone="Asia/Tokyo", hour=7, weekday=0, shows_follows=False)
    turn(MONDAY - timedelta(hours=1))
    arrive("A work", authors=[author], at=MONDAY)
    derive(MONDAY)
    assert turn(datetime(2026, 11, 9, 21, 59, tzinfo=UTC)) == 0
    assert turn(datetime(2026, 11, 9, 22, 1, tzinfo=UTC)) == 1


def _die(*_args: object, **_more: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _worker(at: datetime, patched, step: str) -> int:
    """A worker that plans, writes and sends in a process of its own, and is killed at a step of it."""
    connections.close_all()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        return status
    try:
        patched.setattr(step, _die)
        digests.plan_digests(now=at)
        digests.write_digests(now=at, most=100)
        sending.send_waiting(clock=lambda: at, most=100)
    except DatabaseError:
        traceback.print_exc()  # or nobody would learn why it was not killed
    finally:
        os._exit(0)


STEPS = (
    "following.services.digests._ends_before",
    "following.services.digests.found_events",
    "following.services.digests.write_mail",
    "following.services.digests.Digest.save",
    "accounts.services.sending.message_of",
    "pathlib.Path.rename",
    "os.fdopen",
)


@pytest.mark.django_db(transaction=True)
def test_killed_twenty_times_nothing_is_lost_and_nothing_comes_twice(cleo, ben, settings, tmp_path, monkeypatch):
    """Whether it dies planning, making a mail, before or after its row, or with the mail half written."""
    settings.DATA_DIR = tmp_path
    settings.MAILERS = {"default": {"BACKEND": "accounts.mail.OutboxBackend"}}
    author = make_author("Ada Byron")
    for user in (cleo, ben):
        follow(user, author)
        choose(user, "daily")
    killed = 0
    for day in range(20):
        at = MONDAY + day * DAY
        arrive(f"Work {day}.", authors=[author], at=at - timedelta(hours=3))
        derive(at - timedelta(hours=2))
        with monkeypatch.context() as patched:
            killed += os.WIFSIGNALED(_worker(at, patched, STEPS[day % len(STEPS)]))
        sending.recover_mail(now=at + sending.LEASE + timedelta(seconds=1))
    assert killed == 20
    at = MONDAY + 30 * DAY
    for _ in range(2):
        digests.plan_digests(now=at)
        digests.write_digests(now=at, most=100)
        sending.send_waiting(clock=lambda: at, most=100)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM following_digest WHERE state = 'waiting'")
        assert cursor.fetchone() == (0,)
    bodies = {name: "".join(m.body for m in kept_mails(most=200) if m.to == name) for name in (cleo.email, ben.email)}
    for body in bodies.values():
        assert [body.count(f"Work {day}.") for day in range(20)] == [1] * 20

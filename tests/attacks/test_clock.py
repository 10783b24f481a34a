"""The machine's clock jumps an hour or a year, ahead or back, under everything of the portal that reckons with time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail
from accounts.services.mailed_codes import NoCode
from accounts.services.outgoing_mail import write_mail
from accounts.services.sending import recover_mail, send_waiting, take_mail
from claims.domain.refusals import ClaimRefused
from claims.services.mail_code import confirm_mail_code, send_mail_code
from common import clock
from metrics.models import RefreshItem, RefreshRun
from metrics.services.refresh import runs, working
from portal.schedule import JOBS, tick
from profiles.services.listing_codes import enter_code, write_listing_code
from tests.accounts.conftest import log_in
from tests.claims.services.test_mail_codes import code_of
from tests.metrics.small_record import make_record

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 22, 12, 1, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=366)
AHEAD = pytest.mark.parametrize("jump", [HOUR, YEAR])
EITHER_WAY = pytest.mark.parametrize("jump", [HOUR, YEAR, -HOUR, -YEAR])


class Clock:
    """The machine's clock, and the beat that looks at it every two seconds."""

    def __init__(self, moving: Any) -> None:
        self.moving = moving
        tick(now=clock.now())

    def jump(self, by: timedelta) -> None:
        self.moving.shift(by)
        tick(now=clock.now())


@pytest.fixture
def machine(bell):
    with time_machine.travel(START, tick=False) as moving:
        yield Clock(moving)


@EITHER_WAY
def test_whatever_the_time_is_pages_are_served_and_people_get_in(machine, jump, proved_ada):
    old = Client()
    log_in(old, proved_ada)
    for by in (jump, -jump):
        machine.jump(by)
        new = Client()
        assert log_in(new, proved_ada).status_code == 302
        assert new.get("/accounts/").status_code == 200
        assert old.get("/").status_code == 200
        assert old.get("/accounts/").status_code in {200, 302}


@EITHER_WAY
def test_every_job_is_enqueued_in_its_next_period(machine, jump, bell):
    for by in (jump, -jump, timedelta(days=1)):
        bell.clear()
        machine.jump(by)
    assert {name for name, _ids in bell} == {job.task for job in JOBS}


@AHEAD
def test_a_login_of_a_time_that_never_was_proves_nothing_and_ends(machine, jump, proved_ada):
    """Before, who had logged in meanwhile counted as just proved until the clock came there again."""
    machine.moving.shift(jump)
    browser = Client()
    log_in(browser, proved_ada)
    tick(now=clock.now())
    machine.moving.shift(-jump)
    export = browser.post(reverse("profiles:person_export"))
    assert (export.status_code, "reauthenticate" in export["Location"]) == (302, True)
    tick(now=clock.now())
    assert not Session.objects.exists()
    assert "/login/" in browser.get("/accounts/")["Location"]


@AHEAD
def test_codes_of_a_time_that_never_was_open_nothing(machine, jump, proved_ada, draft, author, mailoutbox):
    """Before, they were good until the clock came there again."""
    machine.jump(jump)
    send_mail_code(claim_id=draft.pk, by=proved_ada, address="ada.byron@ox.ac.uk", now=clock.now())
    asked, code = write_listing_code(author=author, address="x@example.org", explanation="", now=clock.now())
    machine.jump(-jump)
    with pytest.raises(ClaimRefused, match="no_code"):
        confirm_mail_code(claim_id=draft.pk, by=proved_ada, code=code_of(mailoutbox), now=clock.now())
    with pytest.raises(NoCode):
        enter_code(row=asked, code=code, now=clock.now())
    asked.refresh_from_db()
    assert asked.tries == 0
    send_mail_code(claim_id=draft.pk, by=proved_ada, address="ada.byron@ox.ac.uk", now=clock.now())
    assert confirm_mail_code(claim_id=draft.pk, by=proved_ada, code=code_of(mailoutbox), now=clock.now())


@EITHER_WAY
def test_who_is_refused_is_told_minutes_to_wait_and_not_the_jump(machine, jump, proved_ada, rate_limited):
    def answers() -> list[Any]:
        tries = range(12)
        return [Client().post("/accounts/login/", {"login": proved_ada.email, "password": "x"}) for _ in tries]

    answers()
    for by in (jump, -jump):
        machine.jump(by)
        refused = [answer for answer in answers() if answer.status_code == 429]
        assert all(0 < int(answer["Retry-After"]) <= 3600 for answer in refused)
        assert Client().get("/").status_code == 200


@AHEAD
def test_mail_and_numbers_that_were_taken_up_meanwhile_are_done_in_time(machine, jump, ada, monkeypatch):
    make_record(41, papers=5, citations=3)
    machine.jump(jump)
    monkeypatch.setattr("accounts.services.outgoing_mail.render_to_string", lambda name, _context: name[:9])
    write_mail(to=ada, kind="test", key="1", template="any", context={}, now=clock.now())
    assert take_mail(now=clock.now())
    run = runs.start_refresh(now=clock.now(), scope=RefreshRun.Scope.CITATIONS)
    assert runs.take_item(run_id=run.pk, now=clock.now())
    machine.jump(-jump)
    machine.jump(HOUR + timedelta(minutes=5))  # an hour at most is waited for
    recover_mail(now=clock.now())
    send_waiting(clock=clock.now, most=10)
    assert [mail.to for mail in mail.outbox] == [[ada.email]]
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT
    run, _done = working.work_on(run_id=run.pk, clock=clock.now, seconds=5)
    assert run.state == RefreshRun.State.DONE
    assert not RefreshItem.objects.exclude(state=RefreshItem.State.DONE).exists()


def test_no_session_outlives_what_it_was_made_for(machine, proved_ada):
    """Those of now are left alone when the clock comes back."""
    browser = Client()
    log_in(browser, proved_ada)
    machine.jump(YEAR)
    machine.jump(-YEAR)
    assert browser.get("/accounts/").status_code == 200
    ends = Session.objects.get().expire_date
    assert ends <= clock.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)

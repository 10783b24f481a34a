"""A curator is asked who they are once in half an hour of deciding, and for each act that weighs more."""

from uuid import uuid4

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.services.curators import make_curator
from papers.models import Author
from portal.admin_proof import ASKED_WHEN_OPENED, HEAVY_ACTS
from tests.accounts.conftest import PASSWORD, log_in, prove
from tests.conftest import prove as authenticate
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db
START = "2026-11-22T12:00:00Z"
MERGE = "/admin/papers/recordrevision/merge/"


@pytest.fixture
def moving_clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def senior(dana) -> User:
    make_curator(email=dana.email, is_senior=True)
    return prove(dana)


@pytest.fixture
def browser(moving_clock, senior) -> Client:
    entered = Client()
    log_in(entered, senior)
    assert "_auth_user_id" in entered.session
    return entered


def is_asked(response) -> bool:
    return response.status_code == 302 and "/reauthenticate/" in response.headers["Location"]


def correct(browser: Client, paper) -> bool:
    """Change something small in the admin; whether that asked for a password."""
    page = reverse("admin:papers_paper_change", args=[paper.pk])
    return is_asked(browser.post(page, {"kind": "book"}, headers={"Referer": f"http://testserver{page}"}))


def merge(browser: Client):
    one, two = (make_author("Wei Zhang", name_slot=f"wei zhang {uuid4()}") for _ in range(2))
    asked = browser.get(f"{MERGE}?records={one.public_id},{two.public_id}")
    if is_asked(asked):
        return asked
    sent = {"records": f"{one.public_id}, {two.public_id}", "reason": "one person", "merge_target": one.pk}
    return browser.post(MERGE, sent | {"apply": "1", "looked_at": asked.context["looked_at"]})


def test_deciding_for_half_an_hour_asks_once(browser, moving_clock):
    paper = make_paper("Lattices")
    for _ in range(5):
        assert not correct(browser, paper)
        moving_clock.shift(350)
    moving_clock.shift(60)
    assert correct(browser, paper)
    assert not is_asked(browser.get(reverse("admin:papers_paper_changelist"))), "reading asks for nothing"


def test_after_the_answer_one_is_back_on_the_page_with_the_form(browser, moving_clock):
    page = reverse("admin:papers_paper_change", args=[make_paper("Lattices").pk])
    moving_clock.shift(1_801)
    asked = browser.post(page, {"kind": "book"}, headers={"Referer": f"http://testserver{page}?x=1"})
    assert is_asked(asked)
    back = browser.post(asked.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"].endswith(f"{page}?x=1")
    foreign = browser.post(page, {}, headers={"Referer": "https://evil.example/"})
    assert "evil" not in foreign.headers.get("Location", "")


def test_each_merge_asks_however_short_ago_the_last_one_was(browser, moving_clock):
    done = merge(browser)
    assert "/admin/papers/recordrevision/" in done.headers["Location"]
    assert Author.objects.exclude(merged_into=None).count() == 1
    assert is_asked(merge(browser))
    assert Author.objects.exclude(merged_into=None).count() == 1
    moving_clock.shift(2)
    authenticate(browser)
    assert not is_asked(merge(browser))


def test_roles_ask_each_time_and_what_was_posted_without_an_answer_changes_nothing(browser, senior, cleo):
    User.objects.filter(pk=senior.pk).update(is_superuser=True)
    page = reverse("admin:accounts_user_change", args=[cleo.pk])
    sent = {"is_active": "on", "is_staff": "on", "groups": [Group.objects.first().pk]}
    assert not is_asked(browser.post(page, sent))
    assert User.objects.get(pk=cleo.pk).is_staff
    assert is_asked(browser.post(page, {"is_active": "on"}))
    assert User.objects.get(pk=cleo.pk).is_staff
    assert LogEntry.objects.filter(object_id=str(cleo.pk)).count() == 1


def test_who_merely_has_the_session_of_yesterday_decides_nothing(senior):
    plain = Client()
    log_in(plain, senior)
    session = plain.session
    session["account_authentication_methods"][0]["at"] -= 86_400
    session.save()
    assert is_asked(merge(plain))
    assert correct(plain, make_paper("Lattices"))


def test_every_act_that_asks_is_a_page_of_the_admin():
    for name in HEAVY_ACTS | ASKED_WHEN_OPENED:
        for args in ([], [1]):
            try:
                reverse(f"admin:{name}", args=args)
                break
            except NoReverseMatch:
                continue
        else:
            raise AssertionError(name)

"""Staying in touch, in a real browser: follow without JavaScript; from a follow to a mail and its end."""

import json
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.services import sending
from following.models import Follow, Preference
from following.selectors.follows import followers_count
from following.services import digests
from tests.conftest import person
from tests.factories.record import make_author, make_paper
from tests.journeys.axe import faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def reader():
    user = person("cleo@example.org", "Cleo Somerville")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def author():
    author = make_author("Ada Byron", name_slot="ada byron")
    make_paper("On the engine", authors=[author])
    return author


def log_in(page) -> None:
    page.fill("input[name=login]", "cleo@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.form button[type=submit]")


def test_a_stranger_logs_in_and_follows_without_javascript(open_page, reader, author):
    page = open_page(author.get_absolute_url(), width=360, javascript=False)
    page.click("text=Follow >> nth=0")
    log_in(page)
    assert page.inner_text("h1") == "Follow"
    page.click("button:has-text('Follow')")
    assert "You follow Ada Byron." in page.inner_text(".messages")
    assert followers_count("author", author.pk) == 1
    page.click(".follow button")
    assert "You no longer follow Ada Byron." in page.inner_text(".messages")
    assert not Follow.objects.exists()


def test_from_a_follow_to_an_import_the_feed_a_mail_and_the_end_of_mail(open_page, reader, author, tmp_path):
    page = open_page("/accounts/login/")
    log_in(page)
    page.goto(page.url.partition("/accounts")[0] + author.get_absolute_url())
    page.click(".follow button")
    page.wait_for_selector(".follow button:has-text('Following')")
    page.goto(page.url.partition("/authors")[0] + "/notifications/settings/")
    assert faults(page) == []
    page.select_option("select[name=work]", "at_once")
    page.click("form.form button[type=submit]")

    bring_in(tmp_path)
    page.goto(page.url.replace("/notifications/settings/", "/feed/"))
    assert "A new engine" in page.inner_text(".bundle")
    assert page.inner_text(".masthead .count-new") == "1"
    assert faults(page) == []

    now = timezone.now() + timedelta(seconds=1)
    digests.plan_digests(now=now)
    digests.write_digests(now=now, most=10)
    sending.send_waiting(clock=lambda: now, most=10)
    letter = mail.outbox[-1]
    assert "A new engine" in str(letter.body)
    assert page.locator(".bundle").count() == 1

    stop = re.search(r"/notifications/unsubscribe/\S+", str(letter.body))
    assert stop
    page.goto(page.url.replace("/feed/", stop[0]))
    page.click("button:has-text('Stop this mail')")
    assert page.inner_text("h1") == "Done"
    assert Preference.objects.get(user=reader, event_kind="work").cadence == "never"


def bring_in(folder: Path) -> None:
    """An import, by its command, of one record that is new in the world."""
    day = timezone.now().date() - timedelta(days=3)
    record = {
        "source": "records",
        "ids": {"local": "new-1"},
        "title": "A new engine",
        "published": day.isoformat(),
        "authors": [{"name": "Ada Byron"}],
    }
    path = folder / "new.jsonl"
    path.write_text(json.dumps(record))
    call_command("import_records", str(path), stdout=StringIO())

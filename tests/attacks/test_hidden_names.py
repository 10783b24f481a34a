"""A name that its bearer keeps private: in no mail, feed, export or page of the admin of those without the right."""

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.services import sending
from common import clock
from following.services import digests
from following.services.settings import choose_cadences
from papers.services.privacy import set_private_names
from search.services.indexing import index_waiting_papers
from tests.conftest import person, prove
from tests.factories.owners import make_owner
from tests.following.happenings import DAY, START, derive, follow, touch
from tests.profiles.conftest import logged_in
from tests.profiles.privacy import SmallWorld

pytestmark = pytest.mark.django_db
PRIVATE = ("Oldname", "Formerly")
MONDAY = START + 8 * DAY


@pytest.fixture
def world(ada) -> SmallWorld:
    """Ada's record, printed on its works with a name that is private now; she named it to the curators."""
    world = SmallWorld("Ada Byron", printed="Oldname Formerly")
    make_owner(ada, world.person, former_name="Oldname Formerly")
    set_private_names(author_id=world.person.pk, is_private=True, now=clock.now())
    index_waiting_papers()
    return world


def told(text: str) -> list[str]:
    return [word for word in PRIVATE if word in text]


def text_of(response) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def test_who_follows_the_works_reads_it_in_no_feed_and_no_mail(world, cleo):
    for record in (world.person, world.other, world.venue, world.topic):
        follow(cleo, record)
    choose_cadences(user=cleo, cadences={"work": "weekly"}, now=START)
    for paper in world.papers:
        touch(paper, created_at=START + DAY, changed_at=START + DAY, published_date=(START - DAY).date())
    derive(START + 2 * DAY)
    digests.plan_digests(now=MONDAY)
    digests.write_digests(now=MONDAY, most=10)
    sending.send_waiting(clock=lambda: MONDAY, most=10)
    reader = logged_in(cleo)
    pages = [text_of(reader.get(path)) for path in ("/feed/", "/following/", "/notifications/")]
    assert "Work 1 on condensation" in pages[0]
    assert mail.outbox
    assert [told(text) for text in [*pages, *(str(message.message()) for message in mail.outbox)] if told(text)] == []


def test_who_takes_their_data_along_takes_none_of_anothers_names(world, cleo, ada):
    follow(cleo, world.person)
    for user, found in ((cleo, []), (ada, list(PRIVATE))):
        browser = logged_in(user)
        prove(browser)
        assert told(text_of(browser.post(reverse("profiles:person_export")))) == found


def test_in_the_admin_nobody_without_the_right_reads_it(world):
    helper = Client()
    helper.force_login(person("staff@example.org", "Staff", is_staff=True))
    for model in admin.site._registry:
        info = (model._meta.app_label, model._meta.model_name)
        newest = model._default_manager.order_by("-pk").first()
        pages = [reverse("admin:{}_{}_changelist".format(*info))]
        if newest is not None:
            pages += [reverse("admin:{}_{}_{}".format(*info, act), args=[newest.pk]) for act in ("change", "history")]
        for page in pages:
            response = helper.get(page, follow=True)
            assert response.status_code in {200, 403, 404}, page
            assert told(text_of(response)) == [], page

"""Those who follow an author hear that the page has an owner, new words or is open; once, and nobody else does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from following.models import Event
from profiles.services.page_updates import announce_owners
from tests.factories.owners import THEN
from tests.profiles.conftest import logged_in

DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db]


def told() -> list[str]:
    return list(Event.objects.filter(kind="page_news").order_by("pk").values_list("text", flat=True))


def test_a_claimed_page_is_news_once(page):
    announce_owners(now=THEN + DAY)
    announce_owners(now=THEN + 2 * DAY)
    announce_owners(now=THEN + 30 * DAY)
    assert told() == [f"{page.name} claimed this page"]


def test_an_owner_who_writes_and_opens_up_is_news_once_a_day(as_ada, page):
    for _ in range(2):
        as_ada.post(reverse("profiles:edit_about", args=[page.public_id]), {"bio": "New words"})
        as_ada.post(reverse("profiles:edit_preference", args=[page.public_id]), {"is_open": "on"})
    assert told() == [f"{page.name} updated their page", f"{page.name} is open to collaborate"]


def test_cleo_makes_no_news(cleo, page):
    client = logged_in(cleo)
    client.post(reverse("profiles:edit_about", args=[page.public_id]), {"bio": "Mine"})
    assert told() == []


def test_a_page_that_nobody_may_find_makes_no_news(as_ada, page):
    page.is_listed = False
    page.save(update_fields=["is_listed"])
    as_ada.post(reverse("profiles:edit_about", args=[page.public_id]), {"bio": "New words"})
    announce_owners(now=THEN + DAY)
    assert told() == []

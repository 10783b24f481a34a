"""In a real browser: somebody ticks their works on a page of several people, a curator agrees, and they have a page."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from claims.models import Claim
from claims.selectors.ownership import owner_of
from identity.models import IdentityLink
from papers.models import Authorship
from tests.accounts.conftest import log_in
from tests.claims.conftest import prove
from tests.factories.record import make_author, make_paper
from tests.journeys.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def shared(db):
    """A page of two people called Ada Byron, who stand there by a common name and little else."""
    author, ben, cleo = (make_author(name) for name in ("Ada Byron", "Ben Babbage", "Cleo Nightingale"))
    for number in range(6):
        paper = make_paper(f"Engines, part {number}", authors=[author, ben if number < 2 else cleo])
        row = Authorship.objects.get(paper=paper, author=author)
        IdentityLink.objects.create(
            authorship=row, author=author, zone="link", rule="common name", probability=0.6, model="m", at=NOW
        )
    return author


@pytest.fixture
def as_person(open_page, live_server):
    def as_person(user, path):
        visitor = Client()
        if user.is_staff:
            visitor.force_login(user)
        else:
            log_in(visitor, user)  # what is claimed needs a fresh proof
        page = open_page("/")
        cookie = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "url": live_server.url, "value": cookie}])
        page.goto(live_server.url + path)
        return page

    return as_person


def test_works_are_ticked_and_become_a_page_of_their_own(as_person, shared, ada, dana):
    page = as_person(prove(ada), shared.get_absolute_url())
    expect(page.get_by_text("these works may be by several people")).to_be_visible()
    page.get_by_role("link", name="Choose the works that are yours").click()
    page.get_by_label("Only works with these words").fill("babbage")
    page.get_by_role("button", name="Find").click()
    for number in range(2):
        page.get_by_label(f"Engines, part {number}", exact=True).check()
    assert faults(page) == []
    page.get_by_role("button", name="Go on to the evidence").click()
    expect(page.get_by_role("heading", name="You claim 2 works")).to_be_visible()
    page.get_by_label("What a curator should know").fill("I wrote these two with Ben Babbage in London.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("With our curators. You get an answer by")).to_be_visible()
    claim = Claim.objects.get()

    curator = as_person(prove(dana), reverse("admin:claims_claim_change", args=[claim.pk]))
    expect(curator.get_by_text("The claim is on 2 of the record's 6 works")).to_be_visible()
    curator.get_by_role("link", name="Approve").click()
    curator.get_by_role("button", name="Approve").click()
    expect(curator.locator(".messagelist")).to_be_visible()

    claim.refresh_from_db()
    assert (owner_of(claim.author_id), owner_of(shared.pk)) == (ada, None)
    page.reload()
    page.get_by_role("link", name="The record").click()
    expect(page.locator("#works")).to_contain_text("Engines, part 1")
    assert Authorship.objects.filter(author=shared).count() == 4

"""In a real browser: from an invitation to a conversation, mute, report and the curator; and a block."""

from urllib.parse import urljoin

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from collaborations.models import ModerationAction, Participant, Report
from collaborations.services.messages import say
from tests.factories.library import make_author
from tests.factories.together import open_up, own
from tests.journeys.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "I read your last paper and have data that could test its second claim."


@pytest.fixture
def enter(open_page):
    """`enter(ada, "/path/")`: a page of a browser in which she is logged in."""

    def enter(user: User, path: str, **more) -> Page:
        client = Client()
        client.force_login(user)
        page = open_page("/numbers/", **more)
        # Django's admin names no icon, so the browser asks for one at an address that there is not.
        page.context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": page.url.split("/numbers")[0],
                }
            ]
        )
        page.goto(urljoin(page.url, path))
        return page

    return enter


@pytest.fixture
def ben_page(ben):
    open_up(ben)
    return own(ben, make_author("Ben Babbage"))


@pytest.fixture
def ada_page(ada):
    return own(ada, make_author("Ada Byron"))


def invite(page: Page) -> None:
    page.get_by_role("link", name="Invite to collaborate").click()
    page.get_by_label("In a few sentences").fill(WORDS)
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("Your invitation is sent.")).to_be_visible()


def test_invitation_accept_conversation_mute_report_and_the_curator(enter, ada, ada_page, ben, ben_page, dana):
    invite(enter(ada, ben_page.get_absolute_url()))
    ben_at = enter(ben, "/numbers/", width=360)
    ben_at.get_by_role("link", name="Inbox").click()
    assert faults(ben_at) == []
    ben_at.get_by_role("link", name="Ada Byron").click()
    expect(ben_at.get_by_text("L3")).to_be_visible()
    assert faults(ben_at) == []
    ben_at.get_by_role("button", name="Accept and open a conversation").click()
    ben_at.get_by_label("Your message").fill("Gladly: $x^2$ is enough")
    ben_at.get_by_role("button", name="Send").click()
    expect(ben_at.locator("math")).to_be_visible()
    place = Participant.objects.select_related("conversation").get(user=ada)
    say(conversation=place.conversation, by=ada, text="Pay me first", now=timezone.now())
    # Arrives by itself.
    expect(ben_at.get_by_text("Pay me first")).to_be_visible(timeout=15_000)
    assert faults(ben_at) == []
    ben_at.get_by_role("button", name="Mute").click()
    expect(ben_at.get_by_role("button", name="Unmute")).to_be_visible()
    ben_at.locator("li", has_text="Pay me first").get_by_role("link", name="Report").click()
    ben_at.get_by_label("What is wrong").select_option("fraud")
    ben_at.get_by_role("button", name="Report").click()
    expect(ben_at.get_by_text("Curators will look at it.")).to_be_visible()
    dana_at = enter(dana, f"/admin/collaborations/report/{Report.objects.get().pk}/change/")
    expect(dana_at.get_by_text("Pay me first")).to_be_visible()
    dana_at.get_by_label("What to do").select_option("suspend")
    dana_at.get_by_label("For how many days").fill("7")
    dana_at.get_by_label("Reason").fill("Asked for money.")
    dana_at.get_by_role("button", name="Do it").click()
    expect(dana_at.get_by_text("Your decision is saved.")).to_be_visible()
    assert ModerationAction.objects.get().kind == "suspend"
    ada_at = enter(ada, "/collaborations/rules/")
    expect(ada_at.get_by_text("Curators have suspended you")).to_be_visible()


def test_without_javascript_an_invitation_is_blocked_and_its_sender_cannot_tell(enter, ada, ada_page, ben, ben_page):
    invite(enter(ada, ben_page.get_absolute_url(), javascript=False))
    ben_at = enter(ben, "/collaborations/", javascript=False)
    ben_at.get_by_role("link", name="Ada Byron").click()
    ben_at.get_by_role("link", name="Block", exact=True).click()
    ben_at.get_by_role("button", name="Block").click()
    expect(ben_at.get_by_text("Blocked. They are not told.")).to_be_visible()
    ada_at = enter(ada, "/collaborations/", javascript=False)
    ada_at.get_by_role("link", name="Ben Babbage").click()
    ada_at.get_by_role("button", name="Take it back").click()
    ada_at.goto(urljoin(ada_at.url, f"/collaborations/invite/{ben_page.public_id}/"))
    expect(ada_at.get_by_text("is taking no invitations at the moment")).to_be_visible()

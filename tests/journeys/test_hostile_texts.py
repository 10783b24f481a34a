"""In a real browser: whatever people type, on pages and in the admin no script runs and the layout holds."""

from urllib.parse import urljoin

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page

from accounts.models import User
from claims.models import Claim
from collaborations.models import Conversation, Message, Report
from collaborations.services.blocking import report_invitation, report_message
from collaborations.services.messages import say
from collaborations.services.preferences import set_preference
from common import clock
from papers.models import Author
from profiles.domain.links import Link
from profiles.models import AttributionRequest, OptOut
from profiles.services.about import set_about
from profiles.services.attribution import attribute_work
from profiles.services.names import set_names
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner
from tests.factories.together import open_up, talk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPTS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    '"><script>window.hit=1</script>',
    "'-window.hit=1-'",
    "</textarea><script>window.hit=1</script>",
    "</title></style><script>window.hit=1</script>",
    "[x](javascript:window.hit=1)",
    "<a href='javascript:window.hit=1' autofocus onfocus=window.hit=1>x</a>",
    "{{ 7|add:7 }}{% load %}{% csrf_token %}",
    "$\\href{javascript:window.hit=1}{x}$ $\\unicode{<script>window.hit=1</script>}$",
    "<math><mtext><style><img src=x onerror=window.hit=1></style></mtext></math>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe><base href=//evil.example/>",
    "<form action=//evil.example><button id=save name=submit>Save</button></form>",
    "<!--><img src=x onerror=window.hit=1>-->",
)
SHAPES = (
    "W" * 600,
    "https://x.example/" + "a" * 500,
    "Z̷͚̤̀a̴̛l̵̈g̸̐o̶" * 40,
    "\u202eright to left\u202c \u200b\u200d \ufeff",
    "日本語" * 150,
    "😀👨‍👩‍👧‍👦" * 60,
    "$" + "x^{" * 30 + "1" + "}" * 30 + "$",
    "$" + "a+" * 400 + "a$",
    "$\\hspace{9999em} \\rule{9999em}{9999em} \\Huge x$",
)
WORDS = "\n\n".join((*SCRIPTS, *SHAPES))[:2_900]
LINE = ("<img src=x onerror=window.hit=1> " + "W" * 150)[:190]


def log_in(page: Page, user: User) -> None:
    page.goto(urljoin(page.url, "/accounts/login/"))
    page.get_by_label("Email").fill(user.email)
    page.get_by_role("textbox", name="Password").fill("correct horse battery staple")
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


@pytest.fixture
def world(ada, ben, dana) -> dict[str, object]:
    """Ada writes all that anybody can write, as hostile as it comes."""
    now = clock.now()
    for user in (ada, ben, dana):
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    mine, bens = make_author(f"Ada {LINE}"[:190]), make_author("Ben Babbage")
    make_owner(ada, mine), make_owner(ben, bens)
    open_up(ben)
    paper = make_paper(f"<script>window.hit=1</script> {'W' * 400}", by=[make_author(f"A. {LINE}"[:190])])
    make_paper("Together", by=[mine, bens])
    url = Link("<script>window.hit=1</script>"[:40], "https://x.example/%3Cscript%3E?" + "a" * 200)
    set_about(user=ada, author_id=mine.pk, bio=WORDS, affiliation=LINE, links=[url], now=now)
    set_names(user=ada, author_id=mine.pk, name=mine.name, names=[f"Ada {LINE}"[:180]], is_private=False, now=now)
    set_preference(user=ada, is_open=True, purposes=[], note=WORDS[:300])
    conversation = talk(ada, ben, bens, at=now, text=WORDS[:1_500])
    for text in (*SCRIPTS, *SHAPES, WORDS):
        say(conversation=conversation, by=ada, text=text, now=now)
    return {"mine": mine, "bens": bens, "paper": paper, "conversation": conversation, "ben": ben, "now": now}


def reports(ada: User, ben: User, conversation: Conversation) -> None:
    now, participant = clock.now(), conversation.participants.get(user=ben)
    report_invitation(invitation=conversation.invitation, reporter=ben, reason="other", text=WORDS[:900], now=now)
    message = Message.objects.filter(participant__user=ada).order_by("-pk").first()
    report_message(participant=participant, message=message, reason="other", text=WORDS[:900], now=now)


def look(page: Page, path: str, *, widths=(360, 1440), may_scroll: bool = False) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        response = page.goto(urljoin(page.url, path))
        assert response is not None, path
        assert response.status == 200, (path, response.status)
        page.wait_for_timeout(150)
        assert page.evaluate("window.hit") is None, path
        assert page.locator("form[action*='evil'], base[href*='evil'], iframe").count() == 0, path
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert may_scroll or wide <= 1, (path, width, wide)


def test_no_script_runs_on_pages_and_the_layout_holds(open_page, world, ada, ben):
    mine: Author = world["mine"]
    conversation: Conversation = world["conversation"]
    for user, paths in (
        (None, [mine.get_absolute_url(), world["paper"].get_absolute_url(), "/search/?q=Ada"]),
        (
            ada,
            [
                f"/authors/{mine.public_id}/edit/{part}/"
                for part in ("about", "names", "collaboration", "mine", "listing")
            ],
        ),
        (
            ben,
            [
                "/collaborations/",
                f"/collaborations/conversations/{conversation.key}/",
                f"/collaborations/invitations/{conversation.invitation.key}/",
                "/notifications/",
                "/feed/",
            ],
        ),
    ):
        page = open_page("/")
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        if user is not None:
            log_in(page, user)
        for path in paths:
            look(page, path)


def test_no_script_runs_in_the_admin(open_page, world, ada, ben, dana):
    now = clock.now()
    mine: Author = world["mine"]
    reports(ada, ben, world["conversation"])
    OptOut.objects.create(
        author=mine, proof="curator", state="asked", address="a@x.org", explanation=WORDS[:900], asked_at=now
    )
    attribute_work(user=ada, author_id=mine.pk, paper_id=world["paper"].pk, position=1, now=now)
    other = make_author("Nobody's")
    claim = Claim.objects.create(
        user=ben,
        author=other,
        state="pending",
        claimed_name=LINE,
        name_verdict="mismatch",
        explanation=WORDS[:1_900],
        former_name=LINE,
        opened_at=now,
        submitted_at=now,
        due_at=now,
    )
    page = open_page("/")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    log_in(page, dana)
    for path in (
        "/admin/",
        "/admin/claims/claim/?where=all",
        f"/admin/claims/claim/{claim.pk}/change/",
        "/admin/profiles/optout/",
        "/admin/profiles/attributionrequest/",
        f"/admin/profiles/attributionrequest/{AttributionRequest.objects.get().pk}/change/",
        "/admin/collaborations/report/",
        *[f"/admin/collaborations/report/{report.pk}/change/" for report in Report.objects.order_by("pk")],
    ):
        look(page, path, widths=(1440,), may_scroll=True)

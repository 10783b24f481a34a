"""In a real browser: claiming by ORCID, by an institutional address with a curator, a dispute, and a revocation."""

import socket
import subprocess
import sys
import time
from urllib.parse import urljoin

import httpx
import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from accounts.services.curators import make_curator
from claims.models import Claim
from claims.selectors.ownership import owner_of
from papers.models import Author
from tests.accounts.views.test_provider_login import use_provider
from tests.claims.conftest import ORCID, make_works, prove
from tests.conftest import person
from tests.factories.record import make_author, make_institution
from tests.house.sources import ROOT
from tests.journeys.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"


@pytest.fixture
def record(db) -> Author:
    author = make_author("Ada Byron", ids={"orcid": ORCID})
    make_works([author], 3, at=make_institution("University of Oxford", domains=["ox.ac.uk"]))
    return author


@pytest.fixture
def people(db):
    """Ada, somebody with her name, and a senior curator."""
    ada, other = person("ada@example.org", "Ada Byron"), person("byron@example.net", "Ada Byron")
    person("erin@example.org", "Erin Herschel")
    erin = make_curator(email="erin@example.org", password=PASSWORD, is_senior=True).user
    return prove(ada), prove(other), prove(erin)


@pytest.fixture
def orcid(live_server, tmp_path, settings):
    """ORCID's part, played by a real OpenID Connect provider in a process of its own."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    script = ROOT / "tests" / "accounts" / "identity_provider.py"
    back = f"{live_server.url}/accounts/oidc/orcid/login/callback/"
    process = subprocess.Popen([sys.executable, str(script), str(port), str(tmp_path), back], cwd=script.parent)
    url, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while True:
        assert process.poll() is None
        assert time.monotonic() < deadline
        try:
            httpx.get(f"{url}/.well-known/openid-configuration").raise_for_status()
            break
        except httpx.TransportError:
            time.sleep(0.1)
    use_provider(settings, url)
    yield url
    process.terminate()
    process.wait(10)


def log_in(page: Page, email: str) -> None:
    page.goto(urljoin(page.url, "/accounts/login/"))
    page.get_by_label("Email").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def start_claim(page: Page, author: Author) -> None:
    page.goto(urljoin(page.url, author.get_absolute_url()))
    page.get_by_role("link", name="Is this you? Claim it").or_(page.get_by_role("link", name="This is my page")).click()
    page.get_by_role("button", name="Go on to the evidence").click()
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()


def send_words(page: Page) -> None:
    page.get_by_label("What a curator should know").fill("I wrote these papers at Oxford, and can show the drafts.")
    page.get_by_role("button", name="Send the claim").click()
    expect(page.get_by_text("You get an answer by")).to_be_visible()


def test_claim_by_orcid_end_to_end(open_page, record, people, orcid):
    page = open_page(record.get_absolute_url())
    page.get_by_role("link", name="Log in to claim").click()
    page.get_by_label("Email").fill("ada@example.org")
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("button", name="Go on to the evidence").click()
    elsewhere = page.context.new_page()
    elsewhere.goto(f"{orcid}/be/{ORCID}/-/")
    elsewhere.close()
    page.get_by_role("button", name="Connect ORCID").click()
    expect(page.get_by_text("It is the iD on the record.")).to_be_visible()
    page.get_by_role("button", name="Use my iD").click()
    expect(page.get_by_text("The page is yours.").first).to_be_visible()
    page.get_by_role("link", name="The record").click()
    expect(page.get_by_text("This is you").first).to_be_visible()
    assert owner_of(record.pk) == people[0]


def test_claim_by_an_institutional_address_that_a_curator_approves_without_scripts(open_page, record, people):
    page = open_page("/", javascript=False)
    log_in(page, "ada@example.org")
    start_claim(page, record)
    page.get_by_role("link", name="Use an address").click()
    page.get_by_label("Your address there").fill("ada.byron@maths.ox.ac.uk")
    page.get_by_role("button", name="Send me the code").click()
    page.get_by_label("The six digits").fill(
        next(line for line in str(mail.outbox[-1].body).splitlines() if line.isdigit())
    )
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("A code reached ada.byron@maths.ox.ac.uk")).to_be_visible()
    page.get_by_role("button", name="Send the claim").click()
    expect(page.get_by_text("You get an answer by")).to_be_visible()
    desk = open_page("/")
    log_in(desk, "erin@example.org")
    desk.goto(urljoin(desk.url, "/admin/claims/claim/"))
    desk.get_by_role("link", name="Ada Byron").first.click()
    expect(desk.get_by_text("A code reached ada.byron@maths.ox.ac.uk")).to_be_visible()
    desk.get_by_role("link", name="Approve", exact=True).click()
    desk.get_by_role("button", name="Approve").click()
    expect(desk.get_by_text("Approved").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("The page is yours. There is nothing to do.")).to_be_visible()
    assert Claim.objects.get().strong_kinds == ["institution"]


def test_a_dispute_and_a_revocation(open_page, record, people):
    ada, other, _erin = people
    mine = Claim.objects.create(
        user=ada,
        author=record,
        state="approved",
        claimed_name=ada.name,
        name_verdict="same",
        weight=0,
        opened_at="2026-01-01T00:00Z",
        submitted_at="2026-01-01T00:00Z",
        approved_at="2026-01-01T00:00Z",
    )
    page = open_page("/")
    log_in(page, other.email)
    start_claim(page, record)
    send_words(page)
    theirs = Claim.objects.get(user=other)
    desk = open_page("/")
    log_in(desk, "erin@example.org")
    desk.goto(urljoin(desk.url, f"/admin/claims/claim/{theirs.pk}/change/"))
    desk.get_by_role("link", name="Decide the dispute").click()
    desk.get_by_label("byron@example.net").check()
    desk.get_by_label("Reason").fill("The drafts are theirs.")
    desk.get_by_role("button", name="Decide the dispute").click()
    page.goto(urljoin(page.url, record.get_absolute_url()))
    expect(page.get_by_text("This is you").first).to_be_visible()
    mine.refresh_from_db()
    assert mine.state == "revoked"
    desk.get_by_role("link", name="Revoke").click()
    desk.locator("#id_password").fill(PASSWORD)  # each heavy act asks who it is
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_label("Reason").fill("It was neither of them.")
    desk.get_by_role("button", name="Revoke").click()
    page.reload()
    expect(page.get_by_text("Unclaimed author", exact=True)).to_be_visible()
    assert owner_of(record.pk) is None


def test_claim_pages_fit_a_small_screen_and_have_no_faults_for_those_who_hear_them(open_page, record, people):
    page = open_page("/", width=320)
    log_in(page, "ada@example.org")
    page.goto(urljoin(page.url, "/claims/"))
    addresses = [page.url]
    start_claim(page, record)
    addresses += [page.url, f"{page.url}mail/", f"{page.url}page/", f"{page.url}withdraw/"]
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert faults(page) == []

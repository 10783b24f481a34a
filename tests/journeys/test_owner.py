"""In a real browser: an owner sets the page right, somebody without an account asks for none, data goes along or away."""

import json
import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from PIL import Image
from playwright.sync_api import Page, expect

from accounts.models import User
from claims.models import Claim
from common import clock
from papers.models import Author
from profiles.models import Profile
from profiles.services.opt_outs_by_mail import grant_due
from tests.factories.library import make_author, make_category, make_paper
from tests.factories.owners import make_owner
from tests.journeys.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def author(ada, settings, tmp_path) -> Author:
    """Ada's page, with works and a work of a namesake."""
    settings.MEDIA_ROOT = tmp_path / "media"
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    author = make_author("Ada Byron")
    make_owner(ada, author)
    field = make_category()
    for number in range(3):
        make_paper(f"Work {number}", by=[author], citations=9 - number, category=field)
    make_paper("A forgotten work", by=[make_author("A. Byron")], category=field, doi="10.1000/forgotten")
    return author


def log_in(page: Page) -> None:
    page.goto(urljoin(page.url, "/accounts/login/"))
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_role("textbox", name="Password").fill("correct horse battery staple")
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def portrait(folder: Path) -> Path:
    path = folder / "me.png"
    written = BytesIO()
    Image.new("RGB", (500, 400), (150, 90, 60)).save(written, "PNG")
    path.write_bytes(written.getvalue())
    return path


def titles(page: Page) -> list[str]:
    return page.locator("article.work h3").all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_owner_sets_the_page_right(open_page, author, tmp_path, javascript):
    page = open_page("/", javascript=javascript)
    log_in(page)
    page.goto(urljoin(page.url, author.get_absolute_url()))
    page.get_by_role("link", name="Edit page").click()
    if javascript:
        assert faults(page) == []
    page.get_by_label("About you").fill("I write programs for machines.\n\nOne formula: $a^2$.")
    page.get_by_label("Where you are").fill("Analytical Society")
    page.get_by_label("Name of the link").first.fill("Notes")
    page.get_by_label("Address").first.fill("https://ada.example/notes")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("navigation", name="Parts of your page").get_by_role("link", name="Picture").click()
    page.get_by_label("A picture of you").set_input_files(portrait(tmp_path))
    page.get_by_role("button", name="Put it on the page").click()
    expect(page.get_by_alt_text("Your picture as visitors see it")).to_be_visible()
    page.get_by_role("navigation", name="Parts of your page").get_by_role("link", name="Collaboration").click()
    page.get_by_label("I am open to collaborate").check()
    page.get_by_label("Give a talk").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("navigation", name="Parts of your page").get_by_role("link", name="Works", exact=True).click()
    pin(page, "Work 2")
    pin(page, "Work 1")
    page.get_by_role("button", name="Move up: Work 1").click()
    expect(page.locator("ol.own-list li").first).to_contain_text("Work 1")
    add_the_forgotten(page)
    if javascript:
        assert faults(page) == []
    page.get_by_role("link", name="See it as visitors do").click()
    assert titles(page)[:2] == ["Work 1", "Work 2"]
    assert "A forgotten work" not in titles(page)
    for said in ("I write programs for machines.", "Analytical Society", "Open to collaborate", "Notes"):
        expect(page.get_by_text(said).first).to_be_visible()
    assert Profile.objects.get().photo


def pin(page: Page, title: str) -> None:
    page.locator("ul.own-list li").filter(has_text=title).get_by_role("button", name="Pin", exact=True).click()
    expect(page.locator("ol.own-list li").filter(has_text=title)).to_be_visible()


def add_the_forgotten(page: Page) -> None:
    page.get_by_role("navigation", name="Parts of your page").get_by_role("link", name="Add works").click()
    page.get_by_label("DOI, arXiv id or address").fill("https://doi.org/10.1000/forgotten")
    page.get_by_role("button", name="Find it").click()
    page.get_by_role("button", name="This is me").click()
    expect(page.get_by_text("A curator compares the two records.")).to_be_visible()
    expect(page.get_by_text("You, as A. Byron")).to_be_visible()


def test_somebody_without_an_account_asks_for_no_page_and_has_it_back(open_page):
    author = make_author("Quillon Zebrowska")
    paper = make_paper("Printed with an address", by=[author])
    paper.authorships.update(raw_affiliation="Dept. of Y, e-mail: qz@somewhere.example")
    page = open_page(author.get_absolute_url())
    page.get_by_role("link", name="Remove my page").click()
    prove(page)
    expect(page.get_by_text("Until then the page stays as it is.")).to_be_visible()
    assert Author.objects.get(pk=author.pk).is_listed
    assert grant_due(now=clock.now() + timedelta(days=7, minutes=1)) == 1
    page.goto(urljoin(page.url, paper.get_absolute_url()))
    expect(page.get_by_text("Quillon Zebrowska").first).to_be_visible()
    assert page.get_by_role("link", name="Quillon Zebrowska").count() == 0
    page.goto(urljoin(page.url, f"/authors/{author.public_id}/listing/ask/"))
    assert page.get_by_text("Zebrowska").count() == 0
    prove(page)
    expect(page.get_by_role("link", name="Quillon Zebrowska")).to_be_visible()


def prove(page: Page) -> None:
    page.get_by_label("Your e-mail address").fill("qz@somewhere.example")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_label("Code")).to_be_visible()
    code = re.findall(r"^ {4}(\S+)$", "".join(message.body for message in mail.outbox), re.M)[-1]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()


def test_all_data_goes_along_as_one_file_and_then_for_good(open_page, author, ada):
    page = open_page("/")
    log_in(page)
    page.get_by_role("link", name="Your data").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download").click()
    held = json.loads(Path(started.value.path()).read_text())
    assert held["accounts.account"][0]["email"] == "ada@example.org"
    assert held["accounts.sessions"]
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("Delete my account and all its data").check()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("Your account and all its data are deleted")).to_be_visible()
    assert not User.objects.filter(pk=ada.pk).exists()
    assert not Claim.objects.exists()
    page.goto(urljoin(page.url, author.get_absolute_url()))
    expect(page.get_by_text("Unclaimed author", exact=True)).to_be_visible()

"""A visitor reads: from a person to a paper, with and without scripts, on every screen, in both dresses."""

from datetime import date
from urllib.parse import urljoin

import pytest

from metrics.models import AuthorSnapshot
from papers.models import Author, Paper
from tests.factories.library import (
    cite,
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)
from tests.journeys.axe import faults
from tests.metrics.refreshed import refresh_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3


@pytest.fixture
def author() -> Author:
    ada, ben = make_author("Ada Byron"), make_author("Ben Babbage")
    for number in range(26):
        make_paper(
            f"Work number {number:02d} about {LONG if number == 25 else 'something'}",
            by=[ben, ada],
            at=make_institution("Université de Quelque Part"),
            venue=make_venue(),
            category=make_category(),
            topics=[make_topic(f"Topic {number % 4}")],
            published=date(2000 + number, 3, 4),
            citations=number,
            arxiv=f"2001.{number:05d}",
            abstract="A sentence of an abstract that goes on. " * 30,
        )
    works = list(Paper.objects.order_by("-id"))
    for citing in works[:12]:
        cite(citing, works[-1])
    refresh_everything()
    AuthorSnapshot.objects.create(
        author=ada, month=date(2026, 1, 1), works_count=20, cited_by_count=200, h_index=9, trust=10
    )
    return ada


def pages(author: Author) -> list[str]:
    paper = Paper.objects.order_by("id")[0]
    return [
        "/",
        author.get_absolute_url(),
        author.get_absolute_url() + "?from=2010",
        paper.get_absolute_url(),
        make_institution("Université de Quelque Part").get_absolute_url(),
        make_topic("Topic 1").get_absolute_url(),
        make_venue().get_absolute_url(),
        author.get_absolute_url() + "numbers/trust/",
        author.get_absolute_url() + "numbers/citations_all/",
        paper.get_absolute_url() + "numbers/novelty/",
        "/numbers/",
        "/numbers/ai_score/",
    ]


def test_no_page_scrolls_sideways_at_any_width(open_page, author):
    first, *others = pages(author)
    page = open_page(first)
    for path in (first, *others):
        page.goto(urljoin(page.url, path))
        for width in (320, 768, 1440, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_nothing_on_the_pages_shuts_anybody_out_by_day_or_by_night(open_page, author):
    first, *others = pages(author)
    page = open_page(first)
    assert faults(page) == []
    for path in others:
        page.goto(urljoin(page.url, path))
        assert faults(page) == []


def test_a_visitor_pages_through_all_works_without_scripts(open_page, author):
    from playwright.sync_api import expect

    page = open_page(author.get_absolute_url(), javascript=False)
    expect(page.locator("article.work")).to_have_count(20)
    page.get_by_role("link", name="More works").click()
    expect(page.locator("article.work")).to_have_count(6)
    page.get_by_role("link", name="Back").click()
    expect(page.locator("article.work")).to_have_count(20)


def test_with_scripts_more_works_join_those_on_the_page(open_page, author):
    from playwright.sync_api import expect

    page = open_page(author.get_absolute_url())
    page.get_by_role("link", name="More works").click()
    expect(page.locator("article.work")).to_have_count(26)
    assert page.get_by_role("link", name="More works").count() == 0


def test_an_abstract_opens_in_place(open_page, author):
    page = open_page(author.get_absolute_url())
    abstract = page.locator("details.abstract").first
    text = abstract.locator("div")
    clamped = text.bounding_box()["height"]
    abstract.locator("summary").click()
    assert text.bounding_box()["height"] > 2 * clamped > 0


def test_a_number_opens_its_explanation_in_place(open_page, author):
    page = open_page(author.get_absolute_url())
    page.locator(".numbers").get_by_role("link", name="h-index").click()
    panel = page.get_by_role("dialog")
    panel.wait_for()
    assert panel.get_by_text("The papers that carry it").is_visible()
    assert page.url.endswith(author.get_absolute_url())
    panel.get_by_role("link", name="g-index").click()
    panel.get_by_role("heading", name="g-index").wait_for()
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")


def test_without_scripts_a_number_opens_its_explanation_as_a_page(open_page, author):
    page = open_page(author.get_absolute_url(), javascript=False)
    page.locator(".numbers").get_by_role("link", name="h-index").click()
    assert page.locator("h1").inner_text() == "h-index"
    page.get_by_role("link", name="How it is defined").click()
    assert page.locator("h1").inner_text() == "h-index"
    assert page.get_by_role("heading", name="Worked examples").is_visible()


def test_an_open_panel_shuts_nobody_out(open_page, author):
    page = open_page(author.get_absolute_url())
    page.locator(".numbers").get_by_role("link", name="citations").click()
    page.get_by_role("dialog").wait_for()
    assert faults(page) == []


def test_a_visitor_goes_from_a_person_to_a_paper_and_on_to_a_co_author(open_page, author):
    page = open_page(author.get_absolute_url())
    page.locator("article.work h3 a").first.click()
    assert page.locator("h1").inner_text().startswith("Work number")
    page.get_by_role("link", name="Ben Babbage").first.click()
    assert page.locator("h1").inner_text() == "Ben Babbage"

"""Searching by keyboard alone, by mouse, and without scripts."""

import pytest

from search.services.terms import refresh_terms
from tests.factories.record import NOON, make_author, make_institution, make_paper
from tests.journeys.axe import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def record(transactional_db):
    place = make_institution("University of Wonders", city="Wonder", country_code="GB")
    ada = make_author("Adaline Byronova")
    make_paper("Adaline looms in silk", authors=[(ada, place)], abstract="Silk and threads.")
    refresh_terms(now=NOON)
    return ada


def test_by_keyboard_a_suggestion_leads_to_the_person(record, open_page):
    page = open_page("/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox").first
    box.press_sequentially("adal")
    option = page.get_by_role("option", name="Adaline Byronova").first
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert faults(page) == []
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    box.press("ArrowDown")
    option.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/authors/**")


def test_without_scripts_the_box_is_a_form_and_filters_are_links(record, open_page):
    page = open_page("/", javascript=False)
    page.locator("#find-home").fill("silk year:2020")
    page.locator("#find-home").press("Enter")
    page.wait_for_url("**/search/?q=silk*")
    assert page.get_by_text("Adaline looms in silk").is_visible()
    page.locator("a.chip.filter").first.click()
    page.wait_for_url("**/search/?q=silk")


@pytest.mark.parametrize("width", [360, 1440])
def test_results_and_lists_shut_nobody_out(record, open_page, width):
    for path in ("/search/?q=silk&type=papers", "/search/?q=adaline", "/browse/", "/browse/people/b/", "/search/"):
        page = open_page(path, width=width)
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

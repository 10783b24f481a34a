"""Somebody explores: by mouse, by keys alone, without scripts, on a phone, by day and by night."""

from datetime import timedelta

import pytest
from django.utils import timezone

from graph.domain.nodes import Node
from graph.domain.state import State
from graph.selectors import network
from graph.services.building import build_network
from papers.models import Paper
from tests.factories.library import cite, make_author, make_category, make_institution, make_paper, make_topic
from tests.journeys.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    network.forget()
    people = [make_author(name) for name in ("Ada Byron", "Ben Babbage", "Cleo Clark", "Dora Dee", "Emil Else")]
    works = [
        make_paper(
            f"On engines, part {number}",
            by=people[number % 4 : number % 4 + 2],
            at=make_institution(),
            topics=[make_topic(f"Topic {number % 3}")],
            category=make_category(),
        )
        for number in range(12)
    ]
    for number in range(1, 9):
        cite(works[number], works[0])
    Paper.objects.update(changed_at=timezone.now() - timedelta(hours=1))
    build_network(now=timezone.now())
    yield people, works
    network.forget()


def address(*people, **more) -> str:
    return "/explore/?" + State(focus=tuple(Node("A", each.pk) for each in people), **more).address


def name(page, text: str):
    return page.locator(".graph-rows a.name", has_text=text).first


def test_the_slice_comes_after_the_page_and_leads_into_the_explorer(open_page, cast):
    page = open_page(cast[0][1].get_absolute_url())
    page.locator("#research-graph").scroll_into_view_if_needed()
    page.locator("svg.drawing.wide").wait_for()
    assert page.locator("svg.drawing.wide .node").count() > 8
    assert faults(page) == []
    page.click("#research-graph >> text=Open full explorer")
    assert page.locator("h2#picture-title").inner_text() == "Ben Babbage"


def test_by_mouse_a_node_is_expanded_and_hidden(open_page, cast):
    page = open_page(address(cast[0][1]))
    page.locator(".is-drawn canvas").first.wait_for()
    name(page, "Cleo Clark").click()
    page.wait_for_url("**x=A**")
    page.click(f"#hide-{cast[0][2].public_id}")
    page.wait_for_url("**hide=A**")
    assert name(page, "Cleo Clark").count() == 0
    assert faults(page) == []


def test_by_keys_alone_the_list_leads_along_the_ties(open_page, cast):
    page = open_page(address(cast[0][1]))
    page.locator(".is-drawn canvas").first.wait_for()
    name(page, "Ben Babbage").focus()
    page.keyboard.press("ArrowRight")
    neighbour = page.evaluate("document.activeElement.textContent")
    assert "Ben Babbage" not in neighbour
    assert neighbour.split(",")[0] in page.locator("#graph-live").inner_text()
    page.keyboard.press("ArrowLeft")
    assert "Ben Babbage" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.textContent.split(',')[0]")
    page.keyboard.press("Delete")
    page.wait_for_url("**hide=**")
    assert name(page, chosen).count() == 0
    page.keyboard.press("Control+z")
    name(page, chosen).wait_for()
    name(page, chosen).focus()
    page.keyboard.press("p")
    page.wait_for_url("**pin=**")


def test_without_scripts_links_and_forms_do_the_same(open_page, cast):
    page = open_page(address(cast[0][1]), javascript=False)
    assert page.locator("svg.drawing.full").is_visible()
    name(page, "Cleo Clark").click()
    assert "x=A" in page.url
    for person in ("Ben Babbage", "Dora Dee"):
        page.get_by_label(f"Choose {person}").check()
    page.click("text=Paths between two people")
    assert "2 steps apart" in page.inner_text(".graph-paths")
    page.click(".graph-filters summary")
    page.select_option("#graph-colour", "year")
    page.click(".graph-filters button[type=submit]")
    assert "colour=year" in page.url


@pytest.mark.parametrize("width", [360, 1440])
def test_a_path_is_read_and_seen_on_every_screen(open_page, cast, width):
    page = open_page(address(cast[0][0], cast[0][3], mode="between"), width=width)
    assert "3 steps apart" in page.inner_text(".graph-paths")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults(page) == []


def test_a_page_with_a_slice_loads_none_of_the_explorers_scripts(open_page, cast):
    asked: list[str] = []
    page = open_page("/explore/")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.partition("/explore")[0] + cast[0][1].get_absolute_url())
    assert not [url for url in asked if "sigma" in url or "graphology" in url]

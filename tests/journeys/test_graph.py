"""Somebody explores: by mouse, by keys alone, without scripts, on a phone, by day and by night."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

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


# Where a node's mark stands in the window, from the data that the picture is drawn from.
PLACE = """(id) => {
  const data = JSON.parse(document.getElementById("graph-data").textContent);
  const box = document.getElementById("graph-canvas").getBoundingClientRect();
  const sheet = box.width < 500 ? "narrow" : "full";
  const [wide, high] = data.sheets[sheet];
  const scale = Math.min(box.width / wide, box.height / high);
  const [x, y] = data.nodes.find((node) => node.id === id)[sheet];
  return [box.left + (box.width - wide * scale) / 2 + x * scale, box.top + (box.height - high * scale) / 2 + y * scale];
}"""


def drawn(page) -> None:
    """The picture stands, and nothing is being asked for."""
    page.locator("#explorer:not([aria-busy]) .is-drawn canvas").first.wait_for()


def shown(page) -> str:
    """The picture's data, and so what it looks like."""
    return page.locator("#graph-data").text_content()


def test_labels_are_drawn_and_lie_on_nothing(open_page, cast):
    page = open_page(address(cast[0][1]))
    drawn(page)
    boxes = page.evaluate("new Promise((done) => setTimeout(() => done(window.colophonPicture.labels()), 100))")
    assert len(boxes) > 5
    for place, a in enumerate(boxes):
        for b in boxes[place + 1 :]:
            apart = (
                a["right"] <= b["left"] or b["right"] <= a["left"] or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )
            assert apart, (a, b)


def test_by_mouse_a_node_is_chosen_expanded_put_and_hidden_and_all_is_undone_and_done_again(open_page, cast):
    page, cleo = open_page(address(cast[0][1])), cast[0][2].public_id
    drawn(page)
    start = shown(page)
    page.mouse.click(*page.evaluate(PLACE, cleo))
    assert "Cleo Clark" in page.locator("#graph-chosen").inner_text()
    assert page.evaluate("document.activeElement.id") == f"name-{cleo}"
    page.mouse.dblclick(*page.evaluate(PLACE, cleo))
    page.wait_for_url("**x=A**")
    drawn(page)
    x, y = page.evaluate(PLACE, cleo)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 20, steps=3)
    page.mouse.move(x + 60, y + 40, steps=3)
    page.mouse.up()
    page.wait_for_url("**pin=A**")
    drawn(page)
    assert page.evaluate(PLACE, cleo) == pytest.approx([x + 60, y + 40], abs=5)
    pinned = shown(page)
    page.click("#graph-chosen >> text=Hide")
    page.wait_for_url("**hide=A**")
    drawn(page)
    assert name(page, "Cleo Clark").count() == 0
    assert faults(page) == []
    page.click("#graph-undo")
    name(page, "Cleo Clark").wait_for()
    assert shown(page) == pinned
    page.click("#graph-undo")
    page.click("#graph-undo")
    expect(page.locator("#explorer")).to_have_attribute("data-address", f"?n={cast[0][1].public_id}")
    drawn(page)
    assert shown(page) == start
    assert page.get_attribute("#graph-undo", "aria-disabled") == "true"
    for _step in range(3):
        page.click("#graph-redo")
    page.wait_for_url("**hide=A**")
    name(page, "Cleo Clark").wait_for(state="detached")
    assert page.get_attribute("#graph-redo", "aria-disabled") == "true"


def test_an_address_restores_the_picture_and_what_was_filtered(open_page, cast):
    page = open_page(address(cast[0][1]))
    drawn(page)
    page.click(".graph-filters summary")
    page.uncheck("input[name=kinds][value=T]")
    page.fill("#graph-least", "0.1")
    page.select_option("#graph-colour", "year")
    page.select_option("#graph-size", "citations")
    page.click(".graph-filters button[type=submit]")
    page.wait_for_url("**size=citations**")
    drawn(page)
    assert "Topic 1" not in shown(page)
    before, url = shown(page), page.url
    page.reload()
    drawn(page)
    assert shown(page) == before
    assert page.url == url


def test_a_search_adds_to_what_is_shown_by_then(open_page, cast):
    page = open_page(address(cast[0][1]))
    drawn(page)
    name(page, "Cleo Clark").click()
    page.wait_for_url("**x=A**")
    drawn(page)
    page.fill("#graph-q", "Emil Else")
    page.keyboard.press("Enter")
    page.locator(".graph-found a", has_text="Add").first.click()
    page.wait_for_url(f"**n={cast[0][1].public_id},{cast[0][4].public_id}**")
    assert "x=A" in page.url
    drawn(page)
    page.locator("#graph-q").press_sequentially("Cleo Cl")
    page.locator("#graph-q-options [role=option]", has_text="Cleo Clark").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**n={cast[0][1].public_id},{cast[0][4].public_id},{cast[0][2].public_id}**")


def test_by_touch_a_node_is_chosen_and_expanded(browser, live_server, cast):
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    page, cleo = context.new_page(), cast[0][2].public_id
    page.goto(live_server.url + address(cast[0][1]))
    drawn(page)
    page.locator("#graph-canvas").scroll_into_view_if_needed()
    page.touchscreen.tap(*page.evaluate(PLACE, cleo))
    page.locator("#graph-chosen", has_text="Cleo Clark").wait_for()
    top = page.locator("#graph-canvas").bounding_box()["y"]
    assert -200 < top < 700  # the picture stays before the eyes
    page.locator("#graph-chosen >> text=Expand").tap()
    page.wait_for_url("**x=A**")
    context.close()


def test_a_screen_reader_is_told_each_row_its_ties_and_what_can_be_done(open_page, cast):
    page = open_page(address(cast[0][1]))
    drawn(page)
    told = page.locator(".graph-list").aria_snapshot()
    assert 'link "Cleo Clark , person: expand"' in told
    assert 'link "Hide Cleo Clark"' in told
    assert 'checkbox "Choose Cleo Clark"' in told
    assert "wrote together" in told
    assert "graphic" not in page.locator(".graph-stage").aria_snapshot()


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
    page.keyboard.press("Control+y")
    name(page, chosen).wait_for(state="detached")
    page.keyboard.press("Control+z")
    name(page, chosen).wait_for()
    drawn(page)
    name(page, chosen).focus()
    page.keyboard.press("p")
    page.wait_for_url("**pin=**")
    drawn(page)
    before = page.url
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(lambda url: "pin=" in url and url != before)


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

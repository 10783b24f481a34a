"""Which works come first, which are not the owner's, and which are too."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from identity.models import IdentityConstraint
from papers.models import Author, BylineDecision, Paper
from profiles.models import AttributionRequest, PinnedWork
from profiles.services.pins import move_pin, pin_work, unpin_work
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner

pytestmark = [pytest.mark.django_db]


def at(name: str, author: Author, *more) -> str:
    return reverse(f"profiles:{name}", args=[author.public_id, *more])


def titles(html: str, *named: str) -> list[str]:
    """These titles in the order in which the page shows them."""
    return sorted((title for title in named if f">{title}<" in html), key=lambda title: html.index(f">{title}<"))


def pinned(author: Author) -> list[str]:
    return list(
        PinnedWork.objects.filter(profile__author=author).order_by("position").values_list("paper__title", flat=True)
    )


def pin(client: Client, author: Author, work: Paper, act: str, **headers) -> int:
    return client.post(at("edit_pin", author), {"work": work.public_id, "action": act}, **headers).status_code


def test_pinned_works_stand_first_and_marked_and_once(as_ada, page, works):
    for work in (works[3], works[1]):
        assert pin(as_ada, page, work, "pin") == 302
    html = Client().get(page.get_absolute_url()).content.decode()
    assert titles(html, *(f"Work {n}" for n in range(4))) == ["Work 3", "Work 1", "Work 0", "Work 2"]
    assert html.count("chip pinned") == 2
    assert html.count("<article") == 4
    by_date = Client().get(page.get_absolute_url() + "?sort=cited").content.decode()
    assert titles(by_date, *(f"Work {n}" for n in range(4)))[0] == "Work 0"
    assert "chip pinned" not in by_date


def test_pins_are_moved_with_buttons_and_in_place_with_htmx(as_ada, page, works):
    for work in works[:3]:
        pin(as_ada, page, work, "pin")
    pin(as_ada, page, works[2], "up")
    assert pinned(page) == ["Work 0", "Work 2", "Work 1"]
    pin(as_ada, page, works[0], "down")
    assert pinned(page) == ["Work 2", "Work 0", "Work 1"]
    response = as_ada.post(
        at("edit_pin", page), {"work": works[1].public_id, "action": "first"}, headers={"HX-Request": "true"}
    )
    assert (response.status_code, b"<html" in response.content) == (200, False)
    assert pinned(page) == ["Work 1", "Work 2", "Work 0"]
    pin(as_ada, page, works[2], "unpin")
    assert list(PinnedWork.objects.order_by("position").values_list("position", flat=True)) == [1, 2]
    for act in ("up", "first"):
        pin(as_ada, page, works[1], act)
    assert pinned(page) == ["Work 1", "Work 0"]


def test_a_claimed_page_with_pins_asks_two_queries_more_than_an_unclaimed_one(as_ada, page, works):
    for work in works:
        pin(as_ada, page, work, "pin")
    other = make_author("Ben Babbage")
    make_paper("His", by=[other])
    asked = []
    for author in (other, page):
        Client().get(author.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            Client().get(author.get_absolute_url())
        asked.append(len(queries))
    assert asked[1] - asked[0] == 2


@pytest.mark.parametrize("count", [2, 30])
def test_the_list_of_own_works_asks_the_same_few_queries(as_ada, page, count, django_assert_max_num_queries):
    for number in range(count):
        work = make_paper(f"Of many {number}", by=[page])
        if number < 12:
            pin(as_ada, page, work, "pin")
    with django_assert_max_num_queries(12):
        as_ada.get(at("edit_works", page))


def test_a_work_of_somebody_else_cannot_be_pinned_nor_can_too_many(as_ada, page, works):
    other = make_paper("Not hers", by=[make_author("Ben Babbage")])
    assert pin(as_ada, page, other, "pin") == 404
    for number in range(13):
        pin(as_ada, page, make_paper(f"More {number}", by=[page]), "pin")
    assert PinnedWork.objects.count() == 12
    assert as_ada.post(at("edit_pin", page), {"work": works[0].public_id, "action": "steal"}).status_code == 400


def test_a_pinned_work_that_leaves_the_record_is_not_shown_on_it(as_ada, page, works):
    pin(as_ada, page, works[0], "pin")
    works[0].authorships.update(author=make_author("Ben Babbage"))
    html = Client().get(page.get_absolute_url()).content.decode()
    assert "Work 0" not in html


@pytest.mark.django_db(transaction=True)
def test_pins_moved_by_many_hands_at_once_stay_an_order(ada, page, works):
    for work in works:
        pin_work(user=ada, author_id=page.pk, paper_id=work.pk, now=clock.now())

    def act(number: int) -> None:
        work = works[number % 4]
        try:
            if number % 5 == 4:
                unpin_work(user=ada, author_id=page.pk, paper_id=work.pk, now=clock.now())
                pin_work(user=ada, author_id=page.pk, paper_id=work.pk, now=clock.now())
            else:
                way = ("up", "down", "first", "last")[number % 4]
                move_pin(user=ada, author_id=page.pk, paper_id=work.pk, way=way, now=clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(act, range(24)))
    assert list(PinnedWork.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]
    assert sorted(pinned(page)) == [work.title for work in works]


def test_a_work_that_is_not_mine_goes_and_comes_back_when_that_is_taken_back(as_ada, page, works):
    pin(as_ada, page, works[0], "pin")
    as_ada.post(at("edit_disown", page), {"work": works[0].public_id})
    assert "Work 0" not in Client().get(page.get_absolute_url()).content.decode()
    assert works[0].authorships.get().author_id != page.pk
    assert not PinnedWork.objects.exists()
    decision = BylineDecision.objects.get()
    assert "Work 0" in as_ada.get(at("edit_corrections", page)).content.decode()
    as_ada.post(at("edit_undo", page, decision.pk))
    assert works[0].authorships.get().author_id == page.pk
    assert "taken back" in as_ada.get(at("edit_corrections", page)).content.decode()


def test_a_work_by_a_like_name_can_be_taken_by_its_identifier(as_ada, page):
    namesake = make_author("A. Byron")
    work = make_paper("On engines", by=[make_author("Ben Babbage"), namesake], doi="10.1000/engines")
    for pasted in (
        "https://doi.org/10.1000/ENGINES",
        work.public_id,
        f"https://x.org{work.get_absolute_url()}",
    ):
        found = as_ada.post(at("edit_mine", page), {"identifier": pasted})
        assert found["Location"] == f"{at('edit_mine', page)}?work={work.public_id}"
    html = as_ada.get(found["Location"]).content.decode()
    assert html.count("This is me</button>") == 1
    as_ada.post(at("edit_attribute", page), {"work": work.public_id, "position": "2"})
    assert work.authorships.get(position=2).author_id == namesake.pk
    assert AttributionRequest.objects.get().state == "waiting"
    assert "With a curator" in as_ada.get(found["Location"]).content.decode()


@pytest.mark.parametrize("pasted", ["nonsense", "10.1000/none", "0000-0002-1825-0097", "x" * 500, "\0"])
def test_what_names_no_work_is_told_so(as_ada, page, pasted):
    response = as_ada.post(at("edit_mine", page), {"identifier": pasted})
    assert (response.status_code, b'role="alert"' in response.content) == (200, True)


def test_a_byline_on_another_record_of_the_owners_own_moves_at_once(ada, as_ada, page):
    second = make_author("A. Byron")
    make_owner(ada, second)
    work = make_paper("On engines", by=[second])
    as_ada.post(at("edit_attribute", page), {"work": work.public_id, "position": "1"})
    assert work.authorships.get().author_id == page.pk
    assert not AttributionRequest.objects.exists()


def test_nobody_takes_a_byline_of_another_name_or_another_owner(as_ada, page, cleo):
    claimed = make_author("A. Byron")
    make_owner(cleo, claimed)
    theirs = make_paper("Owned by Cleo", by=[claimed])
    famous = make_paper("Deep things", by=[make_author("Geoffrey Hinton")])
    for work in (theirs, famous):
        before = work.authorships.get().author_id
        as_ada.post(at("edit_attribute", page), {"work": work.public_id, "position": "1"})
        assert work.authorships.get().author_id == before
    assert not BylineDecision.objects.exists()


def test_works_of_unclaimed_namesakes_are_suggested_with_reasons_best_first(as_ada, page, cleo):
    ben = make_author("Ben Babbage")
    make_paper("Together", by=[page, ben])
    namesake, claimed, other = make_author("A. Byron"), make_author("Ada Byron"), make_author("Zoe Byron")
    make_owner(cleo, claimed)
    make_paper("Alone", by=[namesake])
    make_paper("With Ben", by=[namesake, ben])
    make_paper("Owned", by=[claimed])
    make_paper("Zoe's", by=[other])
    html = as_ada.get(at("edit_mine", page)).content.decode()
    assert titles(html, "Alone", "With Ben", "Owned", "Zoe's") == ["With Ben", "Alone"]
    assert "with Ben Babbage, who wrote with you" in html


def test_a_suggested_work_that_is_refused_is_never_suggested_again(as_ada, page, cleo):
    suggested = [s.card.title for s in as_ada.get(at("edit_mine", page)).context["suggestions"]]
    make_paper("By a namesake", by=[make_author("Ada Byron")])
    found = as_ada.get(at("edit_mine", page)).context["suggestions"]
    assert [s.card.title for s in found] == [*suggested, "By a namesake"]
    answer = as_ada.post(at("edit_refuse", page), {"work": found[-1].public_id}, follow=True)
    assert [s.card.title for s in answer.context["suggestions"]] == suggested
    assert IdentityConstraint.objects.get().kind == "is_not"


def test_nobody_undoes_what_another_said(as_ada, ada, page, works, cleo, as_cleo):
    as_ada.post(at("edit_disown", page), {"work": works[0].public_id})
    decision = BylineDecision.objects.get()
    own = make_author("Cleo Somerville")
    make_owner(cleo, own)
    assert as_cleo.post(at("edit_undo", own, decision.pk)).status_code == 404
    assert as_cleo.post(at("edit_undo", page, decision.pk)).status_code == 404
    decision.refresh_from_db()
    assert decision.withdrawn_at is None

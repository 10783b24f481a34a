"""Topic, institution and venue pages, and the first page."""

from datetime import date

import pytest
from django.utils import timezone

from metrics.models import EntityMetrics
from papers.models import Author, Category, Institution, InstitutionRelation, Topic
from tests.factories.library import (
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)

pytestmark = [pytest.mark.django_db]


def papers_everywhere(count: int) -> None:
    ada, ben = make_author("Ada Byron"), make_author("Ben Babbage")
    for number in range(count):
        make_paper(
            f"Work number {number:02d}",
            by=[ada, ben],
            at=make_institution(),
            venue=make_venue(),
            category=make_category(),
            topics=[make_topic("Condensation")],
            published=None if number == 1 else date(2000 + number % 20, 1, 1),
            citations=number,
        )


def subjects() -> list[object]:
    category = Category.objects.get(code="cs.LG")
    return [
        make_topic("Condensation"),
        Topic.objects.get(category=category),
        make_institution(),
        make_venue(),
    ]


def test_each_subject_lists_its_works_people_and_years(client):
    papers_everywhere(25)
    for subject in subjects():
        response = client.get(subject.get_absolute_url())
        assert response.status_code == 200
        works = response.context["page"].works
        assert works.numbers.works_count == 25
        assert len(works.cards) == 20
        assert [person.name for person in works.numbers.people] == ["Ada Byron", "Ben Babbage"]
        assert works.numbers.people[0].works == 25
        assert sum(column.works for column in works.chart.columns) == 24


def test_people_come_from_the_last_refresh_with_the_names_of_today(client, django_assert_num_queries):
    papers_everywhere(3)
    venue = make_venue()
    ben = Author.objects.get(name="Ben Babbage")
    EntityMetrics.objects.create(
        kind="venue", object_id=venue.pk, people=[[ben.pk, 700], [10**9, 5]], computed_at=timezone.now()
    )
    Author.objects.filter(pk=ben.pk).update(name="Benjamin Babbage")
    with django_assert_num_queries(7):
        works = client.get(venue.get_absolute_url()).context["page"].works
    people = works.numbers.people
    assert [(person.name, person.works) for person in people] == [("Benjamin Babbage", 700)]
    assert works.numbers.people_are_of_all


def test_numbers_over_time_are_those_of_the_last_refresh_and_say_when_more_has_come(client):
    papers_everywhere(3)
    venue = make_venue()
    html = client.get(venue.get_absolute_url()).content.decode()
    assert "being computed" in html
    EntityMetrics.objects.create(
        kind="venue",
        object_id=venue.pk,
        works_count=1_204,
        known_count=1_204,
        figures="counted",
        cited_by_count=9_800,
        h_index=31,
        people_count=870,
        mean_citedness_2y=2.5,
        counts_by_year=[[2001, 1_000, 0], [2002, 204, 9_800]],
        is_stale=True,
        computed_at=timezone.now(),
    )
    html = client.get(venue.get_absolute_url()).content.decode()
    for shown in ("<b>1,204</b>", "<b>9,800</b>", "<b>31</b>", "<b>870</b>", "<b>2.50</b>", "2001–2002"):
        assert shown in html
    assert "New works are being added; numbers update shortly." in html
    assert "being computed" not in html


@pytest.mark.parametrize("sort", ["newest", "cited"])
def test_every_work_of_a_subject_is_reached(client, sort):
    papers_everywhere(25)
    for subject in subjects():
        first = client.get(f"{subject.get_absolute_url()}?sort={sort}").context["page"].works
        second = client.get(subject.get_absolute_url() + first.next_address).context["page"].works
        assert len({card.id for card in (*first.cards, *second.cards)}) == 25
        back = client.get(subject.get_absolute_url() + second.previous_address).context["page"].works
        assert [card.id for card in back.cards] == [card.id for card in first.cards]


@pytest.mark.parametrize("count", [2, 20])
def test_subject_pages_ask_as_many_queries_for_many_works_as_for_few(client, count, django_assert_num_queries):
    papers_everywhere(count)
    budgets = {"Topic": 10, "Institution": 13, "Venue": 10}  # three less once a refresh has counted
    for subject in subjects():
        client.get(subject.get_absolute_url())
        with django_assert_num_queries(budgets[type(subject).__name__]):
            client.get(subject.get_absolute_url())


def test_an_institution_stands_in_its_tree(client):
    whole, part = make_institution("A University"), make_institution("Its Observatory")
    InstitutionRelation.objects.create(parent=whole, child=part)
    assert "Its Observatory" in client.get(whole.get_absolute_url()).content.decode()
    assert "A University" in client.get(part.get_absolute_url()).content.decode()


def test_a_merged_institution_redirects_once(client):
    old, new = make_institution("Old Name"), make_institution("New Name")
    Institution.objects.filter(pk=old.pk).update(merged_into=new)
    response = client.get(old.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, new.get_absolute_url())


def test_a_subject_without_works_says_so(client):
    html = client.get(make_topic("Nothing written").get_absolute_url()).content.decode()
    assert "No works are known here yet." in html


def test_the_first_page_is_search_first_and_then_what_moved(client):
    papers_everywhere(3)
    make_paper("Dated ahead", published=date(2999, 1, 1))
    html = client.get("/").content.decode()
    assert 'role="search"' in html
    assert "Work number 02" in html
    assert "Dated ahead" not in html


def test_an_empty_portal_says_so(client):
    assert "No records yet" in client.get("/").content.decode()


def test_an_unknown_address_is_not_found_in_the_same_dress(client):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()

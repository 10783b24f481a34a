"""The researcher's page, as everybody sees it."""

from datetime import date

import pytest
import time_machine
from django.test.utils import CaptureQueriesContext

from papers.models import Author, AuthorIdentifier
from tests.factories.library import (
    make_author,
    make_category,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _frozen_day():
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        yield


@pytest.fixture
def author() -> Author:
    return make_author("Zhi-Qin John Xu")


def page_of(client, author: Author, query: str = "") -> str:
    response = client.get(author.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_an_author_without_works_is_told_plainly(client, author):
    html = page_of(client, author)
    assert "Zhi-Qin John Xu" in html
    assert "Affiliation not imported" in html
    assert "Unclaimed author" in html
    assert '<i class="unknown">–</i><span>h-index<small>being computed</small>' in html
    assert "No works are on this record." in html


def test_the_header_says_field_place_identifiers_and_one_sentence_of_facts(client, author):
    tao, yaoyu = make_author("Tao Luo"), make_author("Yaoyu Zhang")
    here = make_institution("Shanghai Jiao Tong University")
    learning = make_category("cs.LG", "Machine Learning")
    for year in (2017, 2020, 2022):
        make_paper(f"Work of {year}", by=[author, yaoyu, tao], at=here, published=date(year, 5, 2), category=learning)
    AuthorIdentifier.objects.create(author=author, scheme="orcid", value="0000-0002-1825-0097")
    html = " ".join(page_of(client, author).split())
    assert 'title="Machine Learning"' in html
    assert '<span class="unseen">Machine Learning</span>' in html
    assert ">Shanghai Jiao Tong University</a>" in html
    assert "https://orcid.org/0000-0002-1825-0097" in html
    assert (
        "3 papers from 2017 to 2022, on Machine Learning; at Shanghai Jiao Tong University;"
        " writes most with Tao Luo and Yaoyu Zhang." in html
    )


def test_a_date_of_this_year_has_no_year_and_an_earlier_one_has(client, author):
    make_paper("Of this year", by=[author], published=date(2026, 5, 2))
    make_paper("Of an earlier year", by=[author], published=date(2022, 5, 24))
    make_paper("Known to the month", by=[author], published=date(2021, 3, 1), precision="M")
    html = page_of(client, author)
    assert '<time datetime="2026-05-02">May 2</time>' in html
    assert '<time datetime="2022-05-24">May 24, 2022</time>' in html
    assert '<time datetime="2021-03">Mar 2021</time>' in html


def test_numbers_and_dates_follow_the_language_of_the_reader(client, author):
    make_paper("Much cited", by=[author], citations=2666)
    html = client.get(author.get_absolute_url(), headers={"accept-language": "de"}).content.decode()
    assert "2.666" in html


def test_a_byline_shows_three_names_and_the_author_wherever_they_stand(client, author):
    others = [make_author(f"Given{n} Family{n}") for n in range(5)]
    make_paper("Far back", by=[*others, author])
    html = page_of(client, author)
    assert "Given2 Family2</a> … <a" in html
    assert "<strong>Zhi-Qin John Xu</strong></a>" in html
    assert ">et al.</abbr>" in html
    assert "Given3" not in html.split('id="works"')[1].split("</article>")[0]


def test_hostile_text_is_shown_and_never_run(client):
    evil = make_author('<script>alert("x")</script> O"Hara')
    make_paper("<img src=x onerror=alert(1)>", by=[evil], abstract="</div><script>1</script>")
    html = page_of(client, evil)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "<script>1" not in html


@pytest.mark.parametrize("sort", ["relevance", "newest", "cited"])
def test_every_work_is_reached_by_paging_in_every_order(client, author, sort):
    for number in range(47):
        day = None if number == 3 else date(2000 + number % 20, 1 + number % 12, 1)
        make_paper(f"Work number {number:02d}.", by=[author], published=day, citations=number % 5)
    seen: list[str] = []
    query = f"?sort={sort}"
    for _page in range(5):
        page = client.get(author.get_absolute_url() + query).context["works"]
        seen += [card.title for card in page.cards]
        query = page.next_address
        if not query:
            break
    assert len(seen) == 47
    assert len(set(seen)) == 47


def test_the_way_back_leads_to_the_same_works(client, author):
    for number in range(45):
        make_paper(f"Work number {number:02d}.", by=[author], published=date(1980 + number, 1, 1))
    url = author.get_absolute_url()
    first = client.get(url + "?sort=newest").context["works"]
    second = client.get(url + first.next_address).context["works"]
    back = client.get(url + second.previous_address).context["works"]
    assert [card.id for card in back.cards] == [card.id for card in first.cards]


def test_works_are_filtered_by_year_category_type_and_coauthor(client, author):
    ben = make_author("Ben Babbage")
    learning, robots = make_category("cs.LG", "Machine Learning"), make_category("cs.RO", "Robotics")
    make_paper("Wanted", by=[author, ben], category=robots, published=date(2020, 1, 1), kind="article")
    make_paper("Other field", by=[author, ben], category=learning, published=date(2020, 1, 1), kind="article")
    make_paper("Other year", by=[author, ben], category=robots, published=date(2010, 1, 1), kind="article")
    make_paper("Other kind", by=[author, ben], category=robots, published=date(2020, 1, 1))
    make_paper("Alone", by=[author], category=robots, published=date(2020, 1, 1), kind="article")
    query = f"?from=2019&to=2021&category=cs.RO&type=article&with={ben.public_id}"
    response = client.get(author.get_absolute_url() + query)
    assert [card.title for card in response.context["works"].cards] == ["Wanted"]
    assert response.context["works"].matching == 1


def test_what_cannot_be_meant_in_a_filter_is_left_out(client, author):
    make_paper("Still here", by=[author])
    html = page_of(client, author, "?sort=sideways&from=abc&with=nobody%00&year=0")
    assert "Still here" not in html
    assert "No work on this record matches" in html
    assert "Still here" in page_of(client, author, "?sort=sideways&from=abc&to=99999999999999999999")


@pytest.mark.parametrize("cursor", ["abc", "~", "x~1", "1~x", "nan~1", "1~99999999999999999999999", "'~1"])
def test_a_cursor_that_no_page_gave_out_is_a_bad_request(client, author, cursor):
    assert client.get(author.get_absolute_url(), {"after": cursor})["Location"] == author.get_absolute_url()


def test_a_wrong_or_missing_slug_redirects_once_and_keeps_the_question(client, author):
    right = author.get_absolute_url()
    for wrong in (
        f"/authors/{author.public_id}",
        f"/authors/{author.public_id}/",
        f"/authors/{author.public_id}/x/",
    ):
        response = client.get(wrong + "?sort=newest")
        assert response.status_code == 301
        assert response["Location"] == right + "?sort=newest"


def test_a_merged_record_redirects_once_to_the_one_that_stands(client, author):
    merged = make_author("Z.-Q. J. Xu")
    twice = make_author("ZQJ Xu")
    Author.objects.filter(pk=merged.pk).update(merged_into=author)
    Author.objects.filter(pk=twice.pk).update(merged_into=merged)
    for old in (merged, twice):
        response = client.get(old.get_absolute_url())
        assert response.status_code == 301
        assert response["Location"] == author.get_absolute_url()


def test_unknown_ids_and_ids_of_other_kinds_are_not_found(client, author):
    paper = make_paper(by=[author])
    for address in (
        "/authors/Abcdfgh/x/",
        "/authors/nothing/",
        f"/authors/{paper.public_id}/x/",
        "/authors/A%00/x/",
    ):
        assert client.get(address).status_code == 404


def test_nobody_can_write_to_the_page(client, cleo, author):
    client.force_login(cleo)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(author.get_absolute_url()).status_code == 405
    assert Author.objects.get(pk=author.pk).name == "Zhi-Qin John Xu"


def test_htmx_gets_the_next_works_alone(client, author):
    for number in range(25):
        make_paper(f"Work number {number:02d}.", by=[author], citations=number)
    next_address = client.get(author.get_absolute_url()).context["works"].next_address
    response = client.get(author.get_absolute_url() + next_address, headers={"hx-request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert html.count("<article") == 5
    assert "HX-Request" in response["Vary"]


def test_close_collaborators_need_three_joint_works_or_two_lately(client, author):
    often, lately, long_ago, crowd = (make_author(f"{n} Person") for n in ("Often", "Lately", "Longago", "Crowd"))
    for _ in range(3):
        make_paper(by=[author, often], published=date(2000, 1, 1))
    for _ in range(2):
        make_paper(by=[author, lately], published=date(2024, 1, 1))
        make_paper(by=[author, long_ago], published=date(2001, 1, 1))
    many = [make_author(f"Member{n} Crowd") for n in range(19)]
    for _ in range(3):
        make_paper(by=[author, crowd, *many], published=date(2024, 1, 1))
    response = client.get(author.get_absolute_url())
    close = {person.name for person in response.context["page"].close_people_first}
    assert close == {"Often Person", "Lately Person"}


def works_of_many_kinds(author: Author, count: int) -> None:
    coauthors = [make_author(f"Given{n} Family{n}") for n in range(4)]
    topics = [make_topic(f"Topic {n}") for n in range(4)]
    place, venue = make_institution(), make_venue()
    for number in range(count):
        make_paper(
            f"Work number {number:03d}",
            by=[*coauthors, author],
            at=place,
            venue=venue,
            topics=topics,
            category=make_category(),
            published=date(2000 + number % 26, 1, 1),
            citations=number,
            arxiv=f"2001.{number:05d}",
        )


@pytest.mark.parametrize("count", [1, 60])
def test_the_page_asks_the_same_few_queries_for_one_work_and_for_many(client, author, count, django_assert_num_queries):
    works_of_many_kinds(author, count)
    client.get(author.get_absolute_url())
    with django_assert_num_queries(10):
        client.get(author.get_absolute_url())


def test_the_works_of_an_author_are_exported_in_batches(client, author, settings):
    works_of_many_kinds(author, 30)
    response = client.get(f"{author.get_absolute_url()}works.bib")
    assert response["Content-Type"].startswith("application/x-bibtex")
    assert response.streaming
    text = b"".join(response.streaming_content).decode()
    assert text.count("@misc{") == 30
    assert client.get(f"{author.get_absolute_url()}works.exe").status_code == 404


def test_a_stored_row_gives_the_same_page_as_the_bylines(client, author, django_assert_max_num_queries):
    from django.db import connection
    from django.utils import timezone

    from metrics.models import AuthorMetrics

    works_of_many_kinds(author, 3)
    live = client.get(author.get_absolute_url()).context["page"].summary
    topics = {topic.name: topic.topic_id for topic in live.topics}
    AuthorMetrics.objects.create(
        author=author,
        works_count=live.works_count,
        cited_by_count=live.cited_by_count,
        h_index=live.h_index,
        first_year=live.first_year,
        last_year=live.last_year,
        counts_by_year=[[y.year, y.works, y.citations] for y in live.years],
        top_categories=[[make_category().pk, 3, live.categories[0].years]],
        top_topics=[[topics[topic.name], topic.works, topic.years] for topic in live.topics],
        kinds=live.kinds,
        institutions=[[p.institution_id, p.works, p.first_year, p.last_year] for p in live.affiliations],
        collaborators=[[p.author_id, p.works, p.first_year, p.last_year, p.strength] for p in live.collaborators],
        computed_at=timezone.now(),
    )
    with CaptureQueriesContext(connection) as asked:
        stored = client.get(author.get_absolute_url()).context["page"].summary
    assert len(asked) <= 10
    assert stored == live

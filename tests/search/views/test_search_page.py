"""Finding: people by any form of their name, papers by their words, anything by its identifier."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection

from common import rate_limits
from papers.models import Author
from search import views
from tests.factories.record import make_author, make_paper


def names(client, words: str, **more) -> list[str]:
    """The names of the people on the page, in order."""
    response = client.get("/search/", {"q": words, "type": "authors", **more})
    assert response.status_code == 200
    return [hit.name for section in response.context["page"].sections for hit in section.people]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("John Smith", ["John Smith"]),
        ("smith john", ["John Smith"]),
        ("Smith, John", ["John Smith"]),
        ("J. Smith", ["J. Smith", "John Smith", "Jane Smithson"]),
        ("Smith J", ["J. Smith", "John Smith"]),
        ("smith", ["John Smith", "J. Smith", "Jane Smithson"]),
        ("smi", ["John Smith", "Jane Smithson", "J. Smith"]),
        ("jose garcia marquez", ["José García Márquez"]),
        ("MÁRQUEZ JOSÉ", ["José García Márquez"]),
        ("王伟", ["王伟"]),
        ("wei wang", ["王伟"]),
        ("Wang", ["Xiaolong Wang", "王伟"]),
        ("xiaol", ["Xiaolong Wang"]),
    ],
)
def test_people_are_found_by_any_form_of_their_name(client, library, words, found):
    assert names(client, words) == found


@pytest.mark.parametrize("words", ["Jonh Smith", "John Smiht", "Xiaolng Wang"])
def test_a_misspelt_name_finds_those_spelled_alike_and_says_so(client, library, words):
    response = client.get("/search/", {"q": words, "type": "authors"})
    assert "Similar spellings" in response.content.decode()
    assert response.context["page"].sections[0].people[0].name in {"John Smith", "Xiaolong Wang"}


def test_the_very_name_comes_before_a_busier_namesake(client, library):
    make_author("Xiaolong A. Wang")
    short = make_author("Wang Xiaolong Junior")
    for number in range(3):
        make_paper(f"Busy work {number}", authors=[short], cites=100)
    assert names(client, "Xiaolong Wang")[0] == "Xiaolong Wang"


def test_a_person_shows_what_tells_namesakes_apart(client, library):
    page = client.get("/search/", {"q": "john smith", "type": "authors"}).content.decode()
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    for fact in (
        "Machine Learning",
        "University of Wonders",
        "2 works, 2015 – 2019",
        "ORCID iD 0000-0002-1825-0097",
    ):
        assert fact.replace(" – ", "–") in text


@pytest.mark.parametrize(
    "pasted",
    [
        "10.1000/weaving",
        "https://doi.org/10.1000/WEAVING",
        "doi:10.1000/weaving",
        "arXiv:1501.00001v2",
        "https://arxiv.org/abs/1501.00001",
        " 1501.00001 ",
    ],
)
def test_an_identifier_leads_straight_to_its_page(client, library, pasted):
    response = client.get("/search/", {"q": pasted})
    assert (response.status_code, response["Location"]) == (302, library.engine.get_absolute_url())


def test_our_own_ids_and_addresses_lead_to_their_page_after_any_merge(client, library):
    merged = make_author("Jon Smith", ids={"openalex": "A99"})
    Author.objects.filter(pk=merged.pk).update(merged_into=library.john)
    url = library.john.get_absolute_url()
    for pasted in (
        merged.public_id,
        f"https://example.org/authors/{merged.public_id}/jon-smith/",
        "https://openalex.org/A99",
        "https://orcid.org/0000-0002-1825-0097",
    ):
        assert client.get("/search/", {"q": pasted})["Location"] == url


def test_an_unknown_identifier_is_said_to_be_unknown(client, library):
    response = client.get("/search/", {"q": "10.1000/nothing"})
    assert response.status_code == 200
    assert "No record here has the identifier doi:10.1000/nothing" in response.content.decode()


def test_a_merged_person_is_not_listed(client, library):
    Author.objects.filter(pk=library.initial.pk).update(merged_into=library.john)
    assert "J. Smith" not in names(client, "smith")


def test_papers_are_found_by_title_then_names_then_abstract(client, library):
    def titles(words):
        page = client.get("/search/", {"q": words, "type": "papers"}).context["page"]
        return [card.title for section in page.sections for card in section.papers]

    assert titles("looms") == ["Looms", "Weaving by engine"]
    assert titles('"weaving by engine"') == ["Weaving by engine"]
    assert titles("weav") == ["Weaving by engine"]
    assert titles("smithson") == ["Threads"]
    assert titles("weaving engin") == ["Weaving by engine"]
    assert titles("weaving threads loms") == ["Weaving by engine"]


@pytest.mark.parametrize(
    ("section", "words", "found"),
    [
        ("topics", "engineering textile", "Textile engineering"),
        ("institutions", "wonders", "University of Wonders"),
        ("institutions", "UoW", "University of Wonders"),
        ("venues", "looms", "Journal of Looms"),
        ("topics", "textile enginering", "Textile engineering"),
    ],
)
def test_places_are_found_by_words_other_names_and_spelling(client, library, section, words, found):
    page = client.get("/search/", {"q": words, "type": section}).context["page"]
    assert [place.name for hit in page.sections for place in hit.places] == [found]


def test_the_overview_shows_the_best_of_each_kind(client, library):
    page = client.get("/search/", {"q": "looms"}).context["page"]
    assert [section.name for section in page.sections] == ["papers", "venues"]


def test_an_empty_answer_says_what_was_searched(client, library):
    page = client.get("/search/", {"q": "zzxqv wkjqz"}).content.decode()
    assert "No results for" in page
    assert "We searched" in page


def test_pages_of_people_hold_still_while_others_arrive(client, db, monkeypatch):
    monkeypatch.setattr("search.selectors.pages.PAGE_SIZE", 3)
    for number in range(7):
        make_paper(f"Work of {number}", authors=[make_author(f"Ada Number{number}")], cites=number)
    found, url = [], "/search/?q=ada&type=authors"
    while url:
        response = client.get(url)
        found += [hit.name for hit in response.context["page"].sections[0].people]
        url = response.context["more"]
        make_author(f"Ada Late{len(found)}")
    assert found[:7] == [f"Ada Number{number}" for number in range(6, -1, -1)]
    assert len(found) == len(set(found))


def test_a_cursor_of_another_search_is_refused(client, db, monkeypatch):
    monkeypatch.setattr("search.selectors.pages.PAGE_SIZE", 1)
    make_author("Ada One")
    make_author("Ada Two")
    more = client.get("/search/?q=ada&type=authors").context["more"]
    assert client.get(more).status_code == 200
    assert client.get(more.replace("q=ada", "q=one"))["Location"] == "/search/?q=one&type=authors"
    assert client.get("/search/?q=ada&type=authors&after=nonsense")["Location"] == "/search/?q=ada&type=authors"
    assert client.get("/search/?q=ada&type=people").status_code == 200


@pytest.mark.parametrize("section", ["", "authors", "papers", "topics", "institutions", "venues"])
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "%",
        "_",
        "%(key)s",
        "{0}",
        "a:* & !b",
        "'':*",
        '"',
        "\\",
        "-",
        "()",
        "\x00",
        "🙂",
        "\u202e",
        "the",
        "x" * 5_000,
        "a b c d e f g h i j k l m n",
        "10.1000/" + "a" * 400,
    ],
)
def test_hostile_words_are_only_words(client, library, section, hostile):
    response = client.get("/search/", {"q": hostile, "type": section})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_search_that_takes_too_long_says_so_and_is_no_200(client, library, monkeypatch):
    monkeypatch.setattr(views, "READ_MILLISECONDS", 50)
    monkeypatch.setattr(
        "search.selectors.people._FOUND",
        "WITH slept AS MATERIALIZED (SELECT pg_sleep(2)), "
        "found AS (SELECT 1 AS id, 0 AS tier FROM slept WHERE %(keys)s <> '{{}}' {initials})",
    )
    response = client.get("/search/", {"q": "john smith"})
    assert response.status_code == 503
    assert "took too long" in response.content.decode()
    assert response["Retry-After"]


def test_a_damaged_index_is_said_to_be_damaged(client, library, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION damaged() RETURNS bigint LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'broken' USING ERRCODE = 'XX002'; END $$"
        )
    broken = "WITH found AS (SELECT damaged() AS id, 0 AS tier WHERE %(keys)s <> '{{}}' {initials})"
    monkeypatch.setattr("search.selectors.people._FOUND", broken)
    response = client.get("/search/", {"q": "john smith"})
    assert response.status_code == 503
    assert "an index is damaged" in response.content.decode()


def test_too_many_searches_of_one_address_are_told_when_to_come_back(client, db, settings, monkeypatch):
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)
    settings.RATE_LIMITED = True
    settings.SEARCH_RATE = "2/minute"
    address = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"
    answers = [client.get("/search/", {"q": "ada"}, REMOTE_ADDR=address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) >= 1


@pytest.mark.parametrize(("section", "budget"), [("authors", 5), ("papers", 16), ("topics", 5), ("", 26)])
def test_a_page_asks_the_same_number_of_queries_for_one_result_or_twenty(
    client, library, section, budget, django_assert_max_num_queries
):
    with django_assert_max_num_queries(budget):
        client.get(
            "/search/",
            {
                "q": "engine" if section == "papers" else "textile" if section == "topics" else "john smith",
                "type": section,
            },
        )
    for number in range(20):
        make_paper(f"Engine {number}", authors=[make_author(f"John Smith {number}")])
    with django_assert_max_num_queries(budget):
        client.get(
            "/search/",
            {
                "q": "engine" if section == "papers" else "textile" if section == "topics" else "john smith",
                "type": section,
            },
        )


def test_the_page_works_without_scripts_and_keeps_what_was_typed(client, library):
    page = client.get("/search/", {"q": 'smith "x" <b>'}).content.decode()
    assert 'value="smith &quot;x&quot; &lt;b&gt;"' in page
    assert re.search(r'<form[^>]+action="/search/"[^>]+method="get"', page)
    assert " style=" not in page


def test_a_search_with_filters_can_be_saved_and_read_as_a_feed(client, library):
    page = client.get("/search/", {"q": "weaving author:smith year:2015", "type": "papers"})
    assert "Save this search" in page.content.decode()
    address = re.search(r'href="([^"]+)" type="application/atom\+xml"', page.content.decode())[1]
    feed = client.get(unescape(address)).content.decode()
    assert "Weaving by engine" in feed
    assert "Looms" not in feed

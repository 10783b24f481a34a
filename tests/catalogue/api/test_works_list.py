"""Lists of works: exact rows, orders, pages that hold still, and a query budget that rows do not move."""

from datetime import date

import pytest

from papers.models import Author
from tests.factories.record import make_author, make_institution, make_paper


def titles(client, query: str) -> list[str]:
    response = client.get(f"/api/works?{query}")
    assert response.status_code == 200, response.content
    return [work["title"] for work in response.json()["results"]]


ENGINE, NOTES, SKETCH, WRONG = (
    "On the analytical engine",
    "Notes by the translator",
    "Sketch without a date",
    "A claim withdrawn",
)


@pytest.mark.parametrize(
    ("filter_text", "found"),
    [
        ("author.id:{ada}", [NOTES, ENGINE]),
        ("authorships.author.id:{ada}|{ben}", [WRONG, NOTES, ENGINE, SKETCH]),
        ("author.id:{ada}+{ben}", [ENGINE]),
        ("author.id:!{ada}", [WRONG, SKETCH]),
        ("author.id:https://orcid.org/0000-0002-1825-0097", [NOTES, ENGINE]),
        ("authorships.author.orcid:0000-0002-1825-0097", [NOTES, ENGINE]),
        ("author.id:https://openalex.org/A5", [NOTES, ENGINE]),
        ("institution.id:{place}", [ENGINE]),
        ("authorships.institutions.ror:https://ror.org/00390t168", [ENGINE]),
        ("institution.id:!{place}", [WRONG, NOTES, SKETCH]),
        ("publication_year:2019", [NOTES]),
        ("publication_year:2018|2021", [WRONG, ENGINE]),
        ("publication_year:>2018", [WRONG, NOTES]),
        ("publication_year:2018-2019", [NOTES, ENGINE]),
        ("from_publication_date:2018-03-09,to_publication_date:2019-01-01", [NOTES, ENGINE]),
        ("type:preprint", [ENGINE]),
        ("type:!preprint,is_retracted:false", [NOTES, SKETCH]),
        ("ids.doi:https://doi.org/10.1000/ENGINE", [ENGINE]),
        ("doi:10.1000/engine|10.1000/unknown", [ENGINE]),
        ("ids.arxiv:arXiv:1803.00001v2", [ENGINE]),
        ("ids.openalex:W7", [ENGINE]),
        ("openalex_id:{engine}|{notes}", [NOTES, ENGINE]),
        ("topics.id:{topic}", [ENGINE]),
        ("primary_topic.id:{topic}", [ENGINE]),
        ("category:cs.LG", [ENGINE]),
        ("primary_location.source.id:{venue}", [ENGINE]),
        ("primary_location.source.id:issn:0378-5955", [ENGINE]),
        ("cites:{engine}", [WRONG, NOTES]),
        ("cited_by:{notes}", [ENGINE]),
        ("is_retracted:true", [WRONG]),
        ("has_abstract:true", [ENGINE]),
        ("cited_by_count:>3", [NOTES, ENGINE]),
        ("cited_by_count:3-12", [NOTES, SKETCH]),
        ("default.search:algebra", [ENGINE]),
        ("doi:10.1000/unknown", []),
    ],
)
def test_a_filter_finds_exactly_its_works(client, shelf, filter_text, found):
    ids = {name: record.public_id for name, record in vars(shelf).items() if hasattr(record, "public_id")}
    assert titles(client, "filter=" + filter_text.format(**ids).replace("+", "%2B")) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("publication_date:desc", [WRONG, NOTES, ENGINE, SKETCH]),
        ("publication_date", [ENGINE, NOTES, WRONG, SKETCH]),
        ("publication_year:desc", [WRONG, NOTES, ENGINE, SKETCH]),
        ("cited_by_count:desc", [ENGINE, NOTES, SKETCH, WRONG]),
        ("cited_by_count", [WRONG, SKETCH, NOTES, ENGINE]),
        ("display_name", [WRONG, NOTES, ENGINE, SKETCH]),
    ],
)
def test_every_order_is_total_and_puts_the_unknown_last(client, shelf, sort, found):
    assert titles(client, f"sort={sort}") == found
    assert walked(client, f"sort={sort}&per_page=1") == found
    by_number = [titles(client, f"sort={sort}&per_page=1&page={page}")[0] for page in range(1, 5)]
    assert by_number == found


def walked(client, query: str) -> list[str]:
    """Every title of a list, page by page behind its cursors."""
    found, cursor = [], "*"
    while cursor:
        answer = client.get(f"/api/works?{query}&cursor={cursor}").json()
        found += [work["title"] for work in answer["results"]]
        cursor = answer["meta"]["next_cursor"]
    return found


def test_pages_hold_still_while_works_arrive(client, shelf):
    first = client.get("/api/works?per_page=2&cursor=*").json()
    make_paper("Newest of all", authors=[shelf.ada], published=date(2022, 1, 1))
    make_paper("Old and late to arrive", authors=[shelf.ada], published=date(2018, 1, 1))
    second = client.get(f"/api/works?per_page=9&cursor={first['meta']['next_cursor']}").json()
    assert [w["title"] for w in first["results"]] == [WRONG, NOTES]
    assert [w["title"] for w in second["results"]] == [ENGINE, "Old and late to arrive", SKETCH]


def test_search_ranks_the_title_above_the_abstract_and_takes_accents_off(client, shelf):
    make_paper("A loom", authors=[shelf.ben], abstract="It is no engine at all, though one might think of one.")
    make_paper("Über Maschinen", authors=[shelf.ben])
    assert titles(client, "search=engine") == [ENGINE, "A loom"]
    assert titles(client, "search=uber maschinen") == ["Über Maschinen"]
    assert titles(client, "search=byron engine") == [ENGINE]
    assert walked(client, "search=engine&per_page=1") == [ENGINE, "A loom"]


def test_select_gives_the_fields_asked_for_and_no_others(client, shelf):
    [work] = client.get("/api/works?filter=is_retracted:true&select=id,doi").json()["results"]
    assert work == {"id": f"http://testserver/papers/{shelf.wrong.public_id}", "doi": None}


def test_meta_counts_the_whole_list_on_every_page(client, shelf):
    first = client.get("/api/works?per_page=3&cursor=*").json()["meta"]
    assert (first["count"], first["count_is_exact"], first["per_page"], first["page"]) == (4, True, 3, None)
    second = client.get(f"/api/works?per_page=3&cursor={first['next_cursor']}").json()["meta"]
    assert (second["count"], second["next_cursor"]) == (4, None)
    assert client.get("/api/works/?per-page=1").json()["meta"]["count"] == 4


@pytest.mark.parametrize("rows", [1, 100])
def test_a_list_asks_nine_queries_however_long_it_is(client, db, rows, django_assert_num_queries):
    ada, place = make_author("Ada Byron"), make_institution("University of X")
    for number in range(rows + 1):
        make_paper(f"Work number {number}", authors=[(ada, place), make_author(f"Ben {number}")])
    url = f"/api/works?filter=author.id:{ada.public_id}&per_page={rows}"
    client.get(url)
    with django_assert_num_queries(9):
        assert len(client.get(url).json()["results"]) == rows


def test_a_merged_author_s_id_finds_the_works_of_the_one_that_stands(client, shelf):
    merged = make_author("A. Byron")
    Author.objects.filter(pk=merged.pk).update(merged_into=shelf.ada)
    assert titles(client, f"filter=author.id:{merged.public_id}") == [NOTES, ENGINE]


def test_a_long_byline_is_cut_in_a_list_and_whole_alone(client, db):
    paper = make_paper("By very many", authors=[make_author(f"Author Number{n}") for n in range(103)])
    [listed] = client.get("/api/works").json()["results"]
    assert (len(listed["authorships"]), listed["is_authors_truncated"], listed["authors_count"]) == (
        100,
        True,
        103,
    )
    alone = client.get(f"/api/works/{paper.public_id}").json()
    assert (len(alone["authorships"]), alone["is_authors_truncated"]) == (103, False)
    assert [alone["authorships"][place]["author_position"] for place in (0, 1, 102)] == [
        "first",
        "middle",
        "last",
    ]

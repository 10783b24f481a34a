"""Lists: found by anything that names a record, and never a query for each row."""

import re

import pytest
from django.contrib import admin
from django.core.paginator import EmptyPage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.admin import paging
from papers.admin.paging import EstimatingPaginator
from papers.models import Author, Paper
from tests.factories.record import make_author, make_citation, make_paper

PAPERS = "/admin/papers/paper/"


def ids_in(answer) -> set[int]:
    return {int(number) for number in re.findall(rb'_selected_action" value="(\d+)"', answer.content)}


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/ABC",
        "https://doi.org/10.1000/abc",
        "doi:10.1000/abc",
        "arXiv:2205.11789v2",
        "https://arxiv.org/abs/2205.11789",
        "regular spacing",
        "Spacing REGULAR",
    ],
)
def test_a_paper_is_found_by_an_identifier_in_any_form_and_by_words(curating, papers, text):
    assert ids_in(curating.get(PAPERS, {"q": text})) == {papers[0].pk}


def test_a_paper_is_found_by_its_public_id_its_address_and_its_row(curating, papers):
    for text in (papers[3].public_id, str(papers[3].pk)):
        assert ids_in(curating.get(PAPERS, {"q": text})) == {papers[3].pk}


@pytest.mark.parametrize("text", ["0000000218250097", "https://orcid.org/0000-0002-1825-0097", "byron ada", "Ada B"])
def test_an_author_is_found_by_orcid_and_by_names_in_any_order(curating, record, text):
    answer = curating.get("/admin/papers/author/", {"q": text})
    assert ids_in(answer) == {record["author"].pk}


@pytest.mark.parametrize("text", ["2049-3630", "ISSN 2049-3630", "pendulums"])
def test_a_venue_is_found_by_issn_and_by_words(curating, record, text):
    assert ids_in(curating.get("/admin/papers/venue/", {"q": text})) == {record["venue"].pk}


@pytest.mark.parametrize("text", ["zzz", "\x00", "'; drop table", "10.9999/none", "9" * 60, "W" * 500])
def test_nothing_is_found_where_nothing_is(curating, papers, text):
    answer = curating.get(PAPERS, {"q": text})
    assert answer.status_code == 200
    assert not ids_in(answer) or text == "\x00"


def test_bylines_are_found_by_the_paper_they_belong_to(curating, papers):
    answer = curating.get("/admin/papers/authorship/", {"q": "doi:10.1000/abc"})
    assert answer.content.count(b"/admin/papers/authorship/") - answer.content.count(b"authorship/?") >= 1
    assert b"Ada Byron" in answer.content
    assert b"Ben Babbage" not in answer.content


@pytest.mark.parametrize(
    "query",
    [
        "kind=article",
        "year=2020",
        "year=2020s",
        "year=earlier",
        "year=unknown",
        "stated_by=arxiv",
        "retracted=yes",
        "corrected=yes",
        "merged=yes",
        "kind=nonsense",
        "year=20x",
        "o=2",
        "o=-6",
    ],
)
def test_every_filter_and_order_answers(curating, papers, query):
    assert curating.get(f"{PAPERS}?{query}").status_code in (200, 302)


def test_the_stated_by_filter_leaves_only_that_sources_works(curating, papers):
    assert ids_in(curating.get(PAPERS, {"stated_by": "arxiv"})) == {papers[0].pk}


MODELS = [m for m in admin.site._registry if m._meta.app_label in ("papers", "harvest")]


def queries_of(client) -> dict[str, int]:
    counts = {}
    for model in MODELS:
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts[model._meta.label] = len(queries)
    return counts


def test_a_list_asks_as_many_queries_for_many_rows_as_for_few(curating, papers):
    queries_of(curating)
    few = queries_of(curating)
    for n in range(8):
        clara = make_author(f"Clara {n} Huygens", ids={"openalex": f"A{n + 1}"})
        made = make_paper(f"More about clocks {n}", authors=[clara], venue=papers[0].venue, ids={"local": f"more-{n}"})
        make_citation(made, papers[0])
    assert queries_of(curating) == few
    assert few["papers.Paper"] == 7
    assert max(few.values()) <= 8


@pytest.mark.parametrize(
    ("kind", "most"), [("paper", 22), ("author", 14), ("institution", 16), ("venue", 12), ("topic", 14)]
)
def test_a_page_asks_as_many_queries_for_a_long_record_as_for_a_short_one(curating, record, kind, most):
    address = reverse(f"admin:papers_{kind}_change", args=[record[kind].pk])
    curating.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert curating.get(address).status_code == 200
    people = [make_author(f"Clara {n} Huygens") for n in range(40)]
    long = make_paper("With many authors", authors=[*people, record["author"]], venue=record["venue"])
    if kind == "paper":
        address = reverse("admin:papers_paper_change", args=[long.pk])
    with CaptureQueriesContext(connection) as again:
        curating.get(address)
    assert len(again) <= len(queries) <= most


def test_a_byline_of_hundreds_is_cut_and_leads_to_all_of_it(curating, db):
    long = make_paper("With many authors", authors=[make_author(f"Clara {n} Huygens") for n in range(60)])
    answer = curating.get(reverse("admin:papers_paper_change", args=[long.pk]))
    assert f"/admin/papers/authorship/?q={long.public_id}".encode() in answer.content


def test_an_autocomplete_finds_venues(curating, record):
    answer = curating.get(
        "/admin/autocomplete/",
        {"term": "2049-3630", "app_label": "papers", "model_name": "paper", "field_name": "venue"},
    )
    assert [row["text"] for row in answer.json()["results"]] == ["Journal of Pendulums"]


def test_a_count_beyond_the_bound_is_not_counted_out(db, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 3)
    for n in range(6):
        make_author(f"Clara {n} Huygens")
    pages = EstimatingPaginator(Author.objects.filter(is_initials=False).order_by("pk"), 2)
    assert pages.count == 4
    assert pages.count_text == "more than 3"


def test_an_unfiltered_list_says_about_how_many_there_are(db, monkeypatch):
    monkeypatch.setattr(EstimatingPaginator, "_estimate", 1_000_000)
    pages = EstimatingPaginator(Paper.objects.order_by("pk"), 50)
    assert (pages.count, pages.num_pages, pages.is_cut) == (1_000_000, 100, True)
    assert pages.count_text == "about 1,000,000"
    with pytest.raises(EmptyPage):
        pages.page(101)


@pytest.mark.parametrize("address", ["/admin/", PAPERS, "/admin/harvest/importrun/", "/admin/login/"])
def test_pages_hold_no_script_without_a_nonce_and_no_inline_style(curating, papers, address):
    answer = curating.get(address)
    page = answer.content.decode()
    scripts = re.findall(r"<script[^>]*>", page)
    assert all("nonce=" in script for script in scripts)
    assert not re.search(r"\sstyle=|\son\w+=\"|javascript:", page)
    assert "'unsafe" not in answer["Content-Security-Policy"]

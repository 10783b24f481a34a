"""Authors by API: found by name and identifier, with their numbers, in a fixed number of queries."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from metrics.models import AuthorMetrics
from papers.models import Author, AuthorAffiliation
from profiles.api.schema import Author as AuthorShape
from tests.factories.record import make_author, make_citation, make_institution, make_paper, make_topic


@pytest.fixture
def ada(db) -> Author:
    author = make_author("Ada Byron", also=["A. A. Byron"], ids={"orcid": "0000-0002-1825-0097"})
    old, new = make_institution("Old College"), make_institution("New College", ids={"ror": "00390t168"})
    topic = make_topic("Engines")
    first = make_paper("First", authors=[(author, old)], published=date(2001, 1, 1), cites=11, topics=[topic])
    second = make_paper("Second", authors=[(author, new)], published=date(2011, 1, 1), cites=2)
    make_paper("Third", authors=[author], published=None)
    make_citation(second, first)
    return author


def test_an_author_has_the_numbers_of_the_last_refresh_and_says_what_they_are_over(client, ada):
    body = client.get(f"/api/authors/{ada.public_id}").json()
    assert list(body) == list(AuthorShape().fields)
    assert (body["works_count"], body["cited_by_count"], body["counts_by_year"]) == (3, None, [])
    AuthorMetrics.objects.create(
        author=ada,
        works_count=3,
        cited_by_count=13,
        figures="openalex",
        known_count=2,
        h_index=2,
        i10_index=1,
        counts_by_year=[[2001, 1, None], [2011, 1, 1]],
        computed_at=timezone.now(),
    )
    body = client.get(f"/api/authors/{ada.public_id}").json()
    assert (body["works_count"], body["cited_by_count"]) == (3, 13)
    assert body["citation_figures"] == {"kind": "reported", "reported_by": "openalex", "works_count": 2}
    assert body["summary_stats"] == {"2yr_mean_citedness": None, "h_index": 2, "i10_index": 1}
    assert body["counts_by_year"] == [
        {"year": 2011, "works_count": 1, "cited_by_count": 1},
        {"year": 2001, "works_count": 1, "cited_by_count": None},
    ]
    assert [(a["institution"]["display_name"], a["years"]) for a in body["affiliations"]] == [
        ("New College", [2011]),
        ("Old College", [2001]),
    ]
    assert [place["ror"] for place in body["last_known_institutions"]] == ["https://ror.org/00390t168"]
    assert body["display_name_alternatives"] == ["A. A. Byron"]
    assert [(topic["display_name"], topic["count"]) for topic in body["topics"]] == [("Engines", 1)]


def test_an_affiliation_that_only_a_source_states_of_the_person_counts_too(client, db):
    ben = make_author("Ben Babbage")
    AuthorAffiliation.objects.create(author=ben, institution=make_institution("Mill"), source="openalex")
    body = client.get(f"/api/authors/{ben.public_id}").json()
    assert body["affiliations"][0]["institution"]["display_name"] == "Mill"
    assert body["affiliations"][0]["years"] == []
    assert body["last_known_institutions"][0]["display_name"] == "Mill"


@pytest.mark.parametrize(
    "identifier",
    ["orcid:0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"],
)
def test_an_author_is_found_by_orcid_in_any_form(client, ada, identifier):
    assert client.get(f"/api/authors/{identifier}").json()["display_name"] == "Ada Byron"


@pytest.mark.parametrize(
    "query",
    [
        "search=byron ada",
        "search=A. Byron",
        "filter=display_name.search:ADA",
        "filter=orcid:0000-0002-1825-0097",
        "filter=has_orcid:true",
        "filter=affiliations.institution.ror:00390t168",
        "filter=ids.orcid:0000000218250097",
    ],
)
def test_lists_find_exactly_the_author(client, ada, query):
    make_author("Ben Babbage")
    found = client.get(f"/api/authors?{query}").json()
    assert [author["display_name"] for author in found["results"]] == ["Ada Byron"]
    assert found["meta"]["count"] == 1


def test_a_merged_author_redirects_and_is_not_listed(client, ada):
    merged = make_author("A. Byron")
    Author.objects.filter(pk=merged.pk).update(merged_into=ada)
    response = client.get(f"/api/authors/{merged.public_id}/")
    assert (response.status_code, response["Location"]) == (301, f"/api/authors/{ada.public_id}")
    assert client.get("/api/authors").json()["meta"]["count"] == 1


@pytest.mark.parametrize("rows", [1, 100])
def test_a_list_asks_eight_queries_however_long_it_is(client, db, rows, django_assert_num_queries):
    place = make_institution("Mill")
    authors = [make_author(f"Ada Number{number}") for number in range(rows + 1)]
    make_paper("Together", authors=[(author, place) for author in authors])
    with django_assert_num_queries(8):
        assert len(client.get(f"/api/authors?per_page={rows}").json()["results"]) == rows


def test_authors_are_ordered_and_filtered_by_their_stored_numbers_and_those_without_come_last(client, db):
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    busy, idle, new = make_author("Ada Busy"), make_author("Ada Idle"), make_author("Ada New")
    for author, works, cites in ((busy, 9, 40), (idle, 1, 400)):
        AuthorMetrics.objects.create(author=author, works_count=works, cited_by_count=cites, computed_at=noon)

    def found(query):
        names, cursor = [], "*"
        while cursor:
            page = client.get(f"/api/authors?per_page=1&{query}&cursor={cursor}").json()
            names += [author["display_name"] for author in page["results"]]
            cursor = page["meta"]["next_cursor"]
        return names

    assert found("sort=works_count:desc") == ["Ada Busy", "Ada Idle", "Ada New"]
    assert found("sort=cited_by_count:desc") == ["Ada Idle", "Ada Busy", "Ada New"]
    assert found("sort=cited_by_count") == ["Ada Busy", "Ada Idle", "Ada New"]
    assert found("filter=works_count:>1") == ["Ada Busy"]
    assert new.pk

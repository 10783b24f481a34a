"""One work: by any identifier, after any merge, in the shape that the schema says."""

import pytest
from django.db.models import Max

from catalogue.api.works.schema import Work, WorkAuthorship, WorkLocation
from papers.models import Paper
from papers.models.identity import PublicRecord
from tests.factories.record import make_paper


@pytest.mark.parametrize(
    "identifier",
    [
        "{id}",
        "{id}/",
        "http://testserver/papers/{id}",
        "doi:10.1000/engine",
        "DOI:10.1000/Engine",
        "https://doi.org/10.1000/engine",
        "https:/doi.org/10.1000/engine",
        "10.1000/engine",
        "arxiv:1803.00001",
        "arXiv:1803.00001v3",
        "https://arxiv.org/abs/1803.00001",
        "W7",
        "https://openalex.org/W7",
        "openalex:w7",
    ],
)
def test_a_work_is_found_by_any_identifier_without_a_redirect(client, shelf, identifier):
    response = client.get("/api/works/" + identifier.format(id=shelf.engine.public_id))
    assert response.status_code == 200
    assert response.json()["title"] == shelf.engine.title


def test_a_work_is_written_as_openalex_writes_it(client, shelf):
    work = client.get(f"/api/works/{shelf.engine.public_id}").json()
    uri = f"http://testserver/papers/{shelf.engine.public_id}"
    assert work["id"] == work["ids"]["id"] == uri
    assert work["doi"] == "https://doi.org/10.1000/engine"
    assert work["ids"]["arxiv"] == "https://arxiv.org/abs/1803.00001"
    assert work["ids"]["openalex"] == "https://openalex.org/W7"
    assert (work["publication_date"], work["publication_year"]) == ("2018-03-09", 2018)
    assert work["primary_location"]["source"]["issn"] == ["0378-5955"]
    assert work["primary_location"]["landing_page_url"] == work["doi"]
    first, last = work["authorships"]
    assert (first["author_position"], last["author_position"]) == ("first", "last")
    assert first["author"]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert first["institutions"][0]["ror"] == "https://ror.org/00390t168"
    assert last["institutions"] == []
    assert work["abstract_inverted_index"]["engine"] == [1, 5]
    assert work["counts_by_year"] == [
        {"year": 2021, "cited_by_count": 1},
        {"year": 2019, "cited_by_count": 1},
    ]
    assert (work["cited_by_count"], work["referenced_works_count"], work["referenced_works"]) == (40, 31, [])
    assert work["primary_topic"]["display_name"] == "Condensation"
    assert (work["primary_category"]["id"], work["categories"]) == ("cs.LG", ["cs.LG"])


def test_what_is_not_known_is_null(client, shelf):
    work = client.get(f"/api/works/{shelf.undated.public_id}").json()
    for field in (
        "doi",
        "publication_date",
        "publication_year",
        "language",
        "abstract",
        "abstract_inverted_index",
        "primary_location",
        "primary_topic",
        "license",
        "referenced_works_count",
    ):
        assert work[field] is None, field
    precise = client.get(f"/api/works/{shelf.notes.public_id}").json()
    assert (precise["publication_date"], precise["publication_date_precision"]) == ("2019-01-01", "year")


def test_rows_and_schema_name_the_same_fields(client, shelf):
    work = client.get(f"/api/works/{shelf.engine.public_id}").json()
    assert list(work) == list(Work().fields)
    assert set(work["authorships"][0]) == set(WorkAuthorship().fields)
    assert set(work["primary_location"]) == set(WorkLocation().fields)


def test_a_merged_id_redirects_once_and_keeps_the_question(client, shelf):
    first, second = make_paper("Once"), make_paper("Twice")
    Paper.objects.filter(pk=first.pk).update(merged_into=second)
    Paper.objects.filter(pk=second.pk).update(merged_into=shelf.engine)
    response = client.get(f"/api/works/{first.public_id}?select=id")
    assert response.status_code == 301
    assert response["Location"] == f"/api/works/{shelf.engine.public_id}?select=id"
    assert "Once" not in [w["title"] for w in client.get("/api/works").json()["results"]]


def test_an_identifier_that_nothing_here_has_is_404_and_a_text_that_is_none_is_400(client, shelf):
    unknown = Paper(pk=(Paper.objects.aggregate(last=Max("pk"))["last"] or 0) + 1)
    assert isinstance(unknown, PublicRecord)
    for identifier in (unknown.public_id, "doi:10.1000/nothing", "pmid:1"):
        response = client.get(f"/api/works/{identifier}")
        assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    for identifier in ("nonsense", shelf.ada.public_id, "orcid:0000-0002-1825-0098", "doi:nonsense"):
        response = client.get(f"/api/works/{identifier}")
        assert response.status_code == 400, identifier
        assert response.json()["parameter"] == "identifier"


def test_one_work_asks_nine_queries(client, shelf, django_assert_num_queries):
    with django_assert_num_queries(9):
        client.get(f"/api/works/{shelf.engine.public_id}")

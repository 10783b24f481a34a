"""What holds for every address of the API: problems, limits, caching, other origins, and hostile questions."""

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common import rate_limits
from common.openalex_api import lists
from tests.factories.record import make_paper

LISTS = ("works", "authors", "institutions", "topics", "sources")
PROBLEM = "application/problem+json"


@pytest.mark.parametrize("plural", LISTS)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("fliter=type:a", "fliter"),
        ("filter=nope:1", "filter"),
        ("sort=nope", "sort"),
        ("sort=relevance_score:desc", "sort"),
        ("select=nope", "select"),
        ("per_page=101", "per_page"),
        ("per_page=0", "per_page"),
        ("per-page=x", "per-page"),
        ("page=101", "page"),
        ("page=-1", "page"),
        ("cursor=abc", "cursor"),
        ("cursor=", "cursor"),
        ("cursor=*&page=2", "cursor"),
        ("per_page=1&per-page=2", "per_page"),
        ("search=a&search=b", "search"),
        ("search=%00", "search"),
        ("search=" + "x" * 401, "search"),
        ("group_by=type", "group_by"),
    ],
)
def test_a_question_that_cannot_be_answered_names_its_parameter(client, db, plural, query, parameter):
    response = client.get(f"/api/{plural}?{query}")
    body = response.json()
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert body["parameter"] == parameter
    assert body["detail"] == body["message"]
    assert body["error"] == "Invalid query parameters error."
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("plural", LISTS)
def test_a_list_answers_with_and_without_a_closing_slash(client, db, plural):
    for path in (f"/api/{plural}", f"/api/{plural}/"):
        assert client.get(path).status_code == 200


def test_an_address_that_is_none_is_a_problem_too(client, db):
    response = client.get("/api/people")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


def test_nothing_is_written(client, db):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)("/api/works")
        assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)


def test_a_browser_of_any_origin_may_read(client, shelf):
    preflight = client.options("/api/works", HTTP_ORIGIN="https://example.org")
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")
    answer = client.get("/api/works", HTTP_ORIGIN="https://example.org")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_an_answer_that_the_reader_has_is_not_sent_again(client, shelf):
    for path in ("/api/works", f"/api/works/{shelf.engine.public_id}", "/api/"):
        tag = client.get(path)["ETag"]
        again = client.get(path, HTTP_IF_NONE_MATCH=tag)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    tag = client.get("/api/works")["ETag"]
    type(shelf.engine).objects.filter(pk=shelf.engine.pk).update(title="Another title")
    assert client.get("/api/works", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_too_many_requests_of_one_address_are_told_when_to_come_back(client, db, settings, monkeypatch):
    monkeypatch.setattr(rate_limits._Redis, "away_until", 0.0)
    settings.RATE_LIMITED = True
    settings.API_RATE = "2/minute"
    address = f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"
    answers = [client.get("/api/", REMOTE_ADDR=address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Content-Type"] == PROBLEM
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert client.get("/api/", REMOTE_ADDR="192.0.2.200").status_code == 200


def test_a_read_that_takes_too_long_says_so(client, shelf, monkeypatch):
    slow = "SELECT p.id FROM papers_paper p, pg_sleep(2) WHERE p.id = ANY(%(ids)s) AND %(with_abstract)s IS NOT NULL"
    monkeypatch.setattr("catalogue.api.works.write.WORKS", slow)
    monkeypatch.setattr(lists, "READ_MILLISECONDS", 60)
    response = client.get("/api/works")
    assert (response.status_code, response["Content-Type"]) == (503, PROBLEM)
    assert "longer than" in response.json()["detail"]
    assert response["Retry-After"]


@pytest.mark.parametrize(
    "hostile",
    [
        "';DROP TABLE papers_paper--",
        "%",
        "%s",
        "%(ids)s",
        "{0}",
        "\\",
        "' OR 1=1",
        "<script>",
        "a & !b | (c",
        ":*",
        "\u202e",
        "🙂",
        "𝔘",
        "'':*",
        '"unclosed',
        "-",
        "or or or",
        "*" * 400,
    ],
)
@pytest.mark.parametrize("plural", LISTS)
def test_hostile_words_are_only_words(client, shelf, plural, hostile):
    response = client.get(f"/api/{plural}", {"search": hostile})
    assert response.status_code == 200, response.content
    response = client.get(f"/api/{plural}", {"filter": f"display_name.search:{hostile}"})
    assert response.status_code in {200, 400}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plural=st.sampled_from(LISTS),
    name=st.sampled_from(["search", "filter", "sort", "select", "per_page", "page", "cursor"]),
    value=st.text(max_size=80),
)
def test_any_value_of_any_parameter_is_answered_or_refused(client, shelf, plural, name, value):
    response = client.get(f"/api/{plural}", {name: value})
    assert response.status_code in {200, 400}
    json.loads(response.content)


def test_titles_are_data_in_an_answer_whatever_they_hold(client, db):
    title = "</script><script>alert(1)</script> {{ 7*7 }} \u2028"
    make_paper(title)
    response = client.get("/api/works")
    assert response.json()["results"][0]["title"] == title
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"

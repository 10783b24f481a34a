"""The schema describes what is answered, the documentation is made from it, and OpenAlex's client can read here."""

import io
from contextlib import redirect_stderr
from urllib.parse import urlsplit

import pyalex
import pytest
import requests
import schemathesis
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from requests.adapters import HTTPAdapter
from urllib3.response import HTTPResponse

from tests.factories.record import make_author, make_institution, make_paper, make_topic, make_venue

PATHS = [f"/api/{plural}/" for plural in ("works", "authors", "institutions", "topics", "sources")]


def test_the_schema_is_made_without_a_warning(db, tmp_path):
    said = io.StringIO()
    with redirect_stderr(said):
        call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml"))
    assert said.getvalue() == ""


def test_the_documentation_names_every_address_and_needs_no_script_of_its_own(client, db):
    response = client.get("/api/docs/")
    page = response.content.decode()
    for path in PATHS:
        assert f"GET {path}" in page
    assert "unsafe" not in response["Content-Security-Policy"]
    assert "cdn" not in page


@pytest.fixture
def shelf(db):
    ada = make_author("Ada Byron", ids={"orcid": "0000-0002-1825-0097"})
    venue, topic = make_venue("Journal", ids={"issn": "0378-5955"}), make_topic("Engines")
    place = make_institution("Mill", ids={"ror": "00390t168"})
    papers = [
        make_paper(f"Engine {n}", authors=[(ada, place)], venue=venue, topics=[topic], abstract="Words of it.")
        for n in range(3)
    ]
    make_paper("Bare", published=None)
    return ada, papers


@pytest.fixture(scope="module")
def schema():
    return schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))


def as_sent(url: str, answer) -> requests.Response:
    """A test client's answer as schemathesis takes it."""
    sent = requests.Response()
    sent.status_code, sent._content, sent.raw = (
        answer.status_code,
        answer.content,
        HTTPResponse(body=b"", headers=dict(answer.headers)),
    )
    sent.headers.update(answer.headers)
    sent.request = requests.Request("GET", f"http://testserver{url}").prepare()
    return sent


@pytest.mark.parametrize("path", PATHS)
def test_answers_have_the_shape_of_the_schema(client, shelf, schema, path):
    listing, record = schema[path]["GET"], schema[f"{path}{{identifier}}/"]["GET"]
    fields = list(record.definition.raw["responses"]["200"]["content"])
    assert fields == ["application/json"]
    for query in ("", "?cursor=*&per_page=1", "?page=0", "?search=engine", "?sort=nonsense"):
        listing.validate_response(as_sent(path + query, client.get(path + query)))
    first = client.get(path).json()["results"][0]["id"].rpartition("/")[2]
    for identifier in (first, "doi:10.1000/nothing", "nonsense"):
        url = f"{path}{identifier}/"
        record.validate_response(as_sent(url, client.get(url)))


class ToThisServer(HTTPAdapter):
    """pyalex writes api.openalex.org into every address; this sends what goes there to a test server."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(self, request, *args, **kwargs):
        parts = urlsplit(request.url)
        request.url = f"{self.url}/api{parts.path}" + (f"?{parts.query}" if parts.query else "")
        return super().send(request, *args, **kwargs)


@pytest.fixture
def openalex(live_server, monkeypatch):
    make_session = pyalex.api._get_requests_session

    def session():
        made = make_session()
        made.mount("https://api.openalex.org", ToThisServer(live_server.url))
        return made

    monkeypatch.setattr(pyalex.api, "_get_requests_session", session)
    return pyalex


@pytest.mark.django_db(transaction=True)
def test_openalex_s_own_client_reads_here(openalex):
    ada = make_author("Ada Byron", ids={"orcid": "0000-0002-1825-0097"})
    for number in range(5):
        make_paper(
            f"Engine {number}",
            authors=[ada],
            cites=number,
            ids={"doi": f"10.1000/{number}"},
            abstract="To weave.",
        )
    works = openalex.Works().filter(author={"id": ada.public_id}).sort(cited_by_count="desc").get(per_page=2)
    assert [work["title"] for work in works] == ["Engine 4", "Engine 3"]
    assert works.meta["count"] == 5
    assert works[0]["abstract"] == "To weave."
    pages = openalex.Works().search("engine").paginate(per_page=2)
    assert sorted(work["title"] for page in pages for work in page) == [f"Engine {n}" for n in range(5)]
    assert openalex.Works()["https://doi.org/10.1000/3"]["title"] == "Engine 3"
    assert openalex.Authors()["https://orcid.org/0000-0002-1825-0097"]["works_count"] == 5
    assert openalex.Works().filter(cited_by_count=">2").count() == 2
    assert len(openalex.Works()[[works[0]["id"].rpartition("/")[2], works[1]["id"].rpartition("/")[2]]]) == 2
    with pytest.raises(pyalex.api.QueryError, match="not a field"):
        openalex.Works().filter(nonsense="1").get()

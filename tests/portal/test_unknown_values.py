"""Whatever stands behind the question mark gets a page, and no traceback is logged."""

import logging
import re
from functools import cache
from urllib.parse import urlencode

import pytest
from django.core.exceptions import BadRequest, SuspiciousOperation

from common.logging import no_traceback_of_bad_requests
from tests.house.access_matrix import EVERYONE, LOGGED_IN, MATRIX
from tests.house.sources import ROOT

pytestmark = pytest.mark.django_db

VALUES = ("people", "²", "-1", "9" * 40, "\x00", "nan~5", "2001-13-77~x", "null", "\ud7ff" * 90)
ASKED = re.compile(r"GET(?:\.get)?[\[(]\s*\"(\w+)\"|asked(?:\.get)?[\[(]\"(\w+)\"|get\(\"(\w+)\"")


@cache
def parameters() -> set[str]:
    """Every name that some page reads from its address."""
    found = {"after", "before", "sort", "type", "q", "kind"}
    for folder in ("profiles", "catalogue", "search", "graph", "following", "collaborations", "claims", "metrics"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts and "admin" not in path.parts and "harvest" not in path.parts:
                found |= {name for names in ASKED.findall(path.read_text()) for name in names if name}
    return found


PAGES = sorted(
    name
    for name, row in MATRIX.items()
    if row.open_to.get("GET") in (EVERYONE, LOGGED_IN) and not name.startswith(("api-", "openid_connect"))
)


@pytest.mark.parametrize("name", PAGES)
def test_unknown_values_get_a_page(name, client, cleo, caplog):
    client.force_login(cleo)
    names = sorted(parameters())
    path = MATRIX[name].example.split("?")[0]
    for value in VALUES:
        response = client.get(f"{path}?{urlencode(dict.fromkeys(names, value))}")
        assert response.status_code in {200, 301, 302, 404, 410}, (path, value)
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("kind", ["people", "papers ", "AUTHORS", "0", "²"])
def test_an_unknown_kind_in_search_finds_all_kinds(client, kind):
    response = client.get("/search/", {"q": "ada", "type": kind})
    assert response.status_code == 200
    assert response.context["section"] == ""


@pytest.mark.parametrize("error", [BadRequest("seen"), SuspiciousOperation("x")])
def test_what_a_visitor_sent_leaves_no_traceback_in_the_log(error):
    record = logging.LogRecord("django.request", 30, "x", 1, "Bad Request", (), (type(error), error, None))
    assert no_traceback_of_bad_requests(record)
    assert record.exc_info is None
    fault = logging.LogRecord("django.request", 40, "x", 1, "Fault", (), (ValueError, ValueError("x"), None))
    assert no_traceback_of_bad_requests(fault)
    assert fault.exc_info is not None

"""The access matrix is complete and true: every route, every method, every role."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve, reverse

from tests.house.access_matrix import ADMIN, CURATOR, MATRIX, METHODS, STRANGER, USER

DENIED = {302, 301, 401, 403, 404, 405}
WRITING = ("INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE")


def routes(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    """The full name of every route, with its pattern where it has no name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry, inner)
        else:
            yield f"{namespace}{entry.name or entry.pattern}"


@pytest.fixture
def clients(cleo, dana) -> dict[str, Client]:
    found = {STRANGER: Client(), USER: Client(), CURATOR: Client()}
    found[USER].force_login(cleo)
    found[CURATOR].force_login(dana)
    return found


def test_every_route_has_its_row_and_every_row_its_route():
    known = {name for name in routes(get_resolver()) if not name.startswith(f"{ADMIN}:")}
    assert known - set(MATRIX) == set(), "routes without a row"
    assert set(MATRIX) - known == set(), "rows without a route"


@pytest.mark.parametrize("name", MATRIX)
def test_the_example_of_a_row_leads_to_its_route(name):
    match = resolve(MATRIX[name].example.split("?")[0])
    assert match.view_name == name


@pytest.mark.django_db
@pytest.mark.parametrize("name", MATRIX)
def test_a_route_is_open_to_the_roles_of_its_row_and_closed_to_all_others(name, clients):
    row = MATRIX[name]
    for role, client in clients.items():
        for method in METHODS:
            with CaptureQueriesContext(
                connection,
            ) as asked:
                status = client.generic(method, row.example, secure=False).status_code
            where = f"{method} {row.example} as {role}: {status}"
            if role in row.open_to.get(method, ()):
                assert status < 500, where
                assert status not in {401, 403, 405}, where
            else:
                assert status in DENIED, where
                assert [q["sql"] for q in asked if q["sql"].startswith(WRITING)] == [], where


@pytest.mark.django_db
def test_the_admin_opens_to_curators_alone(clients):
    names = sorted(
        {name for name in routes(get_resolver()) if name.startswith("admin:") and name.endswith("_changelist")}
    )
    assert names
    for name in names:
        for role in (STRANGER, USER):
            response = clients[role].get(reverse(name))
            assert response.status_code == 302, (name, role)
            assert "/login/" in response["Location"], (name, role)
        assert clients[CURATOR].get(reverse(name)).status_code in {200, 403}, name  # some are for operators only

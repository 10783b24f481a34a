"""Without its database the portal says so, everywhere and in time, and goes on by itself when it is back."""

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from portal import unavailable

ADDRESSES = ("/", "/search/?q=learning", "/api/works", "/api/works/W1", "/admin/", "/authors/A1", "/accounts/security/")


@pytest.fixture
def away(django_db_blocker):
    """Postgres has gone, as a process sees it whose connections have ended."""
    before = dict(connection.settings_dict)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["HOST"] = "/nonexistent"
        yield
        connection.close()
        connection.settings_dict.update(before)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_the_api_and_the_admin_answer_503_and_when_to_ask_again(away, address):
    browser = Client(raise_request_exception=False)
    browser.cookies["sessionid"] = "a" * 32
    response = browser.get(address, follow=False)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Cache-Control"] == "no-store"
    if address.startswith("/api/"):
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 503
    else:
        assert "Not available at the moment" in response.content.decode()


def test_forms_answer_503_too(away):
    response = Client(raise_request_exception=False).post(
        "/accounts/login/", {"login": "ada@example.org", "password": "x"}
    )
    assert (response.status_code, response["Retry-After"]) == (503, "10")


@pytest.mark.django_db
def test_the_next_request_after_it_is_back_is_served(client):
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("disk full"), 503), (DatabaseError("a fault"), 500), (KeyError("a"), 500)]
)
@pytest.mark.parametrize("address", ["/", "/api/works"])
def test_only_what_passes_is_503_and_a_fault_of_ours_stays_500(rf, error, status, address):
    try:
        raise error
    except (DatabaseError, KeyError):
        response = unavailable.server_error(rf.get(address))
    assert response.status_code == status
    assert ("Retry-After" in response) is (status == 503)
    assert ("json" in response["Content-Type"]) is address.startswith("/api/")

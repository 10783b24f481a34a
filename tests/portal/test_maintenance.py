"""The portal closes for a little while, and says so to people and to programs."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def switch(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "maintenance"


def test_while_the_switch_lies_there_everything_is_closed(client, switch):
    assert client.get("/").status_code == 200
    switch.touch()
    page, problem = client.get("/"), client.get("/api/works")
    assert (page.status_code, problem.status_code) == (503, 503)
    assert "Down for maintenance" in page.content.decode()
    assert page["Retry-After"] == problem["Retry-After"] == "300"
    assert problem.json()["status"] == 503
    switch.unlink()
    assert client.get("/").status_code == 200


def test_nothing_is_written_while_it_is_closed(client, switch, cleo, django_assert_num_queries):
    client.force_login(cleo)
    switch.touch()
    with django_assert_num_queries(0):
        assert client.post("/accounts/logout/").status_code == 503


def test_health_answers_all_the_same(client, switch):
    switch.touch()
    assert client.get("/healthz").status_code == 200

"""Somebody who asked for no page has none anywhere, and their works stay whole."""

import pytest
from django.test import Client

from common import clock
from following.services.follows import follow
from papers.services.privacy import set_listed, set_private_names
from search.services.indexing import index_waiting_papers
from tests.graph import conftest as graph_tests
from tests.profiles.privacy import SmallWorld

pytestmark = [pytest.mark.django_db]

NAME = "Quillon Zebrowska"
ORCID = "0000-0002-1825-0097"
own_files = graph_tests.own_files


@pytest.fixture
def world() -> SmallWorld:
    world = SmallWorld(NAME)
    assert set_listed(author_id=world.person.pk, is_listed=False, now=clock.now())
    return world


def read(client, address: str) -> tuple[int, str]:
    response = client.get(address, follow=True)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body.decode()


def test_every_address_of_the_person_is_gone_and_does_not_name_them(client, world):
    for address in world.own_addresses:
        status, html = read(client, address)
        assert status == (404 if address.startswith(("/api/", "/feeds/", "/explore/")) else 410), address
        assert "Zebrowska" not in html.replace(address, ""), address
        assert ORCID not in html


def test_no_other_page_or_answer_leads_to_the_person(client, world):
    public_id = world.person.public_id
    for address in world.other_addresses("Zebrowska", NAME, ORCID, public_id, "Zebrowsk"):
        status, html = read(client, address)
        assert status == 200, address
        assert f"/authors/{public_id}" not in html, address
        assert f"orcid.org/{ORCID}" not in html, address
        if address.startswith("/explore/"):  # whose nodes are named by their ids, and whom a search may have asked for
            assert public_id in address or public_id not in html, address


def test_the_byline_keeps_the_name_without_a_link(client, world):
    _, html = read(client, world.papers[0].get_absolute_url())
    assert f"<li>{NAME}" in html
    _, cited = read(client, f"{world.papers[0].get_absolute_url()}cite.bib")
    assert "Zebrowska" in cited
    work = client.get(f"/api/works/{world.papers[0].public_id}").json()
    assert work["authorships"][0]["author"] == {"id": None, "display_name": NAME, "orcid": None}


def test_the_person_is_no_ones_listed_co_author(client, world):
    _, html = read(client, world.other.get_absolute_url())
    aside = html[html.index("<aside") : html.index("</aside>")]
    assert "Zebrowska" not in aside
    assert client.get(f"{world.other.get_absolute_url()}?with={world.person.public_id}").content.count(b"<article") == 0


def test_the_api_lists_nothing_by_or_of_the_person(client, world):
    public_id = world.person.public_id
    for asked in (
        f"/api/works?filter=author.id:{public_id}",
        f"/api/works?filter=author.orcid:{ORCID}",
        f"/api/authors?filter=ids.orcid:{ORCID}",
        f"/api/authors?filter=id:{public_id}",
        "/api/authors?search=Zebrowska",
    ):
        assert client.get(asked).json()["results"] == [], asked


def test_who_follows_the_person_is_no_longer_shown_them(world, cleo):
    set_listed(author_id=world.person.pk, is_listed=True, now=clock.now())
    follow(user=cleo, kind="author", target_id=world.person.pk, now=clock.now())
    reader = Client()
    reader.force_login(cleo)
    assert NAME in read(reader, "/following/")[1]
    set_listed(author_id=world.person.pk, is_listed=False, now=clock.now())
    pages = (
        "/following/",
        "/feed/",
        "/notifications/",
        f"/claims/new/{world.person.public_id}/",
        f"/collaborations/invite/{world.person.public_id}/",
        f"/follow/?subject={world.person.public_id}",
    )
    for address in pages:
        _, html = read(reader, address)
        assert f"/authors/{world.person.public_id}" not in html, address
        assert NAME not in html, address


def test_being_listed_again_brings_everything_back(client, world):
    set_listed(author_id=world.person.pk, is_listed=True, now=clock.now())
    status, html = read(client, world.person.get_absolute_url())
    assert (status, NAME in html) == (200, True)
    assert client.get("/api/authors?search=Zebrowska").json()["meta"]["count"] == 1


def test_a_private_name_is_in_no_answer_to_anybody(client):
    world = SmallWorld(NAME, printed="Oldname Formerly")
    set_private_names(author_id=world.person.pk, is_private=True, now=clock.now())
    index_waiting_papers()
    for address in [*world.own_addresses, *world.other_addresses()]:
        status, html = read(client, address)
        assert status == 200, address
        assert "Oldname" not in html, address
        assert "Formerly" not in html, address
    for address in list(world.other_addresses("Oldname Formerly"))[-6:]:
        _, html = read(client, address)
        assert world.person.public_id not in html, address
        assert "Zebrowska" not in html, address


def test_names_that_are_private_no_more_are_shown_and_found_again(client):
    world = SmallWorld(NAME, printed="Oldname Formerly")
    before = world.person.search_text
    for is_private in (True, False):
        assert set_private_names(author_id=world.person.pk, is_private=is_private, now=clock.now())
    world.person.refresh_from_db()
    assert set(before.split()) < set(world.person.search_text.split())
    assert "Oldname Formerly" in read(client, world.person.get_absolute_url())[1]

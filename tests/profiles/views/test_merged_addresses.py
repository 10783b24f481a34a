"""Every address of a record that was merged leads on to the one that stands, for good."""

from datetime import UTC, datetime

import pytest

from papers.services.author_revisions import merge_authors
from papers.services.undoing import undo_revision
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def merged(dana):
    one, two = make_author("Ada Byron"), make_author("Augusta Ada King", ids={"orcid": "0000-0002-1825-0097"})
    make_paper("One", authors=[one])
    make_paper("Two", authors=[two])
    return merge_authors(merge_target_id=one.pk, merged_ids=[two.pk], by=dana, reason="", now=NOW), one, two


PAGES = (
    "/authors/{id}",
    "/authors/{id}/",
    "/authors/{id}/augusta-ada-king/",
    "/authors/{id}/augusta-ada-king/works.bib",
    "/authors/{id}/augusta-ada-king/works.ris",
    "/authors/{id}/augusta-ada-king/numbers/h_index/",
    "/api/authors/{id}",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_merged_id_leads_to_the_record_that_stands(client, merged, page):
    _act, one, two = merged
    answer = client.get(page.format(id=two.public_id))
    assert answer.status_code == 301, page
    assert one.public_id in answer["Location"]
    followed = client.get(answer["Location"], follow=True)
    assert followed.status_code == 200


def test_an_identifier_and_a_name_of_the_merged_record_find_the_one_that_stands(client, merged):
    _act, one, two = merged
    answer = client.get("/api/authors/orcid:0000-0002-1825-0097", follow=True)
    assert answer.status_code == 200
    assert one.public_id in answer.content.decode()
    page = client.get("/search/", {"q": "Augusta King", "type": "authors"}).content.decode()
    assert one.public_id in page
    assert two.public_id not in page
    works = client.get("/api/works", {"author": two.public_id})
    assert works.status_code in {200, 400}


def test_an_undone_merge_gives_the_address_back(client, merged, dana):
    act, _one, two = merged
    undo_revision(revision_id=act.pk, by=dana, now=NOW)
    answer = client.get(f"/authors/{two.public_id}/augusta-ada-king/")
    assert answer.status_code == 200
    assert "Two" in answer.content.decode()

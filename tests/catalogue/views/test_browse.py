"""Browsing without a query, and what search engines are given."""

import pytest

from papers.models import Author
from tests.factories.record import make_author, make_category, make_institution, make_paper, make_venue


@pytest.fixture
def record(db):
    for name in ("Ada Byron", "Zoë Aldrin", "王伟"):
        make_author(name)
    hidden = make_author("Bea Hidden")
    Author.objects.filter(pk=hidden.pk).update(is_listed=False)
    make_institution("ETH Zürich", country_code="CH")
    make_venue("Annals of Looms")
    make_paper("Looms", category=make_category("cs.LG", "Machine Learning"))


def entries(client, url: str) -> list[str]:
    return [entry.name for entry in client.get(url).context["page"].entries]


def test_the_first_page_leads_to_every_group(client, record):
    page = client.get("/browse/").content.decode()
    for link in ("/browse/people/b/", "/browse/institutions/ch/", "/browse/venues/a/"):
        assert f'href="{link}"' in page
    assert "Machine Learning" in page


def test_groups_list_what_is_shown(client, record):
    assert entries(client, "/browse/people/b/") == ["Ada Byron"]
    assert entries(client, "/browse/people/other/") == ["王伟"]
    assert entries(client, "/browse/people/h/") == []
    assert entries(client, "/browse/institutions/ch/") == ["ETH Zürich"]
    assert entries(client, "/browse/venues/a/") == ["Annals of Looms"]
    assert client.get("/browse/people/b/?after=nonsense").status_code in (301, 302)
    for unknown in ("/browse/people/ab/", "/browse/planets/a/", "/browse/institutions/zz/"):
        assert client.get(unknown).status_code == 404


def test_countries_stand_by_name_and_institutions_of_an_unknown_one_last(client, record):
    make_institution("KU Leuven", country_code="BE")
    make_institution("Cairo University", country_code="EG")
    make_institution("Nowhere College")
    page = client.get("/browse/institutions/be/")
    assert page.context["heading"] == "Institutions: Belgium"
    names = [one.name for one in page.context["groups"]]
    assert names == ["Belgium", "Egypt", "Switzerland", "Country not known"]
    assert entries(client, "/browse/institutions/other/") == ["Nowhere College"]


def test_pages_of_a_group_follow_each_other(client, db, monkeypatch):
    monkeypatch.setattr("catalogue.selectors.browse.PAGE_SIZE", 2)
    for name in ("Ada Able", "Bob Able", "Cy Abbot"):
        make_author(name)
    found, url = [], "/browse/people/a/"
    while url:
        page = client.get(url).context["page"]
        found += [entry.name for entry in page.entries]
        url = f"/browse/people/a/?after={page.next_cursor}" if page.next_cursor else ""
    assert found == ["Cy Abbot", "Ada Able", "Bob Able"]


def test_the_sitemap_names_what_is_shown_and_nothing_else(client, record):
    parts = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-people-" in parts
    text = ""
    for line in parts.splitlines():
        if "<sitemap>" in line:
            url = line.split("<loc>")[1].split("</loc>")[0].removeprefix("http://testserver")
            response = client.get(url)
            text += b"".join(response.streaming_content).decode() if response.status_code == 200 else ""
    assert "ada-byron" in text
    assert "/papers/" in text
    assert "hidden" not in text
    assert client.get("/sitemap-people-999.xml").status_code == 404
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()

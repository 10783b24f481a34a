"""Feeds for programs: valid, stable, unchanged when nothing changed, and private where they are."""

from datetime import date

import pytest
from django.test import Client
from lxml import etree

from following.models import EventLink
from following.services.settings import make_feed_key, revoke_feed_key
from tests.factories.record import (
    make_author,
    make_category,
    make_citation,
    make_institution,
    make_paper,
    make_topic,
    make_venue,
)
from tests.following.happenings import arrive, derive, follow, merge_author

pytestmark = pytest.mark.django_db
NS = {"a": "http://www.w3.org/2005/Atom"}


def read(response) -> etree._Element:
    assert response.status_code == 200, response
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = etree.fromstring(response.content, etree.XMLParser(resolve_entities=False, no_network=True))
    assert_valid(root)
    return root


def assert_valid(root) -> None:
    """What RFC 4287 asks of a feed and its entries."""
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for node in (root, *root.findall("a:entry", NS)):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"a:{name}", NS)) == 1, name
        assert node.findtext("a:id", namespaces=NS).startswith("tag:")
        assert node.findall("a:author", NS)
        assert node.find("a:link[@rel='alternate']", NS).get("href").startswith("http")
    ids = [node.findtext("a:id", namespaces=NS) for node in root.findall("a:entry", NS)]
    assert len(ids) == len(set(ids))
    assert root.find("a:link[@rel='self']", NS) is not None


def titles(root) -> list[str]:
    return [node.findtext("a:title", namespaces=NS) for node in root.findall("a:entry", NS)]


def test_each_kind_of_record_has_a_feed_that_its_page_names(client):
    author, topic, place, venue = (
        make_author("Ada"),
        make_topic("Looms"),
        make_institution("Home"),
        make_venue("Acta"),
    )
    field = make_topic("Computing", category=make_category("cs.LO"))
    cited = make_paper("Cited")
    paper = make_paper("The work", authors=[(author, place)], topics=[topic], venue=venue, category=field.category)
    make_citation(paper, cited)
    for record in (author, topic, place, venue, field, cited):
        url = f"/feeds/{record.public_id}.atom"
        assert titles(read(client.get(url))) == ["The work"], url
        page = client.get(record.get_absolute_url()).content.decode()
        assert f'<link rel="alternate" type="application/atom+xml" href="{url}"' in page
    assert titles(read(client.get("/feeds/search.atom?q=the+work"))) == ["The work"]
    for nothing in (
        "/feeds/Axxxxxxx.atom",
        "/feeds/Q1.atom",
        "/feeds/search.atom",
        "/feeds/search.atom?q=%00",
    ):
        assert client.get(nothing).status_code == 404, nothing


def test_ids_are_stable_and_an_unchanged_feed_is_not_sent_again(client):
    author = make_author("Ada")
    paper = make_paper("A title", authors=[author])
    url = f"/feeds/{author.public_id}.atom"
    first = client.get(url)
    again = client.get(url, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(url, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 304
    assert client.get(url).content == first.content
    before = read(first).findtext("a:entry/a:id", namespaces=NS)
    paper.title = "Another title"
    paper.save()
    changed = client.get(url, HTTP_IF_NONE_MATCH=first["ETag"])
    assert titles(read(changed)) == ["Another title"]
    assert read(changed).findtext("a:entry/a:id", namespaces=NS) == before


def test_a_feed_says_the_same_to_every_reader(client):
    author = make_author("Ada")
    make_paper("A title", authors=[author])
    url = f"/feeds/{author.public_id}.atom"
    assert client.get(url, HTTP_ACCEPT_LANGUAGE="de").content == client.get(url, HTTP_ACCEPT_LANGUAGE="en").content


def test_hostile_text_is_text_in_a_feed(client):
    hostile = "<script>alert(1)</script> ]]> &lol; \x00\x08\x1b \ufffe 5 > 3"
    author = make_author("Eve <img src=x>")
    make_paper(hostile.replace("\x00", ""), authors=[author], abstract="<!ENTITY x> ]]>", language='en" onload="x')
    root = read(client.get(f"/feeds/{author.public_id}.atom"))
    assert titles(root)[0].startswith("<script>alert(1)</script> ]]> &lol;")
    assert root.findall(".//script") == []
    read(client.get("/feeds/search.atom", {"q": 'x"><script>'}))


def test_a_merged_record_leads_to_the_feed_of_the_one_that_stands(client):
    old, new = make_author("A. Byron"), make_author("Ada Byron")
    merge_author(old, new)
    response = client.get(f"/feeds/{old.public_id}.atom")
    assert (response.status_code, response["Location"]) == (301, f"/feeds/{new.public_id}.atom")


def test_who_is_not_listed_has_no_feed_no_button_and_no_news(client, cleo):
    author = make_author("Ada")
    follow(cleo, author)
    type(author).objects.filter(pk=author.pk).update(is_listed=False)
    arrive("A work", authors=[author])
    derive()
    assert client.get(f"/feeds/{author.public_id}.atom").status_code in {404, 410}
    client.force_login(cleo)
    assert client.post("/follow/", {"target": author.public_id}).status_code == 404
    for url in ("/feed/", "/following/"):
        assert "Ada" not in client.get(url).content.decode(), url
    assert not EventLink.objects.exists()


def test_a_feed_is_cheap_and_bounded(client, django_assert_max_num_queries):
    author = make_author("Ada")
    for number in range(60):
        make_paper(f"Work {number}", authors=[author], published=date(2020, 1, 1 + number % 28))
    url = f"/feeds/{author.public_id}.atom"
    with django_assert_max_num_queries(3):
        response = client.get(url)
    assert len(titles(read(response))) == 50
    with django_assert_max_num_queries(2):
        client.get(url, HTTP_IF_NONE_MATCH=response["ETag"])


def test_a_private_feed_opens_by_its_secret_alone_until_it_is_revoked(client, cleo, ada):
    author = make_author("Ada")
    follow(cleo, author)
    arrive("For Cleo", authors=[author])
    derive()
    client.force_login(cleo)
    page = client.post("/feed/key/", {"does": "make"}).content.decode()
    token = page.partition("/feeds/private/")[2].partition(".atom")[0]
    url = f"/feeds/private/{token}.atom"
    response = Client().get(url)
    assert titles(read(response)) == ["For Cleo"]
    assert "private" in response["Cache-Control"]
    assert Client().get(url, HTTP_IF_NONE_MATCH=response["ETag"]).status_code == 304
    assert token not in str(list(cleo.reader.__class__.objects.values()))
    for guess in (token[:-1], token + "x", token.swapcase(), "", str(cleo.pk)):
        assert Client().get(f"/feeds/private/{guess}.atom").status_code == 404, guess
    mine = make_feed_key(user=ada, now="2026-11-22T00:00Z")
    assert titles(read(Client().get(f"/feeds/private/{mine}.atom"))) == []
    second = make_feed_key(user=cleo, now="2026-11-22T00:00Z")
    assert Client().get(url).status_code == 404
    revoke_feed_key(user=cleo)
    assert Client().get(f"/feeds/private/{second}.atom").status_code == 404


def test_a_closed_account_has_no_private_feed(cleo):
    token = make_feed_key(user=cleo, now="2026-11-22T00:00Z")
    assert Client().get(f"/feeds/private/{token}.atom").status_code == 200
    cleo.is_active = False
    cleo.save()
    assert Client().get(f"/feeds/private/{token}.atom").status_code == 404


def test_reading_feeds_is_limited(rate_limited):
    statuses = [Client().get("/feeds/Axxxxxxx.atom").status_code for _ in range(125)]
    assert (statuses.count(404), statuses.count(429)) == (120, 5)

"""The page of a work: for readers, for reference managers, for machines."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from papers.models import (
    Paper,
    PaperIdentifier,
    PaperLink,
    PaperLocation,
    PaperStatement,
    PaperVersion,
    ReportedCitations,
    UnresolvedReference,
)
from tests.factories.library import cite, make_author, make_category, make_institution, make_paper, make_venue

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def paper() -> Paper:
    return make_paper(
        "Focus and Dilution: $O(n)$ stages",
        by=[make_author("Ada Byron"), make_author("Ben Babbage")],
        at=make_institution("University of Somewhere"),
        category=make_category(),
        venue=make_venue(),
        abstract="Attention is seen to run in cycles.",
        doi="10.1000/xyz",
        arxiv="2205.11789",
    )


def html_of(client, paper: Paper, query: str = "") -> str:
    response = client.get(paper.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def test_two_places_at_one_host_are_told_apart_by_their_ids(client, paper):
    for place, value in enumerate(("P03-1001", "J04-2002"), start=1):
        PaperIdentifier.objects.create(paper=paper, scheme="acl", value=value)
        PaperLocation.objects.create(paper=paper, position=place, scheme="acl", value=value, source="acl")
    links = re.findall(r'<a[^>]+rel="external">(.*?)</a>', html_of(client, paper))
    shown = [re.sub(r"<span class=.unseen.>.*?</span>|<[^>]+>", "", link) for link in links]
    assert shown.count("ACL Anthology P03-1001") == shown.count("ACL Anthology J04-2002") == 2
    assert "ACL Anthology" not in shown
    assert "DOI" in shown


def test_the_page_holds_the_whole_record(client, paper):
    PaperVersion.objects.create(paper=paper, number=2, submitted_date=date(2022, 6, 1))
    PaperLink.objects.create(paper=paper, kind="pdf", url="https://example.org/a.pdf")
    UnresolvedReference.objects.create(citing=paper, scheme="doi", value="10.1000/gone", source="crossref")
    ReportedCitations.objects.create(paper=paper, source="openalex", count=12, as_of_date=date(2026, 1, 2))
    day = datetime(2026, 3, 4, tzinfo=UTC)
    PaperStatement.objects.create(
        paper=paper,
        source="arxiv",
        source_key="arxiv:2205.11789",
        digest=b"x" * 16,
        statement={},
        first_seen_at=day,
        changed_at=day,
    )
    citing = make_paper("The one that cites")
    cite(citing, paper)
    cite(paper, make_paper("The one that is cited"))
    html = html_of(client, paper)
    for told in (
        "Ada Byron",
        "University of Somewhere",
        "Machine Learning",
        "2205.11789v2",
        "https://example.org/a.pdf",
        "10.1000/gone",
        "Stated by 1 source",
        "Mar 4, 2026",
        "The one that cites",
        "The one that is cited",
        "Attention is seen to run in cycles.",
    ):
        assert told in html, told


def test_search_engines_find_one_author_tag_for_each_author(client, paper):
    html = html_of(client, paper)
    tags = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', html)
    assert [content for name, content in tags if name == "citation_author"] == ["Byron, Ada", "Babbage, Ben"]
    assert ("citation_publication_date", "2022/05/24") in tags
    assert ("citation_title", "Focus and Dilution: $O(n)$ stages") in tags
    assert ("citation_doi", "10.1000/xyz") in tags


def test_search_engines_find_where_the_version_of_record_stands_in_print(client, paper):
    PaperLocation.objects.update_or_create(
        paper=paper, position=1, defaults={"volume": "12", "issue": "3", "pages": "45-67", "source": "crossref"}
    )
    tags = dict(re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', html_of(client, paper)))
    assert (tags["citation_volume"], tags["citation_issue"]) == ("12", "3")
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("45", "67")


def test_machines_are_led_on_by_typed_links(client, paper):
    header = client.get(paper.get_absolute_url())["Link"]
    assert '<https://doi.org/10.1000/xyz>; rel="cite-as"' in header
    assert 'cite.bib>; rel="describedby"; type="application/x-bibtex"' in header
    assert header.count('rel="author"') == 2


def test_a_hostile_title_leaves_neither_the_script_nor_the_header(client):
    evil = make_paper(
        '</script><script>alert(1)</script>"><b>',
        by=[make_author('Mallory", rel="next')],
        license="https://x>\r\nSet-Cookie:a",
    )
    PaperLink.objects.create(paper=evil, kind="pdf", url='https://x/a.pdf>; rel="next')
    response = client.get(evil.get_absolute_url())
    html = response.content.decode()
    assert "<script>alert" not in html
    graph = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.S)
    assert graph
    assert json.loads(graph[1])["name"] == evil.title
    assert 'rel="next' not in response["Link"]
    assert "\n" not in response["Link"]


def test_a_byline_of_three_thousand_shows_twenty_and_keeps_all(client):
    authors = [make_author(f"Given{n} Family{n}") for n in range(120)]
    html = html_of(client, make_paper("A collaboration", by=authors))
    assert "All 120 authors" in html
    assert html.split("<details")[0].count('<li><a href="/authors/') <= 25
    assert "Given119 Family119" in html


def test_citing_works_are_paged_newest_first(client, paper):
    for year in range(2000, 2025):
        cite(make_paper(f"Cites in {year}", published=date(year, 1, 1)), paper)
    cite(make_paper("Cites at an unknown time", published=None), paper)
    seen: list[str] = []
    query = ""
    for _page in range(3):
        citing = client.get(paper.get_absolute_url() + query).context["page"].citing
        seen += [card.title for card in citing.cards]
        query = citing.next_address
    assert seen[0] == "Cites in 2024"
    assert seen[-1] == "Cites at an unknown time"
    assert len(seen) == len(set(seen)) == 26


def test_the_number_of_queries_does_not_grow_with_what_is_on_the_page(client, paper, django_assert_num_queries):
    for n in range(12):
        cite(make_paper(f"Citing {n}", by=[make_author(f"C{n} Author")]), paper)
        cite(paper, make_paper(f"Cited {n}", by=[make_author(f"D{n} Author")]))
    client.get(paper.get_absolute_url())
    with django_assert_num_queries(20):
        client.get(paper.get_absolute_url())


@pytest.mark.parametrize(("ending", "told"), [("bib", "@misc{"), ("ris", "TY  - UNPB"), ("json", '"type": "article"')])
def test_one_work_is_cited_in_each_format(client, paper, ending, told):
    response = client.get(f"{paper.get_absolute_url()}cite.{ending}")
    assert response.status_code == 200
    assert told in response.content.decode()
    assert response["Content-Disposition"].startswith("attachment")


def test_a_wrong_slug_redirects_and_an_unknown_id_is_not_found(client, paper):
    response = client.get(f"/papers/{paper.public_id}/wrong/")
    assert (response.status_code, response["Location"]) == (301, paper.get_absolute_url())
    assert client.get(f"/papers/{paper.public_id}/wrong/cite.bib")["Location"] == paper.get_absolute_url() + "cite.bib"
    assert client.get("/papers/Wbcdfghj/x/").status_code == 404


def test_cleo_cannot_change_a_paper_through_its_page(client, cleo, paper):
    client.force_login(cleo)
    assert client.post(paper.get_absolute_url(), {"title": "Mine"}).status_code == 405
    assert Paper.objects.get(pk=paper.pk).title == paper.title

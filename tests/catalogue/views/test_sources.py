"""What is here and whose citations are counted."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from harvest.models import ImportRun, RejectedRecord
from metrics.models import CitationCoverage
from papers.models import PaperStatement, ReportedCitations
from tests.factories.record import make_paper, make_venue

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def test_an_empty_portal_says_that_nothing_was_imported(client):
    assert "Nothing has been imported yet" in client.get("/sources/").content.decode()


def test_sources_imports_and_fields_are_listed(client):
    paper = make_paper("One")
    PaperStatement.objects.create(
        paper=paper, source="crossref", source_key="1", digest=b"1", statement={}, first_seen_at=NOW, changed_at=NOW
    )
    ReportedCitations.objects.create(paper=paper, source="crossref", count=3, as_of_date=NOW.date())
    run = ImportRun.objects.create(source="crossref", started_at=NOW, heartbeat_at=NOW, created_count=1)
    RejectedRecord.objects.create(run=run, source="crossref", path="x", line=1, code="no_title", reason="r", at=NOW)
    CitationCoverage.objects.create(
        field="arxiv:cs",
        year=2020,
        works_count=40,
        listed_count=20,
        could_cite_count=40,
        could_cite_listed_count=20,
        is_evidence=True,
        counted_from=2020,
        counted_until=2020,
    )
    html = client.get("/sources/").content.decode()
    for text in ("Crossref", "<td>2020</td>", "as of Nov 22, 2026", "50%", ">cs<"):
        assert text in html
    assert 'href="/sources/"' in html.split("<footer")[1]


def test_fields_of_the_demo_and_venues_of_works_without_a_category_are_named(client):
    venue = make_venue("Meeting of Clockmakers")
    for field in ("arxiv:cs", "demo:cs", f"venue:{venue.pk}"):
        CitationCoverage.objects.create(
            field=field,
            year=2020,
            works_count=40,
            listed_count=40,
            could_cite_count=40,
            could_cite_listed_count=40,
            is_evidence=True,
        )
    page = client.get("/sources/").content.decode()
    assert '<th scope="row">cs</th>' in page
    assert '<th scope="row">cs (demo)</th>' in page
    assert '<th scope="row">Meeting of Clockmakers</th>' in page

"""A small record with everything a curator looks at, and Dana at the door."""

from datetime import UTC, datetime

import pytest

from papers.models import PaperIdentifier, PaperSearch, PaperStatement
from tests.factories.record import make_author, make_institution, make_paper, make_topic, make_venue

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def curating(client, dana):
    """A client with Dana logged in."""
    client.force_login(dana)
    return client


@pytest.fixture
def wanderer(client, cleo):
    """A client with Cleo logged in, who is nobody to the admin."""
    client.force_login(cleo)
    return client


@pytest.fixture
def venue(db):
    return make_venue("Journal of Pendulums", ids={"issn": "2049-3630"}, kind="journal")


@pytest.fixture
def paper(venue):
    ada = make_author("Ada Byron", ids={"orcid": "0000-0002-1825-0097"})
    made = make_paper(
        "On the regular spacing of pendulums",
        authors=[ada],
        ids={"doi": "10.1000/abc", "arxiv": "2205.11789"},
        venue=venue,
        field_sources={"*": "arxiv"},
    )
    said = {
        "title": made.title,
        "type": "article",
        "published": "2020-05-17",
        "authors": [{"name": "Ada Byron"}],
    }
    PaperStatement.objects.create(
        paper=made,
        source="arxiv",
        source_key="arxiv:2205.11789",
        digest=b"0" * 16,
        statement=said,
        first_seen_at=NOON,
        changed_at=NOON,
    )
    PaperSearch.objects.update_or_create(paper=made, defaults={"is_stale": False})
    return made


@pytest.fixture
def papers(paper, venue):
    """The paper and nine others of one venue."""
    ben = make_author("Ben Babbage")
    others = [make_paper(f"Pendulum number {n}", authors=[ben], venue=venue) for n in range(9)]
    PaperSearch.objects.all().update(is_stale=False)
    return [paper, *others]


@pytest.fixture
def record(papers, venue):
    """One record of each kind by the name of its model."""
    assert PaperIdentifier.objects.exists()
    return {
        "paper": papers[0],
        "author": papers[0].authorships.get().author,
        "venue": venue,
        "institution": make_institution("University of Padua", ids={"ror": "00240q980"}),
        "topic": make_topic("Clocks"),
    }

"""What a person asked of their record outlives every import: no page, and no name but the present one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from harvest.services.importing import import_files
from harvest.sources import RECORDS
from papers.models import Author, Authorship, RecordKind
from papers.services.corrections import correct_record
from papers.services.privacy import set_listed, set_private_names
from search.services.indexing import index_waiting_papers

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def load(tmp_path: Path):
    def load(title: str, printed: str = "Oldname Formerly", *, days: int = 0) -> None:
        """The same work, and another with the same author, as a source states them on a day."""
        person = {"name": printed, "ids": {"orcid": ORCID}}
        works = [
            {
                "ids": {"local": key},
                "title": f"{title}, {key}",
                "published": "2020-03-04",
                "type": "article",
                "authors": [person, {"name": "Ben Babbage"}],
                "source": "records",
            }
            for key in ("one", f"of day {days}")
        ]
        path = tmp_path / "works.jsonl"
        path.write_bytes(b"\n".join(map(orjson.dumps, works)) + b"\n")
        import_files(source=RECORDS, paths=[path], clock=lambda: NOW + timedelta(days=days))

    return load


def person() -> Author:
    return Author.objects.get(identifiers__scheme="orcid", identifiers__value=ORCID)


def test_nobody_is_listed_again_by_an_import(load, client):
    load("On pendulums")
    set_listed(author_id=person().pk, is_listed=False, now=NOW)
    load("On spacings", days=1)
    load("On spacings", "O. Formerly", days=2)
    assert not person().is_listed
    assert client.get(person().get_absolute_url()).status_code == 410
    assert client.get("/api/authors?search=Formerly").json()["meta"]["count"] == 0
    assert not Author.objects.listed().filter(name__icontains="Formerly").exists()


def test_a_private_name_that_every_source_prints_again_stays_private(load, client, ada):
    load("On pendulums")
    author = person()
    correct_record(
        kind=RecordKind.AUTHOR,
        object_id=author.pk,
        values={"name": "Newname Formerly"},
        reason="",
        by=ada,
        now=NOW,
    )
    set_private_names(author_id=author.pk, is_private=True, now=NOW)
    load("On spacings", days=1)
    load("On springs", "Oldname X. Formerly", days=2)
    index_waiting_papers()
    author = person()
    assert (author.name, author.has_private_names) == ("Newname Formerly", True)
    assert "oldname" not in author.search_text
    assert Authorship.objects.filter(author=author).count() >= 3
    pages = [
        author.get_absolute_url(),
        *(row.paper.get_absolute_url() for row in author.authorships.select_related("paper")),
    ]
    for address in [
        *pages,
        "/search/?q=Oldname",
        "/api/works",
        "/api/authors",
        f"/feeds/{author.public_id}.atom",
    ]:
        html = client.get(address, follow=True).content.decode().replace('value="Oldname"', "").replace("Oldname</", "")
        assert "Oldname X" not in html, address
        assert "Oldname Formerly" not in html, address
    assert client.get("/api/authors?search=Oldname").json()["meta"]["count"] == 0

"""Export and import again: nothing changes, in the same portal and in an empty one."""

from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from harvest.services.importing import import_files
from harvest.sources import BIBTEX, CSL, RECORDS, RIS
from papers.models import Author, Authorship, Paper, PaperIdentifier
from papers.selectors.citable import cited_as

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
SOURCES = {"bib": BIBTEX, "ris": RIS, "json": CSL, "jsonl": RECORDS}
WORKS = [
    {
        "ids": {"doi": "10.5555/rt1", "arxiv": "2205.11789"},
        "title": "On $x^2$ & 100% of probes",
        "type": "article",
        "published": "2020-05-03",
        "venue": {"name": "Journal of Probes", "type": "journal"},
        "language": "en",
        "volume": "12",
        "issue": "3",
        "pages": "45-67",
        "abstract": 'We show 5 % of “it”, and "those" too.',
        "authors": [
            {"given": "William E.", "family": "Skeethe", "suffix": "III"},
            {"given": "Oiran", "family": "Lopaz de Lacalla"},
            {"name": "the HPAQ Consortium"},
            {"given": "Li", "family": "Li"},
            "Fannon E.",
            "Probeselvam. P",
            "Probe K. -I",
            "U. A. probe",
            "Huaqing. Probe",
            "Hao (Rick) Zhung",
            'J. J. "Sid" Probe',
            "Mathew Magimoi. -Doss",
            "Drahomíra „johanka“ Spoustavá",
            "علی رضایی‌نژاد",
            "李世民",
            "9 pages",
        ],
    },
    {
        "ids": {"local": "any thing: 7"},
        "title": "A note without identifiers",
        "published": "2019",
        "authors": ["Ann Probe"],
    },
    {
        "ids": {"acl": "P03-1001"},
        "title": "Parsing probes",
        "type": "conference-paper",
        "published": "2003-07",
        "venue": {"name": "Proceedings of Probes", "type": "conference"},
        "authors": ["Ann Probe", {"name": "Ed Itor", "role": "editor"}],
    },
    {
        "ids": {"openalex": "W77"},
        "title": "A review of reviews",
        "type": "review",
        "authors_truncated": True,
        "authors": ["B. Date", "C. Date Jr."],
    },
]


def imported(source, data: bytes, folder: Path, name: str):
    path = folder / name
    path.write_bytes(data)
    return import_files(source=source, paths=[path], clock=lambda: NOW)


def exported(format: str) -> str:
    ids = list(Paper.objects.order_by("title").values_list("pk", flat=True))
    return "".join(cited_as(ids, format=format, origin="https://colophon.example"))


def state() -> list[object]:
    """All that a reader can see of the works."""
    works = []
    for paper in Paper.objects.order_by("title").select_related("venue"):
        byline = paper.authorships.order_by("position").values_list("printed_name", "author__kind", "is_group", "role")
        ids = sorted(PaperIdentifier.objects.filter(paper=paper).values_list("scheme", "value"))
        works.append(
            [
                paper.title,
                paper.abstract,
                paper.kind,
                paper.published_date,
                paper.published_precision,
                paper.language,
                paper.is_authors_truncated,
                paper.venue and (paper.venue.name, paper.venue.kind),
                list(byline),
                [(one["name"], one["role"]) for one in paper.contributors],
                ids,
                sorted(paper.links.values_list("kind", "url")),
            ]
        )
    return works


@pytest.fixture
def portal(tmp_path: Path):
    imported(RECORDS, b"\n".join(map(orjson.dumps, WORKS)), tmp_path, "works.jsonl")


@pytest.mark.parametrize("format", list(SOURCES))
def test_the_same_portal_is_not_changed_by_its_own_export(portal, tmp_path, format):
    before, authors, text = state(), Author.objects.count(), exported(format)
    run = imported(SOURCES[format], text.encode(), tmp_path, f"export.{format}")
    assert (run.created_count, run.updated_count, run.unchanged_count, run.rejected_count) == (0, 0, len(WORKS), 0)
    assert state() == before
    assert (Author.objects.count(), exported(format)) == (authors, text)


@pytest.mark.parametrize("format", list(SOURCES))
def test_an_empty_portal_has_the_same_works_after_it(portal, tmp_path, format):
    before, text = state(), exported(format)
    Paper.objects.all().delete()
    Author.objects.all().delete()
    run = imported(SOURCES[format], text.encode(), tmp_path, f"export.{format}")
    assert (run.created_count, run.rejected_count) == (len(WORKS), 0)
    assert state() == before
    assert Authorship.objects.filter(family="Lopaz de Lacalla", given="Oiran").exists()

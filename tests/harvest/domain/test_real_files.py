"""Samples of the real files: what they hold is taken, what is odd in them is known."""

import os
from itertools import islice
from pathlib import Path

import pytest

from harvest.domain.raw_records import RawRecord
from harvest.domain.reading import read_lines
from harvest.domain.record import RecordError
from harvest.domain.xml import XmlRecord, read_records
from harvest.sources import CROSSREF, OPENALEX, RECORDS, ROR
from harvest.sources.arxiv.parse import parse_record

PROJECT = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("REAL_DATA_DIR") or PROJECT.parent / "shared" / "data")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"left out: there is no real data in {DATA}"),
]


@pytest.mark.parametrize(
    ("name", "source", "reasons"),
    [
        ("records/arxiv.jsonl.xz", RECORDS, set()),
        ("records/paperscape.jsonl.xz", RECORDS, set()),
        ("records/acl.jsonl.xz", RECORDS, set()),
        ("records/conferences.jsonl.xz", RECORDS, set()),
        ("crossref/works.jsonl.gz", CROSSREF, {"no_title"}),
        ("openalex/works.jsonl.gz", OPENALEX, {"no_title"}),
        ("openalex/institutions.jsonl.gz", OPENALEX, set()),
        ("openalex/sources.jsonl.gz", OPENALEX, set()),
        ("ror/organisations.jsonl.gz", ROR, set()),
    ],
)
def test_real_records_are_rejected_only_for_known_reasons(name, source, reasons):
    found = set()
    for line in islice(read_lines(DATA / name), 600):
        try:
            source.parse(RawRecord(line.number, len(line.data), line.data))
        except RecordError as refusal:
            found.add(refusal.code)
    assert found <= reasons


def test_every_captured_page_of_arxiv_is_read():
    for page in (DATA / "arxiv_oai" / "captured").glob("*.xml"):
        records = list(read_records(page))
        assert records
        assert all(isinstance(one, XmlRecord) and parse_record(one.element).authors for one in records)

"""A work as a line of the record format says all that is known of it and nothing else, and is read back as it was."""

import json
from dataclasses import replace
from datetime import date

import pytest

from harvest.sources.records.parse import parse_work
from papers.domain.citable import CitableName, CitableWork, citable_name
from papers.domain.name_parts import NameParts, source_parts, split_name
from papers.domain.record_line import record_line

BARE = CitableWork("Wkdmqzrt", "A work", "article", (), None, "", "", "", "", "", "", "", "")
ANN = CitableName("Ann Probe", "Probe", "Ann")
ED = CitableName("Ed Itor", "Itor", "Ed")


def line_of(work: CitableWork) -> dict:
    line = record_line(work)
    assert line.endswith("\n")
    assert "\n" not in line[:-1], "a record is one line"
    return json.loads(line)


def test_keys_without_a_value_are_left_out():
    assert line_of(BARE) == {"title": "A work", "type": "article", "copied_from": "Wkdmqzrt", "source": "export"}


@pytest.mark.parametrize(("precision", "written"), [("Y", "2020"), ("M", "2020-05"), ("D", "2020-05-03")])
def test_a_date_says_no_more_than_is_known(precision, written):
    assert line_of(replace(BARE, published_date=date(2020, 5, 3), precision=precision))["published"] == written


def test_every_identifier_of_a_scheme_is_written():
    ids = (("doi", "10.1/a"), ("doi", "10.1/b"), ("pmid", "7"))
    assert line_of(replace(BARE, identifiers=ids))["ids"] == {"doi": ["10.1/a", "10.1/b"], "pmid": ["7"]}


def test_editors_and_translators_stand_behind_the_authors_with_their_roles():
    work = replace(BARE, names=(ANN,), editors=(ED,), translators=(ANN,))
    assert [(one["name"], one.get("role")) for one in line_of(work)["authors"]] == [
        ("Ann Probe", None),
        ("Ed Itor", "editor"),
        ("Ann Probe", "translator"),
    ]


def test_a_cut_byline_says_how_many_there_are():
    written = line_of(replace(BARE, names=(ANN,), authors_total=3_303))
    assert (written["authors_truncated"], written["authors_total"]) == (True, 3_303)
    assert "authors_truncated" not in line_of(replace(BARE, names=(ANN,)))


def test_a_venue_is_written_only_where_its_name_is_known():
    venue = {"venue": "Clocks", "venue_kind": "journal", "issns": ("2049-3630",)}
    assert line_of(replace(BARE, **venue))["venue"] == {"name": "Clocks", "type": "journal", "issn": ["2049-3630"]}
    assert "venue" not in line_of(replace(BARE, venue_kind="journal", issns=("2049-3630",)))


@pytest.mark.parametrize(
    ("notice", "is_retracted"),
    [("retraction", True), ("withdrawal", True), ("concern", False), ("correction", False)],
)
def test_a_notice_is_written_and_only_the_grave_ones_retract(notice, is_retracted):
    written = line_of(replace(BARE, notice=notice))
    assert written["notices"] == [{"kind": notice}]
    assert written.get("retracted", False) is is_retracted
    read = parse_work(record_line(replace(BARE, identifiers=(("doi", "10.5555/k"),), notice=notice)).encode())
    assert read.is_retracted is is_retracted


@pytest.mark.parametrize(
    "parts",
    [
        source_parts(given="William E.", family="Skeethe", suffix="III"),
        source_parts(given="Jorin", family="Hoveden", particle="van den"),
        source_parts(given="Oiran", family="Lopaz de Lacalla"),
        source_parts(given="謙", family="渡辺"),
        # Without the parts that a source states they would be split otherwise.
        source_parts(given="", family="Abd El Rahman"),
        source_parts(given="", family="Sukarno", suffix="Jr."),
        NameParts("Madonna"),
        NameParts("李世民"),
        NameParts("the HPAQ Consortium", kind="group"),
        NameParts("IsoQuest, Inc.", kind="group"),
        NameParts("Hao (Rick) Zhung"),
    ],
    ids=lambda parts: parts.name,
)
def test_a_name_is_read_back_in_the_parts_that_it_was_written_in(parts):
    name = citable_name(parts)
    (author,) = parse_work(record_line(replace(BARE, names=(name,), identifiers=(("pmid", "7"),))).encode()).authors
    assert (author.name, author.kind == "group") == (name.printed, name.is_group)
    halves = split_name(author.parts)
    assert (halves.family, halves.given, halves.suffix) == (name.full_family, name.given, name.suffix)


def test_details_of_the_version_of_record_are_read_back():
    details = {
        "volume": "12",
        "issue": "3-4",
        "pages": "45-67",
        "article_number": "e17",
        "publisher": "Probe & Sons",
        "book_title": "All “probes”",
        "edition": "2nd",
        "language": "de",
        "abstract": 'It holds\n"quotes", \u2028separators and \\backslashes.',
    }
    work = replace(BARE, identifiers=(("pmid", "7"),), isbns=("9783161484100",), **details)
    written = line_of(work)
    assert {name: written[name] for name in details} == details
    assert written["isbn"] == ["9783161484100"]
    read = parse_work(record_line(work).encode())
    assert (read.language, read.title) == ("de", "A work")

"""What our exports say, their own readers read back: names in parts, groups, dates, numbers of volumes and identifiers."""

import json
from dataclasses import replace
from datetime import date

import pytest

from harvest.domain.raw_records import RawRecord
from harvest.domain.record import WorkRecord
from harvest.sources.bibtex.entries import read_entries as bibtex_entries
from harvest.sources.bibtex.parse import parse_entry as from_bibtex
from harvest.sources.csl import CSL
from harvest.sources.ris.parse import parse_entry as from_ris
from harvest.sources.ris.parse import read_entries as ris_entries
from papers.domain.bibtex import bibtex_entry
from papers.domain.citable import CitableName, CitableWork, citable_name
from papers.domain.csl import csl_item
from papers.domain.name_parts import NameParts, source_parts, split_name
from papers.domain.public_ids import encode
from papers.domain.ris import ris_entry

NAMES = tuple(
    citable_name(parts)
    for parts in (
        source_parts(given="William E.", family="Skeethe", suffix="III"),
        source_parts(given="Fields W.", family="Cobbs", suffix="Jr."),
        source_parts(given="Oiran", family="Lopaz de Lacalla"),
        source_parts(given="Jorin", family="Hoveden", particle="van den"),
        source_parts(given="謙", family="渡辺"),
        NameParts("the HPAQ Consortium", kind="group"),
        NameParts("Human Frontier", kind="group"),
        NameParts("IsoQuest, Inc.", kind="group"),
        NameParts("李世民"),
        NameParts("Madonna"),
        source_parts(given="", family="Abd El Rahman"),
        NameParts("علی رضایی\u200cنژاد"),
        NameParts("Jörg Müller-Lüdenscheidt"),
        NameParts("E. Fannon", given="E.", family="Fannon"),
    )
)
WORK = CitableWork(
    public_id="Wkdmqzrt",
    title="On $x^2$ & 100% of odd titles_with #signs",
    kind="article",
    names=NAMES,
    published_date=date(2020, 5, 3),
    precision="D",
    venue="Journal of Probes & Proofs",
    venue_kind="journal",
    doi="10.5555/a_b(2)3<4>",
    arxiv="2205.11789",
    category="cs.LG",
    url=f"https://colophon.example/papers/{encode('W', 7)}/on-x/",
    abstract="We show 5 % of “it” – and $\\alpha$ more.",
    language="en",
    editors=NAMES[:2],
    identifiers=(
        ("acl", "P03-1001"),
        ("arxiv", "2205.11789"),
        ("doi", "10.5555/a_b(2)3<4>"),
        ("local", "any: thing"),
        ("pmid", "123456"),
    ),
    volume="12",
    issue="3",
    pages="45-67",
    article_number="e17",
    publisher="Probe & Sons",
    series="Lectures",
    edition="2",
    issns=("2049-3630",),
)


def read_back(work: CitableWork, format: str) -> WorkRecord:
    if format == "bib":
        return from_bibtex(next(bibtex_entries(bibtex_entry(work))))
    if format == "ris":
        return from_ris(next(ris_entries(ris_entry(work))))
    record = CSL.parse(RawRecord(1, 0, json.loads(json.dumps(csl_item(work)))))
    assert isinstance(record, WorkRecord)
    return record


@pytest.mark.parametrize("format", ["bib", "ris", "json"])
def test_what_is_exported_is_read_back(format):
    record = read_back(WORK, format)
    assert record.title == "On $x^2$ & 100% of odd titles_with #signs"
    assert record.abstract == WORK.abstract
    assert [one.name for one in record.authors] == [one.printed for one in NAMES]
    assert [one.kind for one in record.authors] == ["group" if one.is_group else "person" for one in NAMES]
    for mine, theirs in zip(NAMES, record.authors, strict=True):
        halves = split_name(theirs.parts)
        assert (halves.family, halves.given, halves.suffix) == (mine.full_family, mine.given, mine.suffix)
    assert [one.name for one in record.contributors] == ["William E. Skeethe III", "Fields W. Cobbs Jr."]
    assert record.published is not None
    assert record.published.iso() == "2020-05-03"
    assert {str(one) for one in record.ids} == {f"{scheme}:{value}" for scheme, value in WORK.identifiers}
    assert (record.kind, record.language) == ("article", "en")
    assert record.venue is not None
    assert (record.venue.name, record.venue.kind, record.venue.issns) == (WORK.venue, "journal", ("2049-3630",))
    assert record.links == ()


@pytest.mark.parametrize("format", ["bib", "ris", "json"])
@pytest.mark.parametrize(
    "kind",
    [
        "article",
        "review",
        "letter",
        "book",
        "book-chapter",
        "conference-paper",
        "dissertation",
        "report",
        "preprint",
        "dataset",
        "other",
    ],
)
def test_every_kind_of_work_is_read_back_as_what_it_is(format, kind):
    work = CitableWork(
        "Wkdmqzrt",
        "A work of some kind",
        kind,
        (CitableName("Ann Probe", "Probe", "Ann"),),
        date(2020, 1, 1),
        "Y",
        "",
        "",
        "10.5555/k",
        "",
        "",
        "",
        "",
    )
    assert read_back(work, format).kind == kind


@pytest.mark.parametrize("format", ["bib", "ris", "json"])
def test_an_article_in_a_repository_is_no_preprint_and_a_set_of_books_a_set(format):
    deposited = replace(WORK, venue="Zenodo Repository", venue_kind="repository", arxiv="", identifiers=())
    assert read_back(deposited, format).kind == "article"
    assert read_back(replace(WORK, kind="book-set"), format).kind == "book-set"


@pytest.mark.parametrize(
    "text",
    [
        r"so that $$x=1,$$ where $\delta_L$ is small",
        r"over $95\%$ of all",
        r"for $%(d\leq4)$ too",
        r"of $M\raisebox{-.4ex}{\rlap{$<$}} \raisebox{.4ex}{$>$}140$ GeV",
        r"the d_n+1^{(2)} theory",
        "costs $5 and $6 a day",
    ],
)
def test_mathematics_and_what_looks_like_it_comes_back_as_it_was(text):
    record = read_back(replace(WORK, title=text, abstract=text), "bib")
    assert (record.title, record.abstract) == (text, text)


def test_a_cut_byline_says_so():
    work = CitableWork("W", "T", "article", NAMES[:1], None, "", "", "", "10.5555/k", "", "", "", "", authors_total=9)
    assert read_back(work, "bib").is_authors_truncated
    assert read_back(work, "ris").is_authors_truncated

"""Ten inputs of each kind that is known to go wrong, made of real records: the damage is known, so is what is right."""

import gzip
import json
import lzma
import os
import unicodedata
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from harvest.domain.build import build_work
from harvest.domain.record import WorkRecord
from harvest.sources.bibtex.entries import read_entries as bibtex_entries
from harvest.sources.bibtex.parse import parse_entry as from_bibtex
from harvest.sources.crossref.parse import parse_object as from_crossref
from harvest.sources.openalex.parse import parse_work as from_openalex
from harvest.sources.ris.parse import parse_entry as from_ris
from harvest.sources.ris.parse import read_entries as ris_entries
from papers.domain.bibtex import bibtex_entry
from papers.domain.citable import CitableWork, citable_name

REAL = Path(os.environ.get("REAL_DATA_DIR") or Path(__file__).parents[4] / "shared" / "data")
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not REAL.exists(), reason=f"{REAL} is absent (REAL_DATA_DIR names the folder of real data)"),
]
TEN = 10


@cache
def crossref() -> list[dict[str, Any]]:
    with gzip.open(REAL / "crossref" / "works.jsonl.gz", "rt") as lines:
        works = [json.loads(line) for line in lines]
    return [work.get("message", work) for work in works]


@cache
def arxiv() -> list[dict[str, Any]]:
    with lzma.open(REAL / "records" / "arxiv.jsonl.xz", "rt") as lines:
        return [json.loads(line) for line in islice(lines, 2_000)]


@cache
def people() -> list[dict[str, str]]:
    """Names in two parts of letters, without anything else in them."""
    found = {
        (one["given"], one["family"]): {"given": one["given"], "family": one["family"]}
        for work in crossref()
        for one in work.get("author") or ()
        if str(one.get("given", "-")).replace(" ", "").isalpha() and len(str(one.get("family", ""))) > 3
    }
    return [one for one in found.values() if one["family"].isalpha() and one["family"].istitle()]


def titles() -> list[str]:
    plain = [str(one["title"]) for one in arxiv() if one["title"].replace(" ", "").isalpha()]
    return plain[:TEN]


def bib(fields: str, kind: str = "article") -> WorkRecord:
    (entry,) = bibtex_entries(f"@{kind}{{key, {fields}}}")
    return from_bibtex(entry)


def ris(*lines: str) -> WorkRecord:
    return from_ris(next(iter(ris_entries("\n".join(["TY  - JOUR", "TI  - A title of words", *lines, "ER  - ", ""])))))


def names(record: WorkRecord) -> list[str]:
    return [one.name for one in record.authors]


def test_tex_in_titles():
    for title in titles():
        assert bib(f"title={{{title} of 3\\textmu{{}}m at 10\\textdegree{{}}C}}").title == f"{title} of 3µm at 10°C"
        assert bib(f"title={{{{{title}}} in H\\textsubscript{{2}}O}}").title == f"{title} in H2O"
        assert bib(f"title={{{title} \\texorpdfstring{{$x$}}{{x}}}}").title == f"{title} $x$"
        assert bib(f"title={{\\emph{{{title}}} and {{\\textless}}5}}").title == f"{title} and <5"


_ACCENTS = {"\u0301": "'", "\u0300": "`", "\u0308": '"', "\u0302": "^", "\u0303": "~", "\u030c": "v", "\u0327": "c"}


def in_tex(text: str) -> str:
    """The accents of the text as TeX writes them."""
    found = ""
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        found += f"{{\\{_ACCENTS[marks[0]]}{{{base}}}}}" if len(marks) == 1 and marks[0] in _ACCENTS else letter
    return found


def test_accents_in_names():
    accented = [one for one in people() if not one["family"].isascii() and one["family"].upper() != one["family"]][:TEN]
    assert len(accented) == TEN
    for one in accented:
        record = bib(f"title={{A title}}, author={{{in_tex(one['family'])}, {in_tex(one['given'])}}}")
        assert names(record) == [unicodedata.normalize("NFC", f"{one['given']} {one['family']}")]


def test_names_in_every_form_of_bibtex_and_ris():
    for one in people()[:TEN]:
        given, family = one["given"], one["family"]
        printed = f"{given} {family}"
        assert names(bib(f"title={{A title}}, author={{family={family}, given={given}}}")) == [printed]
        assert names(bib(f"title={{A title}}, author={{{family}, {given} AND {given} {family}}}")) == [printed, printed]
        assert names(bib(f"title={{A title}}, author={{{family}, Jr., {given}}}")) == [f"{printed} Jr."]
        assert names(ris(f"AU  - {family}, {given}; {family}, {given}")) == [printed, printed]
        assert names(ris(f"  AU - {family},{given}", "AU  - et al.")) == [printed]
        assert names(build({"name": f"{printed}, PhD"})) == [printed]
        assert names(build({"name": f"{printed} <{family.lower()}@example.com>"})) == [printed]
        assert names(build({"name": f"Dr. {printed}1,2*"})) == [printed]


def build(author: dict[str, object]) -> WorkRecord:
    return build_work({"ids": {"local": "x"}, "title": "A title", "authors": [author]})


def test_lists_of_names_and_initials():
    for start in range(TEN):
        chosen = people()[start * 4 : start * 4 + 4]
        listed = ", ".join(f"{one['family']} {one['given'][0]}" for one in chosen)
        assert names(bib(f"title={{A title}}, author={{{listed}}}")) == [
            f"{o['given'][0]} {o['family']}" for o in chosen
        ]
        paired = ", ".join(f"{one['family']}, {one['given'][0]}." for one in chosen)
        assert names(build({"name": paired})) == [f"{one['given'][0]}. {one['family']}" for one in chosen]


def test_names_in_parts_are_exported_in_parts():
    compound = [
        one
        for work in crossref()
        for one in work.get("author") or ()
        if one.get("given") and " " in str(one.get("family")).strip() and str(one["family"]).replace(" ", "").isalpha()
    ]
    for one in compound[:TEN]:
        record = from_crossref({"DOI": "10.5555/x", "title": ["A title"], "author": [one]})
        if record.authors[0].kind == "person" and record.authors[0].family:
            family, given = record.authors[0].parts.family, record.authors[0].parts.given
            assert f"{family}, {given}" in exported(record)


def exported(record: WorkRecord) -> str:
    return bibtex_entry(
        CitableWork(
            public_id="W1",
            title=record.title,
            kind=record.kind,
            names=tuple(citable_name(one.parts) for one in record.authors),
            published_date=None,
            precision="",
            venue="",
            venue_kind="",
            doi="",
            arxiv="",
            category="",
            url="",
            abstract="",
        )
    )


def test_groups_have_no_parts():
    groups = {str(one["name"]) for work in crossref() for one in work.get("author") or () if one.get("name")}
    chosen = sorted(name for name in groups if "ollaborat" in name or "onsortium" in name or "Group" in name)[:TEN]
    assert chosen
    for name in chosen:
        assert build({"name": name}).authors[0].kind == "group", name


def test_odd_dates_give_what_is_certain():
    for number in range(TEN):
        year = 2000 + number
        for odd in (f"{year}a", f"{{{year}-{number + 11}}}", f"{year}~", f"c{year}", f"({year})", f"Spring {year}"):
            record = bib(f"title={{A title}}, year={{{odd}}}")
            assert record.published is not None, odd
            assert record.published.year == year, odd
        for parts in ([[year, None, None]], [[str(year)]], [year], [[year, 13]]):
            record = from_crossref({"DOI": "10.5555/x", "title": ["A title"], "issued": {"date-parts": parts}})
            assert record.published is not None, parts
            assert record.published.year == year, parts


def test_arxiv_ids_wherever_they_stand():
    for one in arxiv()[:TEN]:
        number = str(one["ids"]["arxiv"])
        for fields in (
            f"journal={{arXiv preprint arXiv:{number}}}",
            f"journal={{CoRR}}, volume={{abs/{number}}}",
            f"eprint={{arXiv:{number}v2}}, archiveprefix={{arXiv}}",
            f"url={{http://arxiv.org/abs/{number}v1}}",
            f"note={{arXiv:{number} [cs.CL]}}",
            f"doi={{10.48550/arXiv.{number}}}",
        ):
            record = bib(f"title={{A title}}, {fields}")
            assert f"arxiv:{number}" in map(str, record.ids), fields


def test_dois_in_every_spelling():
    odd = sorted({str(work["DOI"]).lower() for work in crossref() if "<" in str(work.get("DOI"))})[:TEN]
    plain = sorted({str(work["DOI"]).lower() for work in crossref() if str(work.get("DOI")).count("/") == 1})[:TEN]
    assert len(plain) == TEN
    for doi in odd:
        spellings = (
            doi.replace("<", "{\\textless}").replace(">", "{\\textgreater}"),
            doi.replace("<", "{$<$}").replace(">", "{$>$}"),
            doi.replace("<", "&lt;").replace(">", "&gt;"),
            doi.replace("<", "%3C").replace(">", "%3E"),
        )
        for spelling in spellings:
            assert f"doi:{doi}" in map(str, bib(f"title={{A title}}, doi={{{spelling}}}").ids), spelling
    for doi in plain:
        for spelling in (
            f"https://doi.org/{doi.upper()}",
            f"doi:{doi}.",
            f"({doi})",
            f"https://dx.doi.org/{doi}",
            f"{doi};",
        ):
            record = build_work({"ids": {"doi": spelling, "local": "x"}, "title": "A title"})
            assert f"doi:{doi}" in map(str, record.ids), spelling


def test_marks_of_retraction():
    for title in titles():
        for marked in (f"RETRACTED: {title}", f"[Retracted] {title}", f"{title} (Retracted)", f"WITHDRAWN: {title}"):
            record = from_crossref({"DOI": "10.5555/x", "title": [marked]})
            assert record.notices, marked
        for plain in (f"Retraction: {title}", f"The retracted {title}", title):
            record = from_crossref({"DOI": "10.5555/x", "title": [plain]})
            assert not record.notices, plain


def test_withdrawn_preprints():
    for one in arxiv()[:TEN]:
        for comment in ("This paper has been withdrawn by the author due to an error", "Withdrawn", "paper withdrawn"):
            record = build_work({**one, "comment": comment, "type": "preprint"})
            assert [notice.kind for notice in record.notices] == ["withdrawal"], comment
        assert not build_work({**one, "comment": "Replaces the withdrawn paper 1001.0001"}).notices


def test_pages_in_every_spelling():
    ranges = [str(work["page"]) for work in crossref() if str(work.get("page")).replace("-", "").isdigit()]
    for pages in [one for one in ranges if one.count("-") == 1 and one[-1] != "-"][:TEN]:
        first, last = pages.split("-")
        expected = pages if first != last else first
        for odd in (f"{first}--{last}", f"{first} – {last}", f"pp. {first}-{last}", f"{first}—{last}."):
            record = bib(f"title={{A title}}, pages={{{odd}}}")
            assert record.details is not None, odd
            assert record.details.pages == expected, odd


def test_mathml_keeps_its_order():
    marked = [work for work in crossref() if "<mml:math" in str(work.get("title"))][:TEN]
    for work in marked:
        record = from_crossref(work)
        assert "<" not in record.title, record.title
        assert "mml" not in record.title, record.title


def test_cut_bylines_say_so():
    with gzip.open(REAL / "openalex" / "works.jsonl.gz", "rt") as lines:
        works = [work for line in islice(lines, 3 * TEN) if (work := json.loads(line)).get("title")][:TEN]
    for work in works:
        total = len(work["authorships"]) + 50
        record = from_openalex({**work, "is_authors_truncated": True, "authors_count": total})
        assert (record.is_authors_truncated, record.authors_total) == (True, total)

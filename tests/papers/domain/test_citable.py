"""What reference managers are given: names, keys and dates, and hostile text that stays inside its field."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.bibtex import bibtex_entry, escaped
from papers.domain.citable import CitableName, CitableWork, citable_name, one_line
from papers.domain.csl import csl_item
from papers.domain.name_parts import NameParts
from papers.domain.ris import ris_entry

BARE = CitableWork("Wkdmqzrt", "A work", "article", (), None, "", "", "", "", "", "", "", "")
ANN = CitableName("Ann Probe", "Probe", "Ann")


def ris(work: CitableWork) -> dict[str, list[str]]:
    """The lines by tag."""
    lines: dict[str, list[str]] = {}
    for line in ris_entry(work).splitlines():
        if line:
            tag, _dash, value = line.partition("  - ")
            lines.setdefault(tag.strip(), []).append(value)
    return lines


def bib(work: CitableWork) -> dict[str, str]:
    """The fields by name."""
    lines = bibtex_entry(work).splitlines()[1:-1]
    return dict(line.strip().removesuffix(",").split(" = ", 1) for line in lines if " = " in line)


@pytest.mark.parametrize(
    ("parts", "family", "given_name", "is_group"),
    [
        (NameParts("Ludwig van Beethoven"), "van Beethoven", "Ludwig", False),
        (NameParts("Hao (Rick) Zhung"), "Zhung", "Hao (Rick)", False),
        (NameParts("J. J. “Sid” Probe"), "Probe", "J. J. “Sid”", False),
        (NameParts("Madonna"), "Madonna", "", False),
        (NameParts("ATLAS", kind="group"), "ATLAS", "", True),
        (NameParts("9 pages", kind="other"), "9 pages", "", True),
        (NameParts("Printed So", given="Stated", family="Otherwise"), "Otherwise", "Stated", False),
    ],
)
def test_a_name_is_cited_in_its_stated_parts_or_as_it_is_split(parts, family, given_name, is_group):
    name = citable_name(parts)
    assert (name.printed, name.family, name.given, name.is_group) == (parts.name, family, given_name, is_group)


def test_a_particle_sorts_with_the_family_name():
    name = citable_name(NameParts("J. van den Hoveden Jr.", "J.", "Hoveden", "van den", "Jr."))
    assert name.full_family == "van den Hoveden"
    assert bib(replace(BARE, names=(name,)))["author"] == "{van den Hoveden, Jr., J.}"
    assert ris(replace(BARE, names=(name,)))["AU"] == ["van den Hoveden, J., Jr."]
    assert csl_item(replace(BARE, names=(name,)))["author"] == [
        {"family": "Hoveden", "given": "J.", "non-dropping-particle": "van den", "suffix": "Jr."}
    ]


@pytest.mark.parametrize(
    ("names", "day", "key"),
    [
        ((ANN,), date(2020, 5, 3), "Probe2020Wkdmqzrt"),
        ((ANN,), None, "ProbeWkdmqzrt"),
        ((), date(2020, 5, 3), "2020Wkdmqzrt"),
        ((), None, "Wkdmqzrt"),
        ((CitableName("Юрий Щербаков", "Щербаков", "Юрий"),), None, "ShcherbakovWkdmqzrt"),
        ((CitableName("T. O'Brien", "O'Brien", "T."),), None, "OBrienWkdmqzrt"),
        ((CitableName("Jörg Müller", "Müller", "Jörg"),), None, "MullerWkdmqzrt"),
        ((CitableName("J. van den H", "H", "J.", "van den"),), None, "vandenHWkdmqzrt"),
        ((CitableName("x", "a" * 99, ""),), None, "a" * 24 + "Wkdmqzrt"),
        ((CitableName("x", "}\\%,{", ""),), None, "Wkdmqzrt"),
    ],
)
def test_a_key_is_of_letters_and_digits_and_no_other_works(names, day, key):
    assert replace(BARE, names=names, published_date=day, precision="D" if day else "").key == key


@pytest.mark.parametrize(
    ("precision", "parts", "fields", "year", "day"),
    [
        ("Y", (2020,), {"year": "{2020}"}, "2020", None),
        ("M", (2020, 5), {"year": "{2020}", "month": "may"}, "2020", "2020/05"),
        ("D", (2020, 5, 3), {"year": "{2020}", "month": "may", "day": "{3}"}, "2020", "2020/05/03"),
    ],
)
def test_no_format_says_more_of_a_date_than_is_known(precision, parts, fields, year, day):
    work = replace(BARE, published_date=date(2020, 5, 3), precision=precision)
    assert work.date_parts == parts
    assert {name: value for name, value in bib(work).items() if name in ("year", "month", "day")} == fields
    lines = ris(work)
    assert (lines["PY"], lines.get("DA")) == ([year], [day] if day else None)
    assert csl_item(work)["issued"] == {"date-parts": [list(parts)]}


def test_an_unknown_date_is_nowhere():
    assert "year" not in bib(BARE)
    assert {"PY", "DA"}.isdisjoint(ris(BARE))
    assert "issued" not in csl_item(BARE)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\r\nTY  - JOUR", "a TY - JOUR"),
        ("a\u2028b\x00c\x85d", "a b c d"),
        ("  many \t spaces ", "many spaces"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u202eright to left", "right to left"),
        ("", ""),
    ],
)
def test_a_field_is_one_line_of_what_can_be_printed(text, line):
    assert one_line(text) == line


HOSTILE = "x\r\nER  - \r\nTY  - JOUR\nTI  - Injected }, author = {Mallory}, \\input{/etc/passwd} % end"


def test_no_text_begins_a_tag_of_its_own_in_ris():
    names = (CitableName(HOSTILE, HOSTILE, HOSTILE),)
    work = replace(BARE, title=HOSTILE, abstract=HOSTILE, venue=HOSTILE, names=names, volume=HOSTILE, doi=HOSTILE)
    lines = ris(work)
    assert [len(lines[tag]) for tag in ("TY", "TI", "AU", "ER")] == [1, 1, 1, 1]
    assert ris_entry(work).count("\nER  - ") == 1


def test_no_text_leaves_its_braces_in_bibtex():
    names = (CitableName(HOSTILE, HOSTILE, HOSTILE),)
    work = replace(BARE, title=HOSTILE, abstract=HOSTILE, venue=HOSTILE, names=names, url=HOSTILE, doi=HOSTILE)
    entry = bibtex_entry(work)
    assert set(bib(work)) == {"title", "author", "journal", "doi", "url", "abstract"}
    assert r"\input" not in entry
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("100% & more_#", r"100\% \& more\_\#"),
        ("a } b", r"a {\textbraceright} b"),
        ('say "so"', "say {''}so{''}"),
        ("~^\\", r"{\textasciitilde}{\textasciicircum}{\textbackslash}"),
        ("over $x_1^2$ and 5$", r"over $x_1^2$ and 5\$"),
        (r"of $95\%$", r"of $95\%$"),
        ("$a%b$", r"\$a\%b\$"),
        ("$}x{$", r"\${\textbraceright}x{\textbraceleft}\$"),
        (r"$\input{x}$", r"\${\textbackslash}input{\textbraceleft}x{\textbraceright}\$"),
        (r"$\{a}$", r"\${\textbackslash}{\textbraceleft}a{\textbraceright}\$"),
        (r"$\{a\}$", r"$\{a\}$"),
        ("$^^M$", r"\${\textasciicircum}{\textasciicircum}M\$"),
    ],
)
def test_formulas_stay_where_they_are_harmless_and_all_else_is_escaped(text, tex):
    assert escaped(text) == tex


@given(st.text('ab${}\\%"^_ #', max_size=40))
def test_braces_match_for_bibtex_which_counts_printed_ones_and_for_tex_which_does_not(text):
    r"""A formula like $\{a}$ ended the field for TeX."""
    written = escaped(text)
    for counted in (written, re.sub(r"\\.", "", written)):
        depth = 0
        for sign in counted:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0
        assert depth == 0


@pytest.mark.parametrize(
    ("pages", "bibtex", "start", "end"),
    [
        ("45-67", "{45--67}", "45", "67"),
        ("45", "{45}", "45", None),
        ("L1-L4", "{L1--L4}", "L1", "L4"),
        ("A-12-A-15", "{A-12-A-15}", "A-12-A-15", None),
    ],
)
def test_pages_are_a_range_where_they_can_only_be_one(pages, bibtex, start, end):
    work = replace(BARE, pages=pages)
    assert bib(work)["pages"] == bibtex
    assert (ris(work)["SP"], ris(work).get("EP")) == ([start], [end] if end else None)
    assert csl_item(work)["page"] == pages


@pytest.mark.parametrize(
    ("kind", "venue_kind", "bibtex", "ris_type", "csl_type"),
    [
        ("article", "journal", "article", "JOUR", "article-journal"),
        ("preprint", "repository", "misc", "UNPB", "article"),
        ("preprint", "journal", "article", "UNPB", "article"),
        ("conference-paper", "conference", "inproceedings", "CPAPER", "paper-conference"),
        ("book-chapter", "book", "incollection", "CHAP", "chapter"),
        ("dissertation", "", "phdthesis", "THES", "thesis"),
        ("dataset", "repository", "misc", "DATA", "dataset"),
        ("poem", "", "misc", "GEN", "article"),
    ],
)
def test_each_kind_of_work_has_its_type_in_each_format(kind, venue_kind, bibtex, ris_type, csl_type):
    work = replace(BARE, kind=kind, venue="Somewhere", venue_kind=venue_kind)
    assert bibtex_entry(work).startswith(f"@{bibtex}{{")
    assert (ris(work)["TY"], csl_item(work)["type"]) == ([ris_type], csl_type)


def test_a_chapter_stands_in_its_book_and_an_article_in_its_journal():
    chapter = replace(BARE, kind="book-chapter", venue="Lectures", book_title="All of Clocks", isbns=("9783161484100",))
    assert bib(chapter)["booktitle"] == "{All of Clocks}"
    assert (ris(chapter)["T2"], ris(chapter)["SN"]) == (["All of Clocks"], ["9783161484100"])
    assert csl_item(chapter)["container-title"] == "All of Clocks"
    article = replace(chapter, kind="article", issns=("2049-3630",))
    assert bib(article)["journal"] == "{Lectures}"
    assert (ris(article)["T2"], ris(article)["SN"]) == (["Lectures"], ["2049-3630"])


@pytest.mark.parametrize(
    ("notice", "words", "status"),
    [
        ("retraction", "Retracted", "retracted"),
        ("withdrawal", "Withdrawn", "withdrawn"),
        ("concern", "Expression of concern", "expression of concern"),
        ("correction", None, None),
        ("", None, None),
    ],
)
def test_whoever_cites_a_retracted_work_is_told(notice, words, status):
    work = replace(BARE, notice=notice)
    assert bib(work).get("note") == (f"{{{words}}}" if words else None)
    assert ris(work).get("N1") == ([words] if words else None)
    assert csl_item(work).get("status") == status


def test_a_second_identifier_of_a_scheme_is_not_lost():
    ids = (("arxiv", "2205.11789"), ("doi", "10.1/a"), ("doi", "10.1/b"), ("isbn", "9783161484100"), ("pmid", "7"))
    work = replace(BARE, doi="10.1/a", arxiv="2205.11789", identifiers=ids)
    assert work.other_identifiers == (("doi", "10.1/b"),)
    assert bib(work)["identifiers"] == "{doi:10.1/b}"
    assert csl_item(work)["custom"] == {"ids": {"doi": ["10.1/b"]}}
    assert (work.identifier("pmid"), work.identifier("acl")) == ("7", "")


def test_what_is_not_known_has_no_line_in_any_format():
    """RIS had an empty UR."""
    assert bib(BARE) == {"title": "{{A work}}"}
    assert set(ris(BARE)) == {"TY", "TI", "ID", "ER"}
    assert csl_item(BARE) == {"id": "Wkdmqzrt", "type": "article-journal", "title": "A work"}

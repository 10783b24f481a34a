"""Identifiers, languages, pages and addresses as files give them, and whether two statements name two works."""

import pytest

from harvest.domain.copies import (
    collected_ids,
    copied_from,
    is_about_identifier,
    language_code,
    listed_ids,
    outside_address,
    unnamed_id,
    venue_kind,
    without_empty,
)
from harvest.domain.locations import arxiv_for_doi, identifier_of, is_arxiv_doi, pages_of
from harvest.domain.matching import archives_of, conflict, differ, initial_of
from papers.domain.identifiers import Identifier
from papers.domain.public_ids import encode

OURS = f"https://colophon.example/papers/{encode('W', 7)}/looms"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("English", "en"),
        ("eng", "en"),
        ("en_US", "en"),
        ("en", "en"),
        ("{German}", "de"),
        ("ger", "de"),
        ("pt-BR", "pt"),
        ("", ""),
        ("Klingon and others", ""),
        ("1", ""),
    ],
)
def test_a_language_has_one_code(text, code):
    assert language_code(text) == code


@pytest.mark.parametrize(
    ("fields", "texts", "found"),
    [
        ([("doi", "10.1000/LOOMS")], [], {"doi": ["10.1000/looms"]}),
        ([("doi", "https://doi.org/10.1000/looms")], [], {"doi": ["10.1000/looms"]}),
        ([("doi", "10.1000/a"), ("doi", "10.1000/a")], [], {"doi": ["10.1000/a"]}),
        # A work has one DOI: that of a note counts where the field has none.
        ([("doi", "10.1000/a")], ["see doi:10.1000/b"], {"doi": ["10.1000/a"]}),
        ([], ["see doi:10.1000/b", "and doi:10.1000/c"], {"doi": ["10.1000/b"]}),
        ([("arxiv", "2205.11789v3")], [], {"arxiv": ["2205.11789"]}),
        ([("doi", "none")], [], {}),
        ([], [""], {}),
    ],
)
def test_identifiers_come_from_their_fields_before_they_come_from_notes(fields, texts, found):
    assert collected_ids(fields, texts) == found


def test_identifiers_are_read_as_our_exports_list_them():
    assert listed_ids("acl:P03-1001; local:any thing") == [("acl", "P03-1001"), ("local", "any thing")]
    assert listed_ids("nothing; :x; y:") == []


def test_an_entry_without_an_id_gets_the_same_one_again():
    one = unnamed_id("bibtex", "Looms", "2020")
    assert one.startswith("bibtex:")
    assert unnamed_id("bibtex", "Looms", "2020") == one
    assert unnamed_id("bibtex", "Looms", "2021") != one


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("https://example.org/looms", "https://example.org/looms"),
        ("{https://example.org/a\\_b}", "https://example.org/a_b"),
        (OURS, ""),
        ("ftp://example.org/looms", ""),
        ("looms", ""),
        ("", ""),
    ],
)
def test_a_page_of_a_portal_like_this_one_is_no_address_of_the_work(address, outside):
    assert outside_address(address) == outside


def test_a_copy_names_the_work_that_it_was_copied_from():
    assert copied_from(["https://example.org", OURS]) == encode("W", 7)
    assert copied_from([f"https://colophon.example/authors/{encode('A', 7)}"]) == ""
    assert copied_from([]) == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://doi.org/10.1000/looms", True),
        ("https://arxiv.org/abs/2205.11789", True),
        ("https://example.org/looms", False),
        ("", False),
    ],
)
def test_an_address_may_say_no_more_than_an_identifier(address, expected):
    assert is_about_identifier(address) is expected


def test_small_things():
    assert venue_kind("arXiv", "journal") == "repository"
    assert venue_kind("Journal of Looms", "journal") == "journal"
    assert without_empty({"a": "", "b": None, "c": [], "d": {}, "e": 0, "f": False}) == {"e": 0, "f": False}


@pytest.mark.parametrize(
    ("printed", "pages"),
    [
        ("45--67", "45-67"),
        ("45 – 67", "45-67"),
        ("45-45", "45"),
        ("pp. 45-67", "45-67"),
        ("e1234", "e1234"),
        ("45", "45"),
        ("45-", "45"),
        ("", ""),
        ("n/a", ""),
    ],
)
def test_pages_have_one_form(printed, pages):
    assert pages_of(printed) == pages


@pytest.mark.parametrize(
    ("address", "identifier"),
    [
        ("https://doi.org/10.1000/looms", Identifier("doi", "10.1000/looms")),
        ("https://doi.org/10.48550/arXiv.2205.11789", Identifier("arxiv", "2205.11789")),
        ("https://arxiv.org/abs/2205.11789", Identifier("arxiv", "2205.11789")),
        ("https://example.org/looms", None),
        ("", None),
    ],
)
def test_an_address_of_a_register_is_an_identifier(address, identifier):
    assert identifier_of(address) == identifier


def test_arxivs_own_doi_is_the_preprint():
    doi = Identifier("doi", "10.48550/arxiv.2205.11789")
    assert is_arxiv_doi(doi)
    assert arxiv_for_doi(doi) == Identifier("arxiv", "2205.11789")
    other = Identifier("doi", "10.1000/looms")
    assert (arxiv_for_doi(other), arxiv_for_doi(None), is_arxiv_doi(other)) == (other, None, False)


DOI_A, DOI_B = Identifier("doi", "10.1000/a"), Identifier("doi", "10.1000/b")
ARXIV = Identifier("arxiv", "2205.11789")


@pytest.mark.parametrize(
    ("one", "other", "scheme", "expected"),
    [
        ([DOI_A], [DOI_B], "doi", True),
        ([DOI_A], [DOI_A, DOI_B], "doi", False),
        ([DOI_A], [ARXIV], "doi", False),
        ([], [DOI_A], "doi", False),
        # Local ids name two works inside one list; two lists may each have their own of one work.
        ([Identifier("local", "aistats2019:1")], [Identifier("local", "aistats2019:2")], "local", True),
        ([Identifier("local", "aistats2019:1")], [Identifier("local", "icml2020:2")], "local", False),
    ],
)
def test_identifiers_of_one_scheme_may_name_two_works(one, other, scheme, expected):
    assert differ(one, other, scheme) is expected
    assert differ(other, one, scheme) is expected


def test_works_conflict_by_any_scheme_of_one_id_a_work():
    other = Identifier("arxiv", "2205.11790")
    assert conflict([DOI_A, ARXIV], [DOI_A, other])
    # A preprint and what was published have two DOIs.
    assert not conflict([DOI_A, ARXIV], [DOI_B, ARXIV])
    assert conflict([DOI_A], [DOI_B], schemes=["doi"])


def test_what_matching_compares_of_names_and_categories():
    assert [initial_of(name) for name in ("Ada Byron", "A. M. Byron", "Byron", "")] == ["a", "a", "", ""]
    assert archives_of(["cs.LG", "cs.CL", "hep-th", "math.PR"]) == {"cs", "hep-th", "math"}
    assert archives_of([]) == frozenset()

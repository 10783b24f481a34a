"""The byline of a record: who is an author, who else had a part in it, and what is nobody's name."""

from typing import Any

import pytest

from harvest.domain.build import build_work
from harvest.domain.record import WorkRecord


def work(*authors: object, **more: Any) -> WorkRecord:
    return build_work({"ids": {"local": "x"}, "title": "On the spacing of clocks", "authors": list(authors), **more})


def names(record: WorkRecord) -> list[str]:
    return [one.name for one in record.authors]


@pytest.mark.parametrize(
    ("role", "is_author", "stored"),
    [
        ("author", True, "author"),
        ("First", True, "author"),
        ("additional", True, "author"),
        ("editors", False, "editor"),
        ("chair", False, "editor"),
        ("review-assistant", False, "reviewer"),
        ("Translator", False, "translator"),
        ("illustrator", False, "illustrator"),
        (None, True, "author"),
        ("", True, "author"),
    ],
)
def test_a_role_tells_authors_from_others(role, is_author, stored):
    record = work("Bo Chen", {"name": "Ada Byron", "role": role})
    found = record.authors[-1] if is_author else record.contributors[0]
    assert (found.name, found.role, len(record.authors)) == ("Ada Byron", stored, 2 if is_author else 1)


def test_editors_are_the_byline_of_a_work_that_has_nobody_else():
    record = work({"name": "Ed Itor", "role": "editor"}, {"name": "Trans Lator", "role": "translator"})
    assert names(record) == ["Ed Itor", "Trans Lator"]
    assert record.contributors == ()


@pytest.mark.parametrize(
    ("stated", "is_truncated", "total"),
    [
        ({}, False, None),
        ({"authors_truncated": True}, True, None),
        ({"authors_total": 40}, True, 40),
        ({"authors_total": 2}, False, None),
        ({"authors_total": 1, "is_authors_truncated": True}, True, None),
        ({"authors_total": "many"}, False, None),
        ({"authors_truncated": "yes"}, False, None),
    ],
)
def test_a_byline_is_cut_where_the_source_says_so_or_counts_more_people(stated, is_truncated, total):
    record = work("Ada Byron", "Bo Chen", **stated)
    assert (record.is_authors_truncated, record.authors_total) == (is_truncated, total)


@pytest.mark.parametrize("rest", ["et al.", "others", "et al"])
def test_the_rest_of_a_byline_is_nobody_and_marks_it_as_cut(rest):
    record = work("Ada Byron", rest)
    assert (names(record), record.is_authors_truncated) == (["Ada Byron"], True)
    assert "says that more authors follow" in record.warnings[0]


@pytest.mark.parametrize("entry", [7, None, ["Ada Byron"], {"name": ""}, {"name": 7}, {"given": " "}, ""])
def test_an_entry_that_names_nobody_costs_no_other(entry):
    record = work("Ada Byron", entry, "Bo Chen")
    assert names(record) == ["Ada Byron", "Bo Chen"]


def test_a_byline_that_is_no_list_is_left_out_with_a_warning():
    record = build_work({"ids": {"local": "x"}, "title": "On the spacing of clocks", "authors": "Ada Byron"})
    assert (record.authors, record.warnings) == ((), ("authors: is not a list; it was left out",))


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Sun", "C. P", "Bo Chen"], ["C. P Sun", "Bo Chen"]),
        (["J. B", "Swift", "Bo Chen"], ["J. B Swift", "Bo Chen"]),
        (["Ada Byron", "C. P"], ["Ada Byron", "C. P"]),
        (["Plato", "Ada Byron"], ["Plato", "Ada Byron"]),
    ],
)
def test_a_name_that_a_source_cut_in_two_is_one_again(authors, expected):
    assert names(work(*authors)) == expected


def test_a_suffix_that_stands_alone_belongs_to_the_name_before_it():
    record = work("Martin King", "Jr.", "Bo Chen")
    assert names(record) == ["Martin King Jr.", "Bo Chen"]


def test_parts_of_a_name_are_kept_as_stated():
    one = work({"given": "Juana Inés", "family": "Cruz", "particle": "de la", "suffix": "II"}).authors[0]
    assert (one.given, one.particle, one.family, one.suffix) == ("Juana Inés", "de la", "Cruz", "II")
    assert one.name == "Juana Inés de la Cruz II"


def test_a_printed_name_beside_its_parts_is_what_the_byline_shows():
    one = work({"name": "A. Byron", "given": "Ada", "family": "Byron"}).authors[0]
    assert (one.name, one.given, one.family) == ("A. Byron", "Ada", "Byron")


def test_a_group_that_says_so_has_no_parts():
    one = work({"name": "Byron, Chen and Partners", "is_group": True}).authors[0]
    assert (one.name, one.kind, one.family) == ("Byron, Chen and Partners", "group", "")


def test_identifiers_that_cannot_be_are_left_out_and_the_name_kept():
    one, other = work(
        {"name": "Ada Byron", "ids": {"orcid": "0000-0002-1825-0098", "openalex": "A7"}},
        {"name": "Bo Chen", "ids": "0000-0002-1825-0097"},
    ).authors
    assert [str(i) for i in one.ids] == ["openalex:A7"]
    assert other.ids == ()


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (["University of Kent", "University of Kent"], [("University of Kent", None)]),
        ([{"name": "Kent", "ror": "https://ror.org/00390t168"}], [("Kent", "00390t168")]),
        ([{"ror": "00390t168"}, {"name": ""}, 7, None], [("", "00390t168")]),
        ([{"name": "Kent", "ror": "nonsense"}], [("Kent", None)]),
        ("University of Kent", []),
        (None, []),
    ],
)
def test_affiliations_are_names_or_ids_each_once(raw, found):
    one = work({"name": "Ada Byron", "affiliations": raw}).authors[0]
    assert [(a.name, a.ror) for a in one.affiliations] == found


@pytest.mark.parametrize("field", ["corresponding", "is_corresponding"])
def test_only_true_makes_a_corresponding_author(field):
    one, other = work({"name": "Ada Byron", field: True}, {"name": "Bo Chen", field: "yes"}).authors
    assert (one.is_corresponding, other.is_corresponding) == (True, False)


def test_words_between_an_institution_and_its_country_are_no_people():
    record = work("Ada Byron", "University of Kent", "Canterbury", "United Kingdom")
    assert [one.kind for one in record.authors] == ["person", "group", "other", "other"]

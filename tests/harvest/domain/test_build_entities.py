"""Mappings of institutions, authors, venues and topics become checked records or are rejected with a sentence."""

from typing import Any

import pytest

from harvest.domain.build_entities import build_author, build_institution, build_topic, build_venue
from harvest.domain.record import InstitutionRecord, RecordError

ROR, OPENALEX = "00390t168", "I20"
BUILDERS = {
    "institution": (build_institution, {"ror": ROR}),
    "author": (build_author, {"openalex": "A1"}),
    "venue": (build_venue, {"issn": "1751-1577"}),
    "topic": (build_topic, {"openalex": "T1"}),
}


def institution(*, source: str = "ror", **more: Any) -> InstitutionRecord:
    return build_institution({"ids": {"ror": ROR}, "name": "University of Kent", **more}, source=source)


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_record_without_name_or_without_an_id_of_its_own_is_rejected(kind):
    build, ids = BUILDERS[kind]
    for mapping, code in [
        ({"ids": ids}, "no_name"),
        ({"ids": ids, "name": " \n"}, "no_name"),
        ({"ids": ids, "name": 7}, "no_name"),
        ({"name": "A name"}, "no_id"),
        ({"ids": {"mag": 12}, "name": "A name"}, "no_id"),
        ({"ids": [1], "name": "A name"}, "no_id"),
    ]:
        with pytest.raises(RecordError) as problem:
            build(mapping, source="records")
        assert problem.value.code == code


def test_a_rejection_says_what_was_wrong_with_the_id():
    with pytest.raises(RecordError, match=r"no usable identifier: id: .*it was left out"):
        institution(ids={"ror": "00390t169"})


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_digest_tells_content_apart_and_not_warnings(kind):
    build, ids = BUILDERS[kind]
    first = build({"ids": ids, "name": "A name"}, source="records")
    assert build(
        {"ids": ids, "name": "A name", "name_variants": 7, "keywords": 7, "names": 7}, source="records"
    ).digest == (first.digest)
    assert build({"ids": ids, "name": "Another name"}, source="records").digest != first.digest


@pytest.mark.parametrize(("source", "key"), [("ror", f"ror:{ROR}"), ("openalex", f"openalex:{OPENALEX}")])
def test_a_source_names_an_institution_by_its_own_scheme(source, key):
    assert institution(source=source, ids={"ror": ROR, "openalex": OPENALEX}).source_key == key


@pytest.mark.parametrize(
    ("raw", "code"), [("GB", "GB"), ("gb", "GB"), ("GBR", ""), ("ÄÖ", ""), ("1A", ""), (44, ""), (None, "")]
)
def test_a_country_is_a_code_of_two_letters(raw, code):
    assert institution(country_code=raw).country_code == code


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (51.3, 1.1, (51.3, 1.1)),
        (-90, 180, (-90.0, 180.0)),
        (0, 0, (0.0, 0.0)),
        (90.1, -180.1, (None, None)),
        (float("nan"), float("inf"), (None, None)),
        ("51.3", True, (None, None)),
    ],
)
def test_a_place_on_earth_is_in_degrees(latitude, longitude, expected):
    record = institution(latitude=latitude, longitude=longitude)
    assert (record.latitude, record.longitude) == expected


@pytest.mark.parametrize(("year", "expected"), [(1965, 1965), (859, 859), (299, None), (9999, None), (True, None)])
def test_a_founding_year_may_be_old_but_neither_antique_nor_to_come(year, expected):
    record = institution(established=year)
    assert record.established == expected
    assert bool(record.warnings) is (expected is None)


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("active", "active"),
        ("Withdrawn", "withdrawn"),
        ("inactive", "inactive"),
        ("closed", "active"),
        (None, "active"),
    ],
)
def test_a_status_is_one_of_three_and_active_unless_stated(raw, status):
    assert institution(status=raw).status == status


def test_relations_are_of_either_register_each_once_and_without_what_is_no_id():
    record = institution(
        children=["https://ror.org/052gg0110", "052gg0110", "https://openalex.org/I5", "no id", None, 7],
        parents="052gg0110",
    )
    assert [str(one) for one in record.children] == ["ror:052gg0110", "openalex:I5"]
    assert record.parents == ()


def test_names_of_an_institution_are_of_three_kinds_each_once():
    record = institution(
        names=[
            {"name": "UKC", "kind": "acronym"},
            {"name": "UKC", "kind": "acronym"},
            {"name": "Kent", "kind": "nickname", "language": "en"},
            {"name": ""},
            {"name": None},
            "Kent",
        ]
    )
    assert [(one.name, one.kind, one.language) for one in record.names] == [
        ("UKC", "acronym", ""),
        ("Kent", "alias", "en"),
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "kent.ac.uk", "ftp://kent.ac.uk", 7, None])
def test_a_homepage_is_an_address_of_the_web(address):
    assert institution(homepage=address).homepage == ""
    assert institution(homepage="https://www.kent.ac.uk").homepage == "https://www.kent.ac.uk"


def test_mail_domains_are_in_small_letters():
    assert institution(domains=["Kent.AC.uk", 7]).domains == ("kent.ac.uk",)


def test_more_names_than_are_taken_are_cut_and_said():
    record = build_author(
        {"ids": {"openalex": "A1"}, "name": "A", "name_variants": [f"A {n}" for n in range(600)]}, source="x"
    )
    assert len(record.name_variants) == 500
    assert record.warnings == ("name_variants: of 600 names the first 500 were taken",)


def test_a_name_in_markup_is_plain():
    assert (
        build_venue({"ids": {"issn": "1751-1577"}, "name": "Clocks &amp; <i>Watches</i>"}, source="x").name
        == "Clocks & Watches"
    )


def test_a_venue_without_openalex_id_is_named_by_its_issn():
    record = build_venue({"ids": {"issn": ["1751-1577", "1875-5879"]}, "name": "Clocks", "kind": "Journal"}, source="x")
    assert (record.source_key, record.kind) == ("issn:1751-1577", "journal")

"""ROR organisations of both schemas."""

import pytest

from harvest.domain.record import RecordError
from harvest.sources.ror.parse import parse_object

SECOND = {
    "id": "https://ror.org/00390t168",
    "names": [
        {"lang": None, "types": ["acronym"], "value": "CofC"},
        {"lang": "en", "types": ["ror_display", "label"], "value": "College of Charleston"},
    ],
    "locations": [{"geonames_details": {"country_code": "US", "lat": 32.7, "lng": -79.9, "name": "Charleston"}}],
    "external_ids": [
        {"type": "grid", "preferred": "grid.254424.1", "all": []},
        {"type": "isni", "preferred": None, "all": ["0000 0004 1936 7769"]},
    ],
    "links": [{"type": "website", "value": "https://www.charleston.edu"}],
    "relationships": [
        {"type": "child", "id": "https://ror.org/050we9f15"},
        {"type": "related", "id": "https://ror.org/02y3tc479"},
    ],
    "established": 1770,
    "status": "active",
    "types": ["funder", "education"],
    "domains": ["charleston.edu"],
}
FIRST = {
    "id": "https://ror.org/02y3tc479",
    "name": "Salvat (Spain)",
    "aliases": ["Salvat"],
    "labels": [{"label": "Salvat S.A.", "iso639": "es"}],
    "addresses": [{"lat": 41.3, "lng": 2.0, "city": "Esplugues"}],
    "country": {"country_code": "ES"},
    "external_ids": {"GRID": {"preferred": "grid.476425.6", "all": "grid.476425.6"}},
    "relationships": [{"type": "Successor", "id": "https://ror.org/00390t168"}],
    "status": "withdrawn",
    "types": ["Company"],
}


def test_the_second_schema_is_mapped():
    record = parse_object(SECOND)
    assert (record.name, record.ror, record.kind, record.status) == (
        "College of Charleston",
        "00390t168",
        "education",
        "active",
    )
    assert (record.city, record.country_code, record.latitude, record.established) == (
        "Charleston",
        "US",
        32.7,
        1770,
    )
    assert [str(one) for one in record.children] == ["ror:050we9f15"]
    assert {one.scheme for one in record.ids} == {"ror", "grid", "isni"}


def test_the_first_schema_is_mapped():
    record = parse_object(FIRST)
    assert [(one.name, one.kind, one.language) for one in record.names] == [
        ("Salvat (Spain)", "label", ""),
        ("Salvat S.A.", "label", "es"),
        ("Salvat", "alias", ""),
    ]
    assert (record.status, record.city, [str(one) for one in record.successors]) == (
        "withdrawn",
        "Esplugues",
        ["ror:00390t168"],
    )


def test_an_organisation_without_a_valid_id_is_rejected():
    with pytest.raises(RecordError, match="no usable identifier"):
        parse_object({**SECOND, "id": "https://ror.org/00390t169"})

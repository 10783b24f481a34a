"""OpenAlex's authors, institutions, sources and topics in shapes of all its years."""

from typing import Any

import pytest

from harvest.domain.record import AuthorRecord, InstitutionRecord, RecordError, TopicRecord, VenueRecord
from harvest.sources.openalex.parse import kind_of, parse_object

KENT = {"id": "https://openalex.org/I1", "display_name": "University of Kent", "ror": "https://ror.org/00390t168"}
OXFORD = {"id": "https://openalex.org/I2", "display_name": "University of Oxford", "ror": None}


def author(**more: Any) -> AuthorRecord:
    record = parse_object({"id": "https://openalex.org/A1", "display_name": "Ada Byron", **more})
    assert isinstance(record, AuthorRecord)
    return record


def institution(**more: Any) -> InstitutionRecord:
    record = parse_object({**KENT, **more})
    assert isinstance(record, InstitutionRecord)
    return record


def venue(**more: Any) -> VenueRecord:
    record = parse_object({"id": "https://openalex.org/S1", "display_name": "Annals of Clocks", **more})
    assert isinstance(record, VenueRecord)
    return record


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ({"last_known_institutions": [KENT, OXFORD]}, ["University of Kent", "University of Oxford"]),
        ({"last_known_institution": KENT}, ["University of Kent"]),
        (
            {"affiliations": [{"institution": OXFORD, "years": [2024]}, {"institution": KENT}]},
            ["University of Oxford", "University of Kent"],
        ),
        ({"last_known_institutions": [KENT], "affiliations": [{"institution": OXFORD}]}, ["University of Kent"]),
        ({"last_known_institutions": None, "affiliations": [None, {"institution": None}]}, []),
        ({}, []),
    ],
)
def test_an_author_is_where_they_were_last_known(stated, names):
    assert [one.name for one in author(**stated).affiliations] == names


def test_an_authors_other_names_are_kept_once_and_without_their_own():
    record = author(display_name_alternatives=["Ada Byron", "A. Byron", "A. Byron", None, ""])
    assert record.name_variants == ("A. Byron",)


def test_a_wrong_orcid_id_costs_an_author_nothing_else():
    record = author(orcid="https://orcid.org/0000-0002-1825-0098")
    assert [str(one) for one in record.ids] == ["openalex:A1"]
    assert len(record.warnings) == 1


def test_an_institution_has_its_names_of_every_kind_and_language():
    record = institution(
        display_name_alternatives=["Kent University"],
        display_name_acronyms=["UKC"],
        international={"display_name": {"fr": "Université du Kent", "de": None}},
    )
    assert [(one.name, one.kind, one.language) for one in record.names] == [
        ("University of Kent", "label", ""),
        ("Kent University", "alias", ""),
        ("UKC", "acronym", ""),
        ("Université du Kent", "label", "fr"),
    ]


def test_an_institutions_associates_are_told_by_their_relation():
    associates = [
        {"id": "https://openalex.org/I5", "ror": "https://ror.org/052gg0110", "relationship": "parent"},
        {"id": "https://openalex.org/I6", "relationship": "child"},
        {"id": "https://openalex.org/I7", "ror": "https://ror.org/03yrm5c26", "relationship": "related"},
    ]
    record = institution(associated_institutions=associates)
    assert [str(one) for one in record.parents] == ["ror:052gg0110"]
    assert [str(one) for one in record.children] == ["openalex:I6"]


def test_an_institutions_country_is_its_own_before_its_places():
    assert institution(country_code=None, geo={"country_code": "GB"}).country_code == "GB"
    assert institution(country_code="fr", geo={"country_code": "GB"}).country_code == "FR"
    assert institution(geo="Canterbury").city == ""


def test_a_source_has_each_of_its_issns_once_the_linking_one_first():
    record = venue(issn_l="1751-1577", issn=["1875-5879", "1751-1577"])
    assert [str(one) for one in record.ids] == ["openalex:S1", "issn:1751-1577", "issn:1875-5879"]


@pytest.mark.parametrize(("stated", "kind"), [("ebook platform", "book"), ("Journal", "journal"), (None, "")])
def test_a_source_is_of_the_kind_that_it_states(stated, kind):
    assert venue(type=stated).kind == kind


def test_a_sources_publisher_is_its_host_or_what_older_records_call_so():
    assert venue(host_organization_name="Tick", publisher="Tock").publisher == "Tick"
    assert venue(publisher="Tock").publisher == "Tock"


def test_a_sources_abbreviation_is_one_of_its_names():
    record = venue(alternate_titles=["Clock Annals", 7], abbreviated_title="Ann. Clocks")
    assert record.name_variants == ("Clock Annals", "Ann. Clocks")


def test_a_topic_stands_below_its_subfield_field_and_domain():
    levels = {level: {"id": "x", "display_name": level.title()} for level in ("subfield", "field", "domain")}
    record = parse_object(
        {"id": "https://openalex.org/T1", "display_name": "Clocks", "keywords": ["a", "a", ""], **levels}
    )
    assert isinstance(record, TopicRecord)
    assert (record.subfield, record.field, record.domain) == ("Subfield", "Field", "Domain")
    assert record.keywords == ("a",)


@pytest.mark.parametrize(
    ("number", "kind"),
    [("W1", "work"), ("a1", "author"), ("V1", "source"), ("S1", "source"), ("I1/", "institution"), ("T1", "topic")],
)
def test_an_object_is_what_its_id_begins_with(number, kind):
    assert kind_of({"id": f"https://openalex.org/{number}"}) == kind


@pytest.mark.parametrize("number", ["", None, "W", "Wx", "C12", 12, "W1x"])
def test_an_id_of_another_kind_is_rejected(number):
    with pytest.raises(RecordError) as problem:
        kind_of({"id": number})
    assert problem.value.code == "no_id"


def test_an_object_without_name_is_rejected():
    with pytest.raises(RecordError, match="has no name"):
        author(display_name=" ")

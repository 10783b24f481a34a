"""OpenAlex objects of older and newer shapes."""

from datetime import date

import pytest

from harvest.domain.record import (
    AuthorRecord,
    InstitutionRecord,
    RecordError,
    TopicRecord,
    VenueRecord,
    WorkRecord,
)
from harvest.sources.openalex.parse import objects_in, parse_object

WORK = {
    "id": "https://openalex.org/W2755950973",
    "doi": "https://doi.org/10.1016/j.joi.2017.08.007",
    "title": "bibliometrix : An R-tool",
    "publication_date": "2017-09-12",
    "ids": {
        "openalex": "https://openalex.org/W2755950973",
        "mag": 2755950973,
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/29028636",
    },
    "type": "article",
    "primary_location": {
        "license": "cc-by",
        "landing_page_url": "http://arxiv.org/abs/2007.14454",
        "pdf_url": "https://arxiv.org/pdf/2007.14454",
        "source": {
            "id": "https://openalex.org/S205292342",
            "display_name": "Journal of Informetrics",
            "issn": ["1751-1577"],
            "type": "journal",
            "host_organization_name": "Elsevier",
        },
    },
    "authorships": [
        {
            "author": {"id": "https://openalex.org/A5069892096", "display_name": "Massimo Aria", "orcid": None},
            "raw_author_name": "M. Aria",
            "institutions": [
                {"id": "https://openalex.org/I71267560", "display_name": "Naples", "ror": "https://ror.org/05290cv24"}
            ],
            "raw_affiliation_strings": ["Department, Naples"],
            "is_corresponding": True,
        }
    ],
    "abstract_inverted_index": {"words": [1, 3], "Two": [0], "beat": [2], "!": [10**9]},
    "topics": [{"id": "https://openalex.org/T13398", "display_name": "Data Analysis", "score": 0.994}],
    "concepts": [{"id": "https://openalex.org/C1", "display_name": "Old", "score": 0.9}],
    "referenced_works": ["https://openalex.org/W1", "https://openalex.org/W2755950973"],
    "cited_by_count": 9231,
    "updated_date": "2024-05-06T01:02:03",
    "is_retracted": False,
}


def test_a_work_is_mapped():
    record = parse_object(WORK)
    assert isinstance(record, WorkRecord)
    assert record.source_key == "openalex:W2755950973"
    assert {one.scheme for one in record.ids} == {"doi", "arxiv", "openalex", "pmid", "mag"}
    assert record.abstract == "Two words beat words"
    author = record.authors[0]
    assert (author.name, author.is_corresponding, author.raw_affiliation) == (
        "M. Aria",
        True,
        "Department, Naples",
    )
    assert (author.affiliations[0].ror, author.affiliations[0].openalex) == ("05290cv24", "I71267560")
    assert [(topic.name, topic.openalex) for topic in record.topics] == [("Data Analysis", "T13398")]
    assert record.venue is not None
    assert (record.venue.openalex, record.venue.publisher) == ("S205292342", "Elsevier")
    assert (record.cited_by_count, record.cited_by_date) == (9231, date(2024, 5, 6))
    assert (len(record.references), record.references_total) == (1, 2)
    assert {link.kind for link in record.links} == {"pdf", "landing"}


def test_an_older_work_has_a_host_venue_and_concepts():
    older = {
        **WORK,
        "primary_location": None,
        "topics": None,
        "host_venue": {"display_name": "Old Journal", "issn": None},
    }
    record = parse_object(older)
    assert isinstance(record, WorkRecord)
    assert record.venue is not None
    assert record.venue.name == "Old Journal"
    assert [topic.name for topic in record.topics] == ["Old"]


def test_entities_are_told_by_their_ids():
    author = parse_object(
        {
            "id": "https://openalex.org/A1",
            "display_name": "Jason Priem",
            "orcid": "https://orcid.org/0000-0001-6187-6610",
        }
    )
    assert isinstance(author, AuthorRecord)
    institution = parse_object(
        {
            "id": "https://openalex.org/I1",
            "ror": "https://ror.org/00jmfr291",
            "display_name": "Michigan",
            "international": {"display_name": {"fr": "université du Michigan"}},
            "geo": {"latitude": 42.2, "city": "Ann Arbor"},
        }
    )
    assert isinstance(institution, InstitutionRecord)
    assert [name.language for name in institution.names] == ["", "fr"]
    venue = parse_object({"id": "https://openalex.org/S1", "display_name": "Journal", "issn": ["1751-1577"]})
    assert isinstance(venue, VenueRecord)
    assert str(venue.ids[1]) == "issn:1751-1577"
    topic = parse_object({"id": "https://openalex.org/T1", "display_name": "Words", "field": {"display_name": "Arts"}})
    assert isinstance(topic, TopicRecord)
    assert topic.field == "Arts"


def test_an_object_of_no_known_kind_is_rejected():
    with pytest.raises(RecordError, match="is not one of OpenAlex"):
        parse_object({"id": "https://openalex.org/subfields/1702"})


def test_a_list_answer_gives_its_results():
    assert objects_in({"meta": {}, "results": [WORK]}) == [WORK]

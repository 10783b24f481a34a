"""Crossref works, uneven as they are."""

import pytest

from harvest.domain.record import RecordError
from harvest.sources.crossref.parse import parse_object, works_in
from papers.domain.dates import PartialDate

WORK = {
    "DOI": "10.1534/G3.114.015966",
    "type": "journal-article",
    "title": ["\n            Drosophila\n            Muller F Elements "],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Levels of <jats:sup>14</jats:sup>C &amp;amp; more.</jats:p>",
    "published-print": {"date-parts": [[2015, 5]]},
    "issued": {"date-parts": [[None]]},
    "container-title": ["G3"],
    "ISSN": ["2160-1836"],
    "publisher": "Genetics Society",
    "is-referenced-by-count": 29,
    "reference-count": 3,
    "reference": [
        {"key": "1", "DOI": "10.1000/x"},
        {"key": "2", "unstructured": "Book"},
        {"DOI": "10.1534/g3.114.015966"},
    ],
    "author": [
        {
            "given": "Wilson",
            "family": "Leung",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "St Louis"}],
        },
        {"name": "The Drosophila Group", "sequence": "additional"},
        {"given": "Martin", "family": "King", "suffix": "Jr."},
    ],
    "license": [{"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"}],
    "link": [{"URL": "https://example.org/a.pdf", "content-type": "application/pdf"}],
    "indexed": {"date-parts": [[2019, 1, 19]]},
}


def parsed(**changes):
    return parse_object({**WORK, **changes})


def test_a_work_is_mapped():
    record = parsed()
    assert record.source_key == "doi:10.1534/g3.114.015966"
    assert record.title == "Drosophila Muller F Elements"
    assert (record.abstract, record.abstract_html) == (
        "Levels of 14C & more.",
        "Levels of <sup>14</sup>C &amp; more.",
    )
    assert record.published == PartialDate(2015, 5)
    assert [author.name for author in record.authors] == [
        "Wilson Leung",
        "The Drosophila Group",
        "Martin King Jr.",
    ]
    assert str(record.authors[0].ids[0]) == "orcid:0000-0002-1825-0097"
    assert [str(one.ids[0]) for one in record.references] == ["doi:10.1000/x"]
    assert (record.references_total, record.cited_by_count) == (3, 29)
    assert record.warnings == ("reference 3 cites the work itself; it was left out",)


def test_a_work_without_title_is_rejected():
    with pytest.raises(RecordError, match="the record has no title"):
        parsed(title=[])


def test_only_a_notice_about_the_work_retracts_it():
    assert parsed(**{"updated-by": [{"type": "retraction", "DOI": "10.1000/n"}]}).is_retracted
    assert not parsed(**{"update-to": [{"type": "retraction", "DOI": "10.1000/n"}]}).is_retracted
    assert parsed(title=["RETRACTED: Drosophila Elements"]).is_retracted


def test_dates_with_null_parts_are_unknown():
    assert parsed(**{"published-print": {"date-parts": [[None]]}}).published is None


def test_an_editors_only_book_takes_its_isbn():
    record = parsed(type="book", author=[], ISBN=["http://id.crossref.org/isbn/9783161484100"])
    assert [str(one) for one in record.ids][1] == "isbn:9783161484100"
    assert record.authors == ()


def test_a_list_answer_gives_its_items():
    assert works_in({"message": {"items": [WORK, 1]}}) == [WORK]
    assert works_in(WORK) == [WORK]

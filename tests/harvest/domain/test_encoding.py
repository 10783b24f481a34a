"""What a parser sends arrives as it was."""

from datetime import date

from harvest.domain.build import build_work
from harvest.domain.encoding import decode, encode
from harvest.domain.raw_records import Parsed
from harvest.domain.record import TopicRecord, WorkRecord
from papers.domain.identifiers import Identifier

FULL = {
    "ids": {"doi": ["10.1000/x", "10.2000/y"], "arxiv": "2205.11789"},
    "title": "On $x^2$ and more of it",
    "abstract": "We show <i>that</i> \ud83d\ude00 holds.".encode("utf-16", "surrogatepass").decode("utf-16"),
    "type": "article",
    "published": "2022-05",
    "updated": "2022-06-01",
    "language": "en",
    "license": "cc-by",
    "comment": "8 pages",
    "venue": {"name": "A Journal", "type": "journal", "issn": ["2049-3630"], "publisher": "P"},
    "categories": ["cs.LG", {"scheme": "msc", "code": "05C10"}],
    "topics": [{"name": "Graphs", "openalex": "T1", "score": 0.5}, "Trees"],
    "authors": [
        {
            "name": "Ada Lovelace",
            "ids": {"orcid": "0000-0002-1825-0097"},
            "affiliations": [{"name": "Analytical University"}],
            "raw_affiliation": "London",
            "corresponding": True,
        },
        {"name": "Ben Nevis"},
    ],
    "references": [{"doi": "10.3000/z"}, {"arxiv": "1706.03762"}],
    "references_total": 2,
    "cited_by_count": 7,
    "cited_by_date": "2024-01-02",
    "retracted": True,
    "urls": {"pdf": "https://example.org/x.pdf"},
    "versions": [{"number": 1, "submitted": "2022-05-24"}, {"number": 2}],
    "nonsense": ["\x00"],
}


def test_records_arrive_as_they_were_sent():
    work = build_work(FULL, source="arxiv")
    bare = build_work({"ids": {"doi": "10.1000/bare"}, "title": "A title alone"})
    topic = TopicRecord(
        "openalex", "openalex:T1", (Identifier("openalex", "T1"),), "Graphs", "", (), "", "", "", (), b"1"
    )
    chunk = [
        Parsed(1, work),
        Parsed(2, topic),
        Parsed(3, None, ("no_id", "the record has no usable identifier"), "{}"),
        Parsed(4, bare),
        Parsed(5, work),
    ]

    arrived = list(decode(encode(chunk)))

    assert arrived == chunk
    assert repr(arrived) == repr(chunk)
    assert isinstance(arrived[0].record, WorkRecord)
    assert arrived[0].record.cited_by_date == date(2024, 1, 2)

"""Where the versions of works are found: the version of record first."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from common.db.sql import fetch_as
from papers.domain.identifiers import Identifier, url_of


class Location(NamedTuple):
    """One place of a version; "" and None mean that no source says.

    `venue_name` is what the venue is called, `stated_venue` how the source called it. `landing_url` and `pdf_url` are
    the stated ones; `landing` and `pdf` also know those that follow from the identifier.
    """

    paper_id: int
    position: int
    venue_id: int | None
    venue_name: str
    stated_venue: str
    venue_kind: str
    venue_publisher: str
    issns: list[str]
    version: str
    kind: str
    published_date: date | None
    published_precision: str
    scheme: str
    value: str
    license: str
    landing_url: str
    pdf_url: str
    is_open: bool | None
    volume: str
    issue: str
    pages: str
    article_number: str
    publisher: str
    book_title: str
    edition: str
    isbns: str
    reference: str
    source: str

    @property
    def landing(self) -> str:
        """The address of its page, "" when none is known."""
        known = url_of(Identifier(self.scheme, self.value)) if self.scheme else None
        return self.landing_url or known or ""

    @property
    def pdf(self) -> str:
        """The address of its file, "" when none is known."""
        if self.pdf_url:
            return self.pdf_url
        if self.scheme == "arxiv":
            return f"https://arxiv.org/pdf/{self.value}"
        return f"https://aclanthology.org/{self.value}.pdf" if self.scheme == "acl" else ""

    @property
    def first_page(self) -> str:
        return self.pages.partition("-")[0]

    @property
    def last_page(self) -> str:
        return self.pages.rpartition("-")[2]


_SQL = """
SELECT l.paper_id, l.position, v.id AS venue_id, coalesce(v.name, '') AS venue_name,
       coalesce(n.name, '') AS stated_venue, coalesce(v.kind, '') AS venue_kind,
       coalesce(v.publisher, '') AS venue_publisher,
       ARRAY(SELECT i.value FROM papers_venueidentifier i WHERE i.venue_id = v.id AND i.scheme = 'issn' ORDER BY i.id)
           AS issns,
       l.version, l.kind, l.published_date, l.published_precision, l.scheme, l.value, l.license, l.landing_url,
       l.pdf_url, l.is_open, l.volume, l.issue, l.pages, l.article_number, l.publisher, l.book_title, l.edition,
       l.isbns, l.reference, l.source
FROM papers_paperlocation l
LEFT JOIN papers_venuename n ON n.id = l.venue_name_id
LEFT JOIN papers_venue m ON m.id = n.venue_id
LEFT JOIN papers_venue v ON v.id = coalesce(m.merged_into_id, m.id)
WHERE l.paper_id = ANY(%(ids)s) AND l.position <= %(last)s
ORDER BY l.paper_id, l.position
"""


def locations_of(paper_ids: Sequence[int], *, first_alone: bool = False) -> dict[int, list[Location]]:
    """The locations of each paper, in order; of each the first alone where that is asked. One query."""
    found: dict[int, list[Location]] = defaultdict(list)
    asked = {"ids": list(paper_ids), "last": 1 if first_alone else 32_767}
    for location in fetch_as(Location, _SQL, asked, is_prepared=True):
        found[location.paper_id].append(location)
    return found


def best_open(locations: Sequence[Location]) -> Location | None:
    """The open location that is nearest to the version of record, one with a file before one without."""
    free = [one for one in locations if one.is_open]
    return min(free, key=lambda one: (one.version != free[0].version, not one.pdf), default=None)

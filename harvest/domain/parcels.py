"""Parsed records packed for the way between processes.

Records of works are laid out as tuples of plain values, which `marshal` carries more quickly than `pickle` does objects;
what a batch says again and again (categories, venues, names without more) is made once and shared. Both ends are
processes of one import, so no version is written down.
"""

import marshal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from harvest.domain.pieces import Parsed
from harvest.domain.record import (
    SourcedAffiliation,
    SourcedAuthor,
    SourcedCategory,
    SourcedLink,
    SourcedReference,
    SourcedTopic,
    SourcedVenue,
    SourcedVersion,
    SourceRecord,
    WorkRecord,
)
from papers.domain.dates import PartialDate
from papers.domain.identifiers import Identifier

_category = lru_cache(maxsize=4_096)(SourcedCategory)
_venue = lru_cache(maxsize=4_096)(SourcedVenue)
_named = lru_cache(maxsize=65_536)(SourcedAuthor)
_day = lru_cache(maxsize=16_384)(date.fromordinal)
_published = lru_cache(maxsize=16_384)(PartialDate)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A packed chunk: the works marshalled, and the other records, which are few, as they are."""

    works: bytes
    others: list[SourceRecord]


def packed(chunk: Iterable[Parsed]) -> Parcel:
    """A chunk for another process; `unpacked` gives equal objects there."""
    others: list[SourceRecord] = []
    pieces = []
    for one in chunk:
        record: Any = one.record
        if isinstance(record, WorkRecord):
            record = _plain(record)
        elif record is not None:
            others.append(record)
            record = len(others) - 1
        pieces.append((one.place, record, one.fault, one.excerpt))
    return Parcel(marshal.dumps(pieces), others)


def unpacked(parcel: Parcel) -> Iterator[Parsed]:
    """What was packed, in order."""
    for place, record, fault, excerpt in marshal.loads(parcel.works):  # noqa: S302  # from our own parsers
        if isinstance(record, tuple):
            yield Parsed(place, _work(record), fault, excerpt)
        else:
            yield Parsed(place, None if record is None else parcel.others[record], fault, excerpt)


def _plain(r: WorkRecord) -> tuple[Any, ...]:
    published, venue = r.published, r.venue
    return (
        r.source, r.source_key, _plain_ids(r.ids), r.title, r.title_html, r.abstract, r.abstract_html, r.kind,
        published and (published.year, published.month, published.day), r.updated and r.updated.toordinal(),
        r.language, r.license, r.comment,
        venue and (venue.name, venue.kind, venue.issns, venue.openalex, venue.publisher),
        tuple([(c.scheme, c.code) for c in r.categories]),
        tuple([(t.name, t.openalex, t.score) for t in r.topics]),
        tuple([_plain_author(a) for a in r.authors]),
        tuple([_plain_ids(reference.ids) for reference in r.references]),
        r.references_total, r.cited_by_count, r.cited_by_date and r.cited_by_date.toordinal(), r.is_retracted,
        tuple([(link.kind, link.url) for link in r.links]),
        tuple([(v.number, v.submitted and v.submitted.toordinal()) for v in r.versions]),
        r.title_key, r.first_family_key, r.warnings, r.statement, r.digest,
        tuple([_plain_author(a) for a in r.contributors]), r.is_authors_truncated, r.authors_total,
    )  # fmt: skip


def _plain_ids(ids: Iterable[Identifier]) -> tuple[tuple[str, str], ...]:
    return tuple([(i.scheme, i.value) for i in ids])


def _plain_author(author: SourcedAuthor) -> str | tuple[Any, ...]:
    if author == SourcedAuthor(author.name):
        return author.name
    affiliations = tuple([(a.name, a.ror, a.openalex) for a in author.affiliations])
    return (
        author.name, _plain_ids(author.ids), affiliations, author.raw_affiliation, author.is_corresponding,
        author.given, author.family, author.particle, author.suffix, author.kind, author.role,
    )  # fmt: skip


def _work(plain: tuple[Any, ...]) -> WorkRecord:
    (
        source, key, ids, title, title_html, abstract, abstract_html, kind, published, updated, language, license_name,
        comment, venue, categories, topics, authors, references, total, cited, cited_on, is_retracted, links, versions,
        key_of_title, family, warnings, statement, digest, contributors, is_truncated, authors_total,
    ) = plain  # fmt: skip
    return WorkRecord(
        source, key, _ids(ids), title, title_html, abstract, abstract_html, kind,
        published and _published(*published), updated and _day(updated), language, license_name, comment,
        venue and _venue(*venue), tuple([_category(*c) for c in categories]),
        tuple([SourcedTopic(*topic) for topic in topics]), tuple([_author(a) for a in authors]),
        tuple([SourcedReference(_ids(reference)) for reference in references]), total, cited,
        cited_on and _day(cited_on), is_retracted, tuple([SourcedLink(*link) for link in links]),
        tuple([SourcedVersion(number, on and _day(on)) for number, on in versions]), key_of_title,
        family, warnings, statement, digest, tuple([_author(a) for a in contributors]), is_truncated, authors_total,
    )  # fmt: skip


def _ids(plain: Iterable[tuple[str, str]]) -> tuple[Identifier, ...]:
    return tuple([Identifier(*one) for one in plain])


def _author(plain: str | tuple[Any, ...]) -> SourcedAuthor:
    if isinstance(plain, str):
        return _named(plain)
    name, ids, affiliations, *rest = plain
    return SourcedAuthor(name, _ids(ids), tuple([SourcedAffiliation(*a) for a in affiliations]), *rest)

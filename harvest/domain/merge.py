"""One work from what several sources say of it, the same whatever order they arrived in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from harvest.domain.record import SourcedAuthor, SourcedNotice, WorkRecord
from harvest.domain.versions import AssertedLocation, joined_locations, version_of, version_rank
from papers.domain.name_parts import NameParts, split_name
from papers.domain.sources import origin_of

_FIRST_STATED = (
    "title",
    "abstract",
    "kind",
    "published",
    "updated",
    "language",
    "license",
    "comment",
    "venue",
    "references_total",
)


@dataclass(frozen=True, slots=True)
class Merged:
    """A work as its sources state it together: the record, which source each field is from, where its versions are
    found, and what each source says that it is to others or that notices say of it."""

    record: WorkRecord
    field_sources: dict[str, str]
    locations: tuple[AssertedLocation, ...]


def merged(records: Sequence[WorkRecord]) -> Merged:
    """The work that the records state together. At least one record.

    The version of record comes first, then the most trusted source: scalars come from the first that has them, the
    byline from the first that names most people, ids and subjects from all.
    """
    # A copy of what a portal says adds nothing where anybody else speaks.
    ordered = in_order([r for r in records if not r.copied_from] or records)
    locations = joined_locations(ordered)
    if len(ordered) == 1:
        return Merged(ordered[0], {"*": ordered[0].source}, locations)
    chosen = {name: _first(ordered, name) for name in _FIRST_STATED}
    for_abstract = sorted(ordered, key=lambda r: origin_of(r.source).abstract_rank)
    chosen["abstract"] = _first(for_abstract, "abstract")
    chosen["license"] = _licensed(ordered)
    chosen["published"] = _dated(ordered)
    byline = max(ordered, key=_worth_of_byline)
    base = chosen["title"]
    scalars: dict[str, Any] = {name: getattr(r, name) for name, r in chosen.items()}
    record = replace(
        base,
        **scalars,
        ids=_union(r.ids for r in ordered),
        abstract_html=chosen["abstract"].abstract_html,
        categories=_union(r.categories for r in for_abstract),
        topics=_union(r.topics for r in ordered),
        authors=_authors(byline, ordered),
        contributors=_contributors(byline, ordered),
        is_authors_truncated=byline.is_authors_truncated,
        authors_total=_authors_total(byline, ordered),
        links=_union(r.links for r in ordered),
        versions=max((r.versions for r in ordered), key=len),
        relations=_union(r.relations for r in ordered),
        notices=_notices(ordered),
        is_retracted=any(r.is_retracted for r in ordered),
        first_family_key=byline.first_family_key,
    )
    sources = {name: r.source for name, r in chosen.items() if getattr(r, name) not in (None, "")}
    return Merged(record, {**sources, "authors": byline.source}, locations)


def _worth_of_byline(record: WorkRecord) -> tuple[int, bool, int, int]:
    """Most people first; of two with as many the one that is whole, then the one with least that is no name."""
    kinds = [one.kind for one in record.authors]
    return kinds.count("person"), not record.is_authors_truncated, -kinds.count("other"), len(kinds)


def _authors_total(byline: WorkRecord, ordered: Sequence[WorkRecord]) -> int | None:
    """How long the byline is where the longest that is known was cut; None for a whole one."""
    if not byline.is_authors_truncated:
        return None
    return max((r.authors_total for r in ordered if r.authors_total), default=None)


def in_order(records: Sequence[WorkRecord]) -> list[WorkRecord]:
    """The records with the version of record first, and of one version the most trusted source."""
    if len(records) == 1:
        return list(records)
    return sorted(
        records,
        key=lambda r: (version_rank(version_of(r)), origin_of(r.source).rank, r.source, r.source_key),
    )


def _licensed(ordered: Sequence[WorkRecord]) -> WorkRecord:
    """The record with the licence of the version that is shown: a preprint's does not hold for the article."""
    shown = version_of(ordered[0])
    return _first([r for r in ordered if version_of(r) == shown], "license")


def _dated(ordered: Sequence[WorkRecord]) -> WorkRecord:
    """The record with the date of the version that is shown, or one that states the same date more finely."""
    first = _first(ordered, "published")
    for other in ordered:
        if first.published and other.published and other.published.refines(first.published):
            first = other
    return first


def _notices(ordered: Sequence[WorkRecord]) -> tuple[SourcedNotice, ...]:
    """Notices of all records. That a preprint was withdrawn says nothing of what was published."""
    shown = version_of(ordered[0])
    return _union(
        [n for n in r.notices if n.kind != "withdrawal" or version_of(r) == shown or n.notice is not None]
        for r in ordered
    )


def _first(ordered: Sequence[WorkRecord], name: str) -> WorkRecord:
    """The first record that states the field; the first of all where none does."""
    return next((r for r in ordered if getattr(r, name) not in (None, "", "other")), ordered[0])


def _union[Item](groups: Iterable[Sequence[Item]]) -> tuple[Item, ...]:
    seen: dict[Item, None] = {}
    for group in groups:
        seen.update(dict.fromkeys(group))
    return tuple(seen)


def _authors(byline: WorkRecord, ordered: Sequence[WorkRecord]) -> tuple[SourcedAuthor, ...]:
    """The byline, each name with the ids and affiliations that other sources give it at the same place."""
    authors = list(byline.authors)
    for other in ordered:
        if other is byline or len(other.authors) != len(authors):
            continue
        for place, (mine, theirs) in enumerate(zip(authors, other.authors, strict=True)):
            if _family(mine) == _family(theirs):
                authors[place] = _enriched(mine, theirs)
    return tuple(authors)


def _contributors(byline: WorkRecord, ordered: Sequence[WorkRecord]) -> tuple[SourcedAuthor, ...]:
    """Editors and others of the first source that names any, without whom the byline has already."""
    named = {(author.role, author.parts.name) for author in byline.authors}
    found = next((r.contributors for r in ordered if r.contributors), ())
    return tuple(one for one in found if (one.role, one.name) not in named)


def _family(author: SourcedAuthor) -> str:
    return split_name(author.parts).family_key.rpartition(" ")[2]


def _enriched(mine: SourcedAuthor, theirs: SourcedAuthor) -> SourcedAuthor:
    schemes = {i.scheme for i in mine.ids}
    named = _fuller_name(mine, theirs)
    return replace(
        mine,
        name=named.name,
        given=named.given,
        family=named.family,
        particle=named.particle,
        suffix=named.suffix,
        ids=(*mine.ids, *(i for i in theirs.ids if i.scheme not in schemes)),
        affiliations=mine.affiliations or theirs.affiliations,
        raw_affiliation=mine.raw_affiliation or theirs.raw_affiliation,
        is_corresponding=mine.is_corresponding or theirs.is_corresponding,
    )


def _fuller_name(mine: SourcedAuthor, theirs: SourcedAuthor) -> NameParts:
    """The full name where one source has initials; of one name, the parts where only one source states them."""
    one, other = split_name(mine.parts), split_name(theirs.parts)
    if one.is_initials and theirs.name and not other.is_initials:
        return theirs.parts
    if not mine.family and theirs.family and one.key == other.key and one != other:
        return theirs.parts._replace(name=mine.name)
    return mine.parts

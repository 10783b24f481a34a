"""Which version of a work a record is of, and where the versions that several records state are found."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from harvest.domain.locations import arxiv_for_doi
from harvest.domain.record import SourcedDetails, SourcedLocation, SourcedVenue, WorkRecord
from papers.domain.identifiers import Identifier
from papers.domain.relations import VERSIONS
from papers.domain.venue_names import series_of

_PREPRINTS = frozenset({"preprint", "posted-content"})
# Works that are what they are wherever they lie: a thesis in a repository is no preprint.
_COMPLETE = frozenset(
    {"book", "book-chapter", "dataset", "dissertation", "monograph", "report", "software", "standard", "thesis"}
)
_MAY_BE_PREPRINT = frozenset({"article", "other", ""})
_OPEN_SCHEMES = frozenset({"arxiv", "acl", "pmcid"})
_IDENTIFYING = ("doi", "acl", "pmcid", "pmid", "isbn")
_DETAIL_NAMES = tuple(field.name for field in fields(SourcedDetails))


@dataclass(frozen=True, slots=True)
class AssertedLocation:
    """A location with the source that states it first."""

    location: SourcedLocation
    source: str


def version_of(record: WorkRecord) -> str:
    """published, accepted, submitted, or "" where neither the record nor its kind and venue say."""
    if record.version:
        return record.version
    if record.kind in _PREPRINTS:
        return "submitted"
    if record.kind in _COMPLETE:
        return "published"
    if record.venue is None:
        return ""
    is_deposited = record.venue.kind == "repository" and record.kind in _MAY_BE_PREPRINT
    return "submitted" if is_deposited else "published"


def version_rank(version: str) -> int:
    """0 for the version of record, then accepted, submitted and unknown ones."""
    return VERSIONS.index(version) if version in VERSIONS else len(VERSIONS)


def locations_of(record: WorkRecord) -> list[SourcedLocation]:
    """Where the record says that the work is found: its own place first, then those that it lists."""
    own = _own_location(record)
    if not record.locations and record.version == "" and len(record.ids) == 1:
        return [own] if own is not None else []
    locations = [own] if own is not None else []
    locations.extend(record.locations)
    if own is not None and own.version == "submitted":
        # A preprint that states a DOI beside its own says where it was published.
        named = {one.identifier for one in locations}
        locations += [
            SourcedLocation(version="published", identifier=one)
            for one in record.ids
            if one.scheme == "doi" and arxiv_for_doi(one) == one and one not in named
        ]
    return locations


def _own_location(record: WorkRecord) -> SourcedLocation | None:
    version = version_of(record)
    identifier = _own_identifier(record, version)
    if record.venue is None and identifier is None and record.details is None and not record.links:
        return None
    pdf = next((link.url for link in record.links if link.kind == "pdf"), "") if record.links else ""
    landing = next((link.url for link in record.links if link.kind == "landing"), "") if record.links else ""
    return SourcedLocation(
        record.venue,
        version,
        record.kind,
        record.published,
        identifier,
        record.license,
        landing if identifier is None else "",
        pdf,
        None,
        record.details,
    )


def _own_identifier(record: WorkRecord, version: str) -> Identifier | None:
    """What names this very version: the arXiv id of a preprint, the DOI of what was published."""
    by_scheme = {one.scheme: one for one in reversed(record.ids)}
    if "arxiv" in by_scheme and version in ("submitted", "") and _is_on_arxiv(record.venue):
        return by_scheme["arxiv"]
    doi = next((one for one in record.ids if one.scheme == "doi" and arxiv_for_doi(one) == one), None)
    if doi is not None:
        return doi
    return next((by_scheme[scheme] for scheme in _IDENTIFYING if scheme != "doi" and scheme in by_scheme), None)


def _is_on_arxiv(venue: SourcedVenue | None) -> bool:
    return venue is None or venue.name.casefold().startswith("arxiv")


def joined_locations(ordered: Sequence[WorkRecord]) -> tuple[AssertedLocation, ...]:
    """The locations of all records, each once, the version of record first.

    `ordered` are the records with the most trusted first. Two statements are of one location when they name the same
    identifier, or the same venue and no two identifiers.
    """
    if len(ordered) == 1 and not ordered[0].locations:
        found = locations_of(ordered[0])
        if len(found) == 1:
            return (AssertedLocation(_completed(found[0]), ordered[0].source),)
    groups: list[AssertedLocation] = []
    for record in ordered:
        for location in locations_of(record):
            place = next((n for n, one in enumerate(groups) if _is_same(one.location, location)), None)
            if place is None:
                groups.append(AssertedLocation(location, record.source))
            else:
                known = groups[place]
                groups[place] = replace(known, location=_merged(known.location, location))
    kept = _without_stubs(groups)
    completed = [replace(one, location=_completed(one.location)) for one in kept]
    return tuple(sorted(completed, key=_order))


def _is_same(one: SourcedLocation, other: SourcedLocation) -> bool:
    if one.identifier is not None and other.identifier is not None:
        return one.identifier == other.identifier
    if one.venue is None or other.venue is None:
        addresses = {one.landing_url, one.pdf_url} - {""}
        return bool(addresses & {other.landing_url, other.pdf_url})
    same_version = one.version == other.version or not (one.version and other.version)
    return same_version and _venue_key(one.venue) == _venue_key(other.venue)


def _venue_key(venue: SourcedVenue) -> str:
    return series_of(venue.name, venue.kind).key


def _merged(one: SourcedLocation, other: SourcedLocation) -> SourcedLocation:
    """The first statement, with what only the second one says."""
    published = one.published
    if published is None or (other.published is not None and other.published.refines(published)):
        published = other.published or published
    return SourcedLocation(
        one.venue or other.venue,
        one.version or other.version,
        one.kind or other.kind,
        published,
        one.identifier or other.identifier,
        one.license or other.license,
        one.landing_url or other.landing_url,
        one.pdf_url or other.pdf_url,
        one.is_open if one.is_open is not None else other.is_open,
        merged_details(one.details, other.details),
        one.reference or other.reference,
    )


def merged_details(one: SourcedDetails | None, other: SourcedDetails | None) -> SourcedDetails | None:
    """The first's details, with those that only the second states."""
    if one is None or other is None:
        return one or other
    return SourcedDetails(*(getattr(one, name) or getattr(other, name) for name in _DETAIL_NAMES))


def _without_stubs(groups: Sequence[AssertedLocation]) -> list[AssertedLocation]:
    """A reference in the authors' words is not kept beside the publication that it is of; nor apart from its DOI."""
    whole = [one for one in groups if not one.location.reference]
    stubs = [one for one in groups if one.location.reference]
    if not stubs:
        return whole
    published = [n for n, one in enumerate(whole) if one.location.version == "published"]
    if not published:
        return [*whole, *stubs]
    first = whole[published[0]]
    if first.location.venue is None:
        whole[published[0]] = replace(first, location=_merged(first.location, stubs[0].location))
    return whole


def _completed(location: SourcedLocation) -> SourcedLocation:
    """Open is what is on arXiv, in the ACL Anthology and PMC, and what bears a Creative Commons licence."""
    if location.is_open is not None:
        return location
    is_free = location.identifier is not None and location.identifier.scheme in _OPEN_SCHEMES
    if is_free or _is_creative_commons(location.license):
        return replace(location, is_open=True)
    return location


def _is_creative_commons(license_: str) -> bool:
    text = license_.lower()
    return "creativecommons.org" in text or text.startswith(("cc-", "cc ", "cc0", "public-domain"))


def _order(one: AssertedLocation) -> tuple[int, bool, bool]:
    location = one.location
    is_repository = location.venue is not None and location.venue.kind == "repository"
    return (
        version_rank(location.version) if location.venue is not None else version_rank("submitted"),
        location.venue is None,
        is_repository,
    )

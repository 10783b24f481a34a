"""Where the versions of works are found, what works are to each other, and pairs that may be one work."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from harvest.domain.record import SourcedDetails
from harvest.domain.versions import AssertedLocation
from harvest.services.writer.matching import Group
from harvest.services.writer.tables import copy_rows, execute, fetch
from harvest.services.writer.upsert import Upsert
from harvest.services.writer.venues import Venues
from papers.domain.relations import BY_TITLE, NOTICE_ABOUT
from papers.domain.titles import title_hash
from papers.domain.venue_names import series_of
from papers.services.notices import refresh_notices

_LOCATION_COLUMNS = (
    "paper_id",
    "position",
    "venue_name_id",
    "version",
    "kind",
    "published_date",
    "published_precision",
    "scheme",
    "value",
    "license",
    "landing_url",
    "pdf_url",
    "is_open",
    "volume",
    "issue",
    "pages",
    "article_number",
    "publisher",
    "book_title",
    "edition",
    "isbns",
    "reference",
    "source",
)
_NO_DETAILS = SourcedDetails()


def write_locations(upserts: Sequence[Upsert], venues: Venues) -> None:
    """Store the drafts' locations; those of known works are written anew."""
    known = [upsert.paper_id for upsert in upserts if not upsert.is_new]
    if known:
        execute("DELETE FROM papers_paperlocation WHERE paper_id = ANY(%s)", [known])
    copy_rows("papers_paperlocation", _LOCATION_COLUMNS, _location_rows(upserts, venues))


def _location_rows(upserts: Sequence[Upsert], venues: Venues) -> Iterator[tuple[object, ...]]:
    for upsert in upserts:
        for position, stated in enumerate(upsert.locations, 1):
            yield _location_row(upsert.paper_id, position, stated, venues)


def _location_row(paper_id: int, position: int, sourced: AssertedLocation, venues: Venues) -> tuple[object, ...]:
    location = sourced.location
    venue, day, one = location.venue, location.published, location.identifier
    details = location.details or _NO_DETAILS
    volume, issue = details.volume, details.issue
    if venue is not None and not (volume or issue):
        series = series_of(venue.name, venue.kind)
        volume, issue = series.volume, series.issue
    return (
        paper_id,
        position,
        venues.name_id_of(venue),
        location.version,
        location.kind,
        day and day.first_day,
        day.precision if day else "",
        one.scheme if one else "",
        one.value if one else "",
        location.license,
        location.landing_url,
        location.pdf_url,
        location.is_open,
        volume,
        issue,
        details.pages,
        details.article_number,
        details.publisher,
        details.book_title,
        details.edition,
        " ".join(details.isbns)[:300],
        location.reference,
        sourced.source,
    )


def write_relations(upserts: Sequence[Upsert], *, now: datetime) -> None:
    """Store what the drafts' works are to others and which notices there are about them, and note with works that are
    not of this batch what these say of them."""
    known = [upsert.paper_id for upsert in upserts if not upsert.is_new]
    if known:
        execute("DELETE FROM papers_paperrelation WHERE paper_id = ANY(%s)", [known])
    rows = {
        (row.paper_id, row.kind, row.scheme, row.value): row for upsert in upserts for row in _relation_rows(upsert)
    }
    if rows:
        copy_rows("papers_paperrelation", _Relation._fields, rows.values())
    notices = [row for row in rows.values() if row.kind in NOTICE_ABOUT]
    papers = _noticed(notices) if notices else []
    refresh_notices(paper_ids=sorted({*papers, *_noticed_by_title(upserts)}), now=now)


def _noticed(notices: Sequence["_Relation"]) -> list[int]:
    """The papers that these relations, rows of the table, are notices about."""
    return [
        paper_id
        for (paper_id,) in fetch(
            """SELECT i.paper_id FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
               JOIN papers_paperidentifier i ON i.scheme = k.scheme AND i.value = k.value
               UNION SELECT p.id FROM papers_paper p WHERE p.title_hash = ANY(%s::bigint[])""",
            [
                [row.scheme for row in notices],
                [row.value for row in notices],
                [int(row.value) for row in notices if row.scheme == BY_TITLE],
            ],
        )
    ]


def _noticed_by_title(upserts: Sequence[Upsert]) -> list[int]:
    """The drafts' papers whose titles a notice names."""
    hashes = [(str(hashed), upsert.paper_id) for upsert in upserts if (hashed := title_hash(upsert.record.title_key))]
    found = fetch(
        "SELECT DISTINCT r.value FROM papers_paperrelation r WHERE r.scheme = %s AND r.value = ANY(%s)",
        [BY_TITLE, [hashed for hashed, _ in hashes]],
    )
    named = {value for (value,) in found}
    return [paper_id for hashed, paper_id in hashes if hashed in named]


class _Relation(NamedTuple):
    """A row of papers_paperrelation."""

    paper_id: int
    kind: str
    scheme: str
    value: str
    notice_date: date | None
    reason: str
    source: str


def _relation_rows(upsert: Upsert) -> Iterator[_Relation]:
    record, paper_id = upsert.record, upsert.paper_id
    source = upsert.field_sources.get("title") or upsert.field_sources.get("*", record.source)
    for relation in record.relations:
        yield _Relation(paper_id, relation.kind, relation.other.scheme, relation.other.value, None, "", source)
    if record.is_retracted and not record.notices:
        yield _Relation(paper_id, "retraction", "", "", None, "", source)
    for notice in record.notices:
        named, day = notice.notice, notice.stated
        yield _Relation(
            paper_id,
            notice.kind,
            named.scheme if named else "",
            named.value if named else "",
            day.first_day if day else None,
            notice.reason,
            source,
        )


def keep_doubtful(groups: Sequence[Group], papers: dict[int, int], *, now: datetime) -> None:
    """Put pairs that may be one work on the curators' list. `papers` has the paper of each group, by `id(group)`."""
    pairs = {}
    for group in groups:
        mine = papers.get(id(group))
        others = [(paper_id, reason) for paper_id, reason in group.doubtful_papers.items()]
        others += [(papers[id(o)], reason) for o, reason in group.doubtful_groups if id(o) in papers]
        for theirs, reason in others:
            if mine is not None and mine != theirs:
                pairs[min(mine, theirs), max(mine, theirs)] = reason.value
    if pairs:
        execute(
            """INSERT INTO papers_papermatch (one_id, other_id, state, reason, found_at, moved)
               SELECT k.one, k.other, 'open', k.reason, %s, '{}'
               FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS k(one, other, reason)
               JOIN canonical_paper p ON p.id = k.one AND p.is_canonical
               JOIN canonical_paper q ON q.id = k.other AND q.is_canonical
               ON CONFLICT DO NOTHING""",
            [now, [one for one, _ in pairs], [other for _, other in pairs], list(pairs.values())],
        )

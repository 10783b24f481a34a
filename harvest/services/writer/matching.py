"""Which works of a batch are one work, and which of them are here already."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harvest.domain.record import WorkRecord
from harvest.services.writer.tables import fetch
from papers.domain.identifiers import Identifier

# Two records that carry different ids of one of these are two works, however alike their titles: each names
# one work only. DOIs are not among them, since the versions of one work often have several.
_ONE_WORK_SCHEMES = frozenset({"arxiv", "acl", "pmid", "pmcid", "openalex", "local"})


def title_hash(title_key: str) -> int | None:
    """64 bits of the normalised title for a compact index; None for one too short to match on."""
    if not title_key:
        return None
    return int.from_bytes(hashlib.blake2b(title_key.encode(), digest_size=8).digest(), "big", signed=True)


def naming_ids(record: WorkRecord) -> list[Identifier]:
    """The identifiers that name this work itself: a chapter carries its book's ISBN, which names the book."""
    return [i for i in record.ids if i.scheme != "isbn" or record.kind == "book"]


@dataclass(slots=True)
class Group:
    """Records of one batch that state one work, and the papers that their identifiers or title lead to."""

    records: list[WorkRecord]
    paper_ids: set[int]


def grouped(records: Sequence[WorkRecord]) -> list[Group]:
    """The records by work: those that share an identifier, or a title with author and year, are one."""
    parent = list(range(len(records)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    seen: dict[Identifier, int] = {}
    titles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for identifier in naming_ids(record):
            parent[root(place)] = root(seen.setdefault(identifier, place))
        if record.title_key and record.first_family_key:
            titles[record.title_key, record.first_family_key].append(place)
    for places in titles.values():
        for other in places[1:]:
            if _may_be_one(records[places[0]], records[other]):
                parent[root(other)] = root(places[0])
    groups: dict[int, list[WorkRecord]] = defaultdict(list)
    for place, record in enumerate(records):
        groups[root(place)].append(record)
    return [Group(members, set()) for members in groups.values()]


def find_papers(groups: Sequence[Group]) -> None:
    """Fill each group's `paper_ids`: by identifiers; where none is known, by title, year and first author."""
    ids = list(
        {identifier for group in groups for record in group.records for identifier in naming_ids(record)}
    )
    known = {
        (scheme, value): paper_id
        for scheme, value, paper_id in fetch(
            """SELECT i.scheme, i.value, i.paper_id FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
               JOIN papers_paperidentifier i ON i.scheme = k.scheme AND i.value = k.value""",
            [[i.scheme for i in ids], [i.value for i in ids]],
        )
    }
    for group in groups:
        group.paper_ids = {
            known[i.scheme, i.value]
            for record in group.records
            for i in naming_ids(record)
            if (i.scheme, i.value) in known
        }
    _find_by_title([group for group in groups if not group.paper_ids])


def _find_by_title(groups: Sequence[Group]) -> None:
    wanted: dict[int, list[tuple[Group, WorkRecord]]] = defaultdict(list)
    for group in groups:
        for record in group.records:
            hashed = title_hash(record.title_key)
            if hashed is not None and record.first_family_key and record.published:
                wanted[hashed].append((group, record))
    if not wanted:
        return
    found = fetch(
        """SELECT p.id, p.title_hash, p.first_family_key, extract(year FROM p.published_date)::int,
                  array(SELECT i.scheme || ':' || i.value FROM papers_paperidentifier i WHERE i.paper_id = p.id)
           FROM papers_paper p
           WHERE p.title_hash = ANY(%s) AND p.merged_into_id IS NULL AND p.published_date IS NOT NULL
           ORDER BY p.id""",
        [list(wanted)],
    )
    for paper_id, hashed, family_key, year, ids in found:
        for group, record in wanted[hashed]:
            near = record.published is not None and abs(record.published.year - year) <= 1
            alike = near and record.first_family_key == family_key and not group.paper_ids
            if alike and not _conflict(record.ids, [Identifier(*text.split(":", 1)) for text in ids]):
                group.paper_ids.add(paper_id)


def _may_be_one(one: WorkRecord, other: WorkRecord) -> bool:
    if one.published is None or other.published is None:
        return False
    return abs(one.published.year - other.published.year) <= 1 and not _conflict(one.ids, other.ids)


def _conflict(ids: Iterable[Identifier], others: Iterable[Identifier]) -> bool:
    """Whether the two name different works of a scheme that has one id a work."""
    mine = {i.scheme: i.value for i in ids if i.scheme in _ONE_WORK_SCHEMES}
    theirs = {i.scheme: i.value for i in others if i.scheme in _ONE_WORK_SCHEMES}
    return any(theirs.get(scheme, value) != value for scheme, value in mine.items())

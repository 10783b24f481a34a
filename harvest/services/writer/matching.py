"""Which works of a batch are one work, and which of them are here already."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from harvest.domain.record import WorkRecord
from harvest.services.writer.places import entity_key
from harvest.services.writer.tables import fetch
from papers.domain.identifiers import Identifier

# Two records that carry different ids of one of these are two works, however alike their titles: each names
# one work only. DOIs are not among them, since the versions of one work often have several.
_ONE_WORK_SCHEMES = frozenset({"arxiv", "acl", "pmid", "pmcid", "openalex", "local"})


@lru_cache(maxsize=8_192)
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
    """Records of one batch that state one work, and the papers that their identifiers or title lead to.

    `disputed` are identifiers that the records state and another work stated first: authors and registers give the DOI
    of one paper to its second part now and then.
    """

    records: list[WorkRecord]
    paper_ids: set[int] = field(default_factory=set)
    disputed: set[Identifier] = field(default_factory=set)


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
    disputed: dict[int, set[Identifier]] = defaultdict(set)
    for place, record in enumerate(records):
        for identifier in naming_ids(record):
            first = seen.setdefault(identifier, place)
            if first != place and _share_by_mistake(identifier, records[first], record):
                disputed[place].add(identifier)
            else:
                parent[root(place)] = root(first)
        if record.title_key and record.first_family_key:
            titles[record.title_key, record.first_family_key].append(place)
    for places in titles.values():
        for other in places[1:]:
            if _may_be_one(records[places[0]], records[other]):
                parent[root(other)] = root(places[0])
    groups: dict[int, Group] = {}
    for place, record in enumerate(records):
        group = groups.setdefault(root(place), Group([]))
        group.records.append(record)
        group.disputed |= disputed.get(place, set())
    return list(groups.values())


def find_papers(groups: Sequence[Group]) -> None:
    """Fill each group's `paper_ids`: by identifiers; where none is known, by title, year and first author."""
    ids = list({identifier for group in groups for record in group.records for identifier in naming_ids(record)})
    known = {
        Identifier(scheme, value): paper_id
        for scheme, value, paper_id in fetch(
            """SELECT i.scheme, i.value, i.paper_id FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
               JOIN papers_paperidentifier i ON i.scheme = k.scheme AND i.value = k.value""",
            [[i.scheme for i in ids], [i.value for i in ids]],
        )
    }
    if known:
        _take_known(groups, known)
    _find_by_title([group for group in groups if not group.paper_ids])


def _take_known(groups: Sequence[Group], known: Mapping[Identifier, int]) -> None:
    """Give each group the papers that its identifiers name, but for those that share one by mistake."""
    doubtful: dict[int, list[tuple[Group, Identifier]]] = defaultdict(list)
    for group in groups:
        found = {i: known[i] for record in group.records for i in naming_ids(record) if i in known}
        group.paper_ids = {paper_id for i, paper_id in found.items() if i.scheme in _ONE_WORK_SCHEMES}
        for identifier, paper_id in found.items():
            if paper_id not in group.paper_ids:
                doubtful[paper_id].append((group, identifier))
    for paper_id, hashed, texts in fetch(_TITLE_AND_IDS, [list(doubtful)]) if doubtful else []:
        ids = [Identifier(*text.split(":", 1)) for text in texts]
        for group, identifier in doubtful[paper_id]:
            alike = hashed is not None and any(title_hash(r.title_key) == hashed for r in group.records)
            if alike or not any(_conflict(r.ids, ids) for r in group.records):
                group.paper_ids.add(paper_id)
            else:
                group.disputed.add(identifier)


_IDS = "array(SELECT i.scheme || ':' || i.value FROM papers_paperidentifier i WHERE i.paper_id = p.id)"
_TITLE_AND_IDS = f"SELECT p.id, p.title_hash, {_IDS} FROM papers_paper p WHERE p.id = ANY(%s)"


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
        f"""SELECT p.id, p.title_hash, p.first_family_key, extract(year FROM p.published_date)::int,
                   coalesce(v.key, ''), {_IDS}
            FROM papers_paper p LEFT JOIN papers_venue v ON v.id = p.venue_id
            WHERE p.title_hash = ANY(%s) AND p.merged_into_id IS NULL AND p.published_date IS NOT NULL
            ORDER BY p.id""",
        [list(wanted)],
    )
    for paper_id, hashed, family_key, year, venue_key, texts in found:
        ids = [Identifier(*text.split(":", 1)) for text in texts]
        for group, record in wanted[hashed]:
            near = record.published is not None and abs(record.published.year - year) <= 1
            alike = near and record.first_family_key == family_key and not group.paper_ids
            if alike and not _are_two(record.ids, _venue_key(record), ids, venue_key):
                group.paper_ids.add(paper_id)
                ids.extend(record.ids)


def _share_by_mistake(identifier: Identifier, one: WorkRecord, other: WorkRecord) -> bool:
    """Whether two records that state one identifier are two works all the same: other ids and titles say so."""
    if identifier.scheme in _ONE_WORK_SCHEMES or one.title_key == other.title_key:
        return False
    return _conflict(one.ids, other.ids)


def _may_be_one(one: WorkRecord, other: WorkRecord) -> bool:
    """Whether two records of one title and first author are one work."""
    if one.published is None or other.published is None:
        return False
    near = abs(one.published.year - other.published.year) <= 1
    return near and not _are_two(one.ids, _venue_key(one), other.ids, _venue_key(other))


def _are_two(ids: Collection[Identifier], venue_key: str, others: Collection[Identifier], other_venue_key: str) -> bool:
    """Whether works of one title are two: by their ids, or as a column that a journal prints again and again."""
    if _conflict(ids, others):
        return True
    return bool(venue_key) and venue_key == other_venue_key and _differ(ids, others, "doi")


def _venue_key(record: WorkRecord) -> str:
    return entity_key(record.venue.name) if record.venue else ""


def _conflict(ids: Collection[Identifier], others: Collection[Identifier]) -> bool:
    """Whether the two name different works of a scheme that has one id a work."""
    return any(_differ(ids, others, scheme) for scheme in {i.scheme for i in ids} & _ONE_WORK_SCHEMES)


def _differ(ids: Collection[Identifier], others: Collection[Identifier], scheme: str) -> bool:
    """Whether both have identifiers of the scheme, and none in common."""
    mine = {i.value for i in ids if i.scheme == scheme}
    theirs = {i.value for i in others if i.scheme == scheme}
    return bool(mine and theirs) and mine.isdisjoint(theirs)

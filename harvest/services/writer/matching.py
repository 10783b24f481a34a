"""Which works of a batch are one work, and which of them are here already."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from harvest.domain.build import build_work
from harvest.domain.matching import (
    DOUBTFUL,
    ONE_ID_FOR_ALL_VERSIONS,
    ONE_WORK_SCHEMES,
    Verdict,
    conflict,
    statement_of,
    verdict,
)
from harvest.domain.record import WorkRecord
from harvest.services.writer.tables import fetch
from papers.domain.identifiers import Identifier
from papers.domain.relations import NOTICE_ABOUT, VERSION_KINDS
from papers.domain.titles import title_hash

type Place = int  # of a group in its batch


def naming_ids(record: WorkRecord) -> list[Identifier]:
    """The identifiers that name this work itself: a chapter carries its book's ISBN, which names the book."""
    return [i for i in record.ids if i.scheme != "isbn" or record.kind == "book"]


def version_ids(record: WorkRecord) -> list[Identifier]:
    """The identifiers of what the record says to be other versions of its work."""
    return [relation.other for relation in record.relations if relation.kind in VERSION_KINDS]


@dataclass(slots=True)
class Group:
    """Records of one batch that state one work, and the papers that their identifiers or title lead to.

    `disputed` are identifiers that the records state and another work stated first: authors and registers give the DOI
    of one paper to its second part now and then. `doubtful` are papers and groups that may be versions of this work,
    with the reason; `named_papers` those that its identifiers lead to; `noticed` the kinds of notices that works here state about it.
    """

    records: list[WorkRecord]
    paper_ids: set[int] = field(default_factory=set)
    named_papers: set[int] = field(default_factory=set)
    disputed: set[Identifier] = field(default_factory=set)
    doubtful_papers: dict[int, Verdict] = field(default_factory=dict)
    doubtful_groups: list[tuple["Group", Verdict]] = field(default_factory=list)
    noticed: set[str] = field(default_factory=set)


def grouped(records: Sequence[WorkRecord]) -> list[Group]:
    """The records by work: those that share or relate identifiers, or a title with author and year, are one."""
    sets = _Sets(len(records))
    disputed, doubtful = _join_by_ids(records, sets)
    doubtful += _join_by_title(records, sets)
    groups: dict[int, Group] = {}
    for place, record in enumerate(records):
        group = groups.setdefault(sets.root(place), Group([]))
        group.records.append(record)
        group.disputed |= disputed.get(place, set())
    for one, other, reason in doubtful:
        mine, theirs = groups[sets.root(one)], groups[sets.root(other)]
        if mine is not theirs:
            mine.doubtful_groups.append((theirs, reason))
    return list(groups.values())


class _Sets:
    """Places joined into sets."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, index: int) -> int:
        parent = self._parent
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        self._parent[self.root(one)] = self.root(other)


def _join_by_ids(
    records: Sequence[WorkRecord], sets: _Sets
) -> tuple[dict[int, set[Identifier]], list[tuple[int, int, Verdict]]]:
    """Join what shares an identifier or names another's as a version; returns the identifiers in dispute, and the pairs
    of stated versions that are for curators to judge."""
    seen: dict[Identifier, int] = {}
    disputed: dict[int, set[Identifier]] = defaultdict(set)
    doubtful: list[tuple[int, int, Verdict]] = []
    for place, record in enumerate(records):
        for identifier in naming_ids(record):
            first = seen.setdefault(identifier, place)
            if first != place and _share_by_mistake(identifier, records[first], record):
                disputed[place].add(identifier)
            else:
                sets.join(place, first)
    for place, record in enumerate(records):
        for identifier in version_ids(record) if record.relations else ():
            other = seen.get(identifier)
            if other is None:
                continue
            if conflict(record.ids, records[other].ids, ONE_ID_FOR_ALL_VERSIONS):
                doubtful.append((place, other, Verdict.IDS))
            else:
                sets.join(place, other)
    return disputed, doubtful


def _join_by_title(records: Sequence[WorkRecord], sets: _Sets) -> list[tuple[int, int, Verdict]]:
    """Join versions that share title and first author; returns the pairs that are for curators to judge."""
    titles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if record.title_key and record.first_family_key:
            titles[record.title_key, record.first_family_key].append(place)
    doubtful: list[tuple[int, int, Verdict]] = []
    for places in titles.values():
        if len(places) == 1:
            continue
        statements = [statement_of(records[place]) for place in places]
        for n, one in enumerate(statements):
            for m, other in enumerate(statements[:n]):
                found = verdict(one, other)
                if found is Verdict.ONE:
                    sets.join(places[n], places[m])
                elif found in DOUBTFUL:
                    doubtful.append((places[n], places[m], found))
    return doubtful


def _share_by_mistake(identifier: Identifier, one: WorkRecord, other: WorkRecord) -> bool:
    """Whether two records that state one identifier are two works all the same: other ids and titles say so."""
    if identifier.scheme in ONE_WORK_SCHEMES or one.title_key == other.title_key:
        return False
    return conflict(one.ids, other.ids)


def find_papers(groups: Sequence[Group]) -> None:
    """Fill each group's `paper_ids`: by identifiers and stated relations; where there are none, by title, first author
    and years. Pairs that people decided to be two works stay two."""
    ids = list({i for group in groups for r in group.records for i in (*naming_ids(r), *version_ids(r))})
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
        for group in groups:
            group.named_papers = set(group.paper_ids)
    _take_related(groups, known, ids)
    _find_by_title(groups)
    _keep_apart(groups)


def _take_known(groups: Sequence[Group], known: Mapping[Identifier, int]) -> None:
    """Give each group the papers that its identifiers name, but for those that share one by mistake."""
    doubtful: dict[int, list[tuple[Group, Identifier]]] = defaultdict(list)
    for group in groups:
        found = {i: known[i] for record in group.records for i in naming_ids(record) if i in known}
        group.paper_ids = {paper_id for i, paper_id in found.items() if i.scheme in ONE_WORK_SCHEMES}
        for identifier, paper_id in found.items():
            if paper_id not in group.paper_ids:
                doubtful[paper_id].append((group, identifier))
    for paper_id, hashed, texts in fetch(_TITLE_AND_IDS, [list(doubtful)]) if doubtful else []:
        ids = _identifiers(texts)
        for group, identifier in doubtful[paper_id]:
            alike = hashed is not None and any(title_hash(r.title_key) == hashed for r in group.records)
            if alike or not any(conflict(r.ids, ids) for r in group.records):
                group.paper_ids.add(paper_id)
            else:
                group.disputed.add(identifier)


_IDS = "array(SELECT i.scheme || ':' || i.value FROM papers_paperidentifier i WHERE i.paper_id = p.id)"
_TITLE_AND_IDS = f"SELECT p.id, p.title_hash, {_IDS} FROM papers_paper p WHERE p.id = ANY(%s)"


def _identifiers(texts: Sequence[str]) -> list[Identifier]:
    return [Identifier(*text.split(":", 1)) for text in texts]


def _take_related(groups: Sequence[Group], known: Mapping[Identifier, int], ids: Sequence[Identifier]) -> None:
    """The papers that the records name as their versions, and those here that name the records' works so."""
    wanted: dict[Place, set[int]] = defaultdict(set)
    by_id: dict[Identifier, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        for record in group.records:
            for identifier in naming_ids(record):
                by_id[identifier].append(place)
            for identifier in version_ids(record) if record.relations else ():
                if identifier in known:
                    wanted[place].add(known[identifier])
    for kind, paper_id, scheme, value in fetch(
        """SELECT r.kind, r.paper_id, r.scheme, r.value FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
           JOIN papers_paperrelation r ON r.scheme = k.scheme AND r.value = k.value AND r.value <> ''
           WHERE r.kind = ANY(%s)""",
        [[i.scheme for i in ids], [i.value for i in ids], sorted(VERSION_KINDS | NOTICE_ABOUT.keys())],
    ):
        for place in by_id[Identifier(scheme, value)]:
            if kind in NOTICE_ABOUT:
                groups[place].noticed.add(NOTICE_ABOUT[kind])
            else:
                wanted[place].add(paper_id)
    _take_wanted(groups, wanted)


def _take_wanted(groups: Sequence[Group], wanted: Mapping[Place, set[int]]) -> None:
    papers = sorted({paper_id for ids in wanted.values() for paper_id in ids})
    if not papers:
        return
    ids_of = {pk: _identifiers(ids) for pk, _title, ids in fetch(_TITLE_AND_IDS, [papers])}
    for place, paper_ids in wanted.items():
        group = groups[place]
        for paper_id in paper_ids - group.paper_ids:
            if any(conflict(r.ids, ids_of[paper_id], ONE_ID_FOR_ALL_VERSIONS) for r in group.records):
                group.doubtful_papers[paper_id] = Verdict.IDS
            else:
                group.paper_ids.add(paper_id)


_BY_TITLE = """
SELECT p.id, p.title_hash, p.first_family_key FROM canonical_paper p
WHERE p.title_hash = ANY(%s) AND p.is_canonical ORDER BY p.id
"""
_STATEMENTS = """
SELECT s.paper_id, s.source, s.statement::text FROM papers_paperstatement s WHERE s.paper_id = ANY(%s)
ORDER BY s.paper_id, s.id
"""


def _find_by_title(groups: Sequence[Group]) -> None:
    """Papers that share title and first author with a group, and are not known to be its work already.

    Each record is judged with each that was stated before, by what these two say alone, as in a batch: so the same
    works come of any order of arrival. Where a preprint is a version of two publications, all are one work.
    """
    wanted: dict[int, list[tuple[Group, WorkRecord]]] = defaultdict(list)
    for group in groups:
        for record in group.records:
            hashed = title_hash(record.title_key)
            if hashed is not None and record.first_family_key:
                wanted[hashed].append((group, record))
    candidates: dict[int, list[tuple[Group, WorkRecord]]] = {}
    for paper_id, hashed, family_key in fetch(_BY_TITLE, [list(wanted)]) if wanted else []:
        alike = [(g, r) for g, r in wanted[hashed] if r.first_family_key == family_key and paper_id not in g.paper_ids]
        if alike:
            candidates[paper_id] = alike
    for paper_id, source, statement in fetch(_STATEMENTS, [list(candidates)]) if candidates else []:
        stated = statement_of(build_work(orjson.loads(statement), source=source))
        for group, record in candidates[paper_id]:
            _judge(group, paper_id, verdict(statement_of(record), stated))


def _judge(group: Group, paper_id: int, judged: Verdict) -> None:
    """Take the paper, or note it for curators."""
    if judged is Verdict.ONE:
        group.paper_ids.add(paper_id)
        group.doubtful_papers.pop(paper_id, None)
    elif judged in DOUBTFUL and paper_id not in group.paper_ids:
        group.doubtful_papers.setdefault(paper_id, judged)


def _keep_apart(groups: Sequence[Group]) -> None:
    """Of papers that people keep apart, a group that leads to several joins one alone: the one that its identifiers
    name, else the oldest."""
    several = [group for group in groups if len(group.paper_ids) > 1]
    if not several:
        return
    ids = sorted({paper_id for group in several for paper_id in group.paper_ids})
    apart = {
        frozenset(pair)
        for pair in fetch(
            """SELECT one_id, other_id FROM papers_papermatch
               WHERE state = 'never' AND one_id = ANY(%s) AND other_id = ANY(%s)""",
            [ids, ids],
        )
    }
    for group in several if apart else ():
        kept: list[int] = []
        for paper_id in sorted(group.paper_ids, key=lambda paper_id: (paper_id not in group.named_papers, paper_id)):
            if all(frozenset((paper_id, other)) not in apart for other in kept):
                kept.append(paper_id)
        group.paper_ids = set(kept)

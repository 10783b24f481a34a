"""From what the engine found to what is to be moved, with what must stay as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from common.db.sql import fetch, fetch_column
from identity.domain.engine import Resolution
from identity.domain.name_shares import COMMON
from identity.domain.sizes import company_groups
from identity.domain.stable_ids import NEW, keep_ids
from identity.domain.units import Background
from identity.services.protection import weighty_among
from identity.services.reading import Record

MOST_MOVED, MOST_SHARE = 2, 0.05  # of a claimed or followed record, without a yes
MOST_PAPERS_A_YEAR = 50
MOST_GROUPS = 8

_UNTOUCHED = "SELECT id FROM papers_author WHERE NOT is_listed OR has_private_names"
_HELD = """
SELECT i.author_id, i.scheme || ':' || i.value FROM papers_authoridentifier i
JOIN canonical_author a ON a.id = i.author_id WHERE a.is_canonical
"""


@dataclass(slots=True)
class Plan:
    """`target` is the author of each mention, NEW - person for a person who gets a record; `moved` are those who move."""

    target: list[int]
    moved: list[int]
    alarms: list[dict[str, object]] = field(default_factory=list)


def plan(record: Record, found: Resolution, fixed: Mapping[int, int]) -> Plan:
    """Which author each mention is to stand on."""
    pinned = {**_by_identifier(record), **fixed}
    weighty = weighty_among(sorted(set(record.author.tolist())))
    person = found.person.tolist()
    kept = keep_ids(person, record.author.tolist(), fixed=pinned, weighty=weighty)
    target = [kept[p] or NEW - p - 1 for p in person]
    untouched = set(fetch_column(_UNTOUCHED))
    alarms: list[dict[str, object]] = []
    for mention, author_id in enumerate(record.author.tolist()):
        if author_id in untouched or target[mention] in untouched or fixed.get(mention) == author_id:
            target[mention] = author_id
    _hold_back(record, target, weighty, fixed, alarms)
    moved = [m for m, author_id in enumerate(record.author.tolist()) if target[m] != author_id]
    alarms += _too_many(record, target) + _many_groups(record, target, found.back)
    return Plan(target, moved, alarms)


def _by_identifier(record: Record) -> dict[int, int]:
    """Mentions whose paper states an id that an author holds."""
    holders = {value: author_id for author_id, value in fetch(_HELD)}
    found = {}
    for mention, ids in record.corpus.ids.items():
        author_id = next((holders[one] for one in ids if one in holders), None)
        if author_id is not None:
            found[mention] = author_id
    return found


def _hold_back(
    record: Record,
    target: list[int],
    weighty: Collection[int],
    fixed: Mapping[int, int],
    alarms: list[dict[str, object]],
) -> None:
    """Claimed and followed records change by little, or not at all and somebody is asked."""
    size = Counter(record.author.tolist())
    change: Counter[int] = Counter()
    for before, after in zip(record.author.tolist(), target, strict=True):
        if before != after:
            change.update({before: 1, after: 1})
    stopped = {a for a in weighty if change[a] > max(MOST_MOVED, MOST_SHARE * size[a])}
    alarms += [{"author": a, "why": "claimed or followed", "changes": change[a]} for a in sorted(stopped)]
    for mention, before in enumerate(record.author.tolist()):
        if (before in stopped or target[mention] in stopped) and mention not in fixed:
            target[mention] = before


def _too_many(record: Record, target: list[int]) -> list[dict[str, object]]:
    """Records that would have more than MOST_PAPERS_A_YEAR papers of one year."""
    years = record.corpus.year[record.corpus.paper_of]
    counts = Counter((a, int(y)) for a, y in zip(target, years.tolist(), strict=True) if y == y and a > 0)
    return [
        {"author": a, "why": "many papers a year", "year": year, "papers": n}
        for (a, year), n in sorted(counts.items())
        if n > MOST_PAPERS_A_YEAR
    ]


def _many_groups(record: Record, target: list[int], back: Background) -> list[dict[str, object]]:
    """Records of a common name that would have more than MOST_GROUPS groups of works without a common co-author, the
    most first. Many a person of a rare name has that many."""
    bearers = back.figures[:, 0]
    common = {a for a, name in zip(target, record.corpus.name_of.tolist(), strict=True) if bearers[name] > COMMON}
    columns = company_groups(record.corpus, np.array(target, dtype=np.int64))
    found = zip(*(column.tolist() for column in columns), strict=True)
    many = sorted((-groups, a, works) for a, groups, works in found if groups > MOST_GROUPS and a in common and a > 0)
    return [{"author": a, "why": "many groups", "groups": -groups, "papers": works} for groups, a, works in many]

"""Pairs of author records that may be one person: names that agree, and co-authors in common.

Two who stand on one byline are two people and no pair.
"""

from dataclasses import dataclass
from typing import Any

from common.db.sql import fetch
from papers.models import Author, AuthorIdentifier

PAIRS_SHOWN = 25
# So many pairs of names that agree are looked at for one page; the next page goes on from there.
PAIRS_LOOKED_AT = 400

_PAIRS = """
WITH pairs AS (
    SELECT a.id AS one, b.id AS other FROM canonical_author a CROSS JOIN LATERAL (
        SELECT b.id FROM canonical_author b
        WHERE b.family_key = a.family_key AND b.is_canonical AND b.id <> a.id AND (
            (b.key = a.key AND b.id > a.id)
            OR (b.is_initials AND NOT a.is_initials AND starts_with(a.initials, b.initials)))
        ORDER BY b.id LIMIT 50
    ) b
    WHERE a.is_canonical AND a.family_key <> '' AND a.id >= %(one)s
      AND (a.id, b.id) > (%(one)s, %(other)s)
    ORDER BY a.id, b.id LIMIT %(looked_at)s
)
SELECT p.one, p.other, CASE WHEN EXISTS (
    SELECT FROM papers_authorship v JOIN papers_authorship w ON w.paper_id = v.paper_id
    WHERE v.author_id = p.one AND w.author_id = p.other
) THEN 0 ELSE (
    SELECT count(DISTINCT y.author_id) FROM papers_authorship x JOIN papers_authorship y ON y.paper_id = x.paper_id
    WHERE x.author_id = p.one AND y.author_id NOT IN (p.one, p.other) AND EXISTS (
        SELECT FROM papers_authorship v JOIN papers_authorship w ON w.paper_id = v.paper_id
        WHERE v.author_id = p.other AND w.author_id = y.author_id)
) END AS shared
FROM pairs p ORDER BY p.one, p.other
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records whose names agree, in full or by initials; `differ` when each has an ORCID iD of its own, which speaks against them."""

    one: Author
    other: Author
    shared: int
    differ: bool


@dataclass(frozen=True, slots=True)
class PairPage:
    """Some pairs, those with most co-authors in common first; `after` is where the next page begins, "" at the end."""

    pairs: tuple[Pair, ...]
    after: str


def pairs_to_look_at(after: str = "") -> PairPage:
    """A page of the worklist, behind the pair at which the last one ended ("one-other"). Three queries."""
    one, _, other = after.partition("-")
    start = (int(one), int(other)) if one.isdigit() and other.isdigit() and len(after) < 38 else (0, 0)
    rows = fetch(_PAIRS, {"one": start[0], "other": start[1], "looked_at": PAIRS_LOOKED_AT})
    sharing: list[Any] = []
    end = ""
    for one_id, other_id, shared in rows:
        if shared:
            sharing.append((one_id, other_id, shared))
        end = f"{one_id}-{other_id}"
        if len(sharing) == PAIRS_SHOWN:
            break
    is_last = len(rows) < PAIRS_LOOKED_AT and len(sharing) < PAIRS_SHOWN
    return PairPage(tuple(_pairs(sharing)), "" if is_last else end)


def _pairs(rows: list[Any]) -> list[Pair]:
    ids = {pk for one, other, _ in rows for pk in (one, other)}
    authors = Author.objects.in_bulk(ids)
    orcids = dict(
        AuthorIdentifier.objects.filter(author__in=ids, scheme="orcid").order_by("pk").values_list("author_id", "value")
    )
    pairs = [
        Pair(
            authors[one],
            authors[other],
            shared,
            one in orcids and other in orcids and orcids[one] != orcids[other],
        )
        for one, other, shared in rows
    ]
    return sorted(pairs, key=lambda pair: (pair.differ, -pair.shared, pair.one.pk, pair.other.pk))

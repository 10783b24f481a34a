"""People by name: any order, script, spelling or initials; names that are only like it when nothing else is found."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from common.db.sql import fetch, fetch_as, fetch_column
from search.domain.cursors import Cursor
from search.domain.person_names import (
    OPEN_ENDED_CHARS,
    TypedName,
    exact_query,
    fit,
    loose_query,
    opened_initials,
    read_name,
)
from search.domain.results import NO_HITS, FoundBy, Hits
from search.models import Term
from search.selectors.terms import near_terms

CANDIDATES = 3_000  # of a very common name; those whose family name it is come first
LONGER = 2  # times the typed name, and a little
ALIKE_CANDIDATES = 300
UNASKED = 0.01  # what a name loses for each word that was not typed
ALIKE = 0.6  # how well a name has to fit, at least, to be shown as one that is like it

# Numbers are the stored ones, or counted for those who have none yet.
# Tier 0: the very name. 1: one of as many words, all whole. 2: one of the words is the family name. 3: all are whole. 4:
# the last begins a word. 5: a name much longer than the typed one, such as a list of names that a source took for one.
_FOUND = """
WITH found AS MATERIALIZED (
    SELECT a.id, CASE
        WHEN replace(a.key, ' ', '') = ANY(%(keys)s) THEN 0
        WHEN length(a.key) > %(longest)s THEN 5
        WHEN %(whole)s <> '' AND NOT to_tsvector('simple', a.search_text) @@ %(whole)s::tsquery THEN 4
        WHEN cardinality(string_to_array(a.key, ' ')) = %(length)s AND %(length)s > 1 THEN 1
        WHEN a.family_key = ANY(%(families)s) THEN 2
        ELSE 3 END AS tier
    FROM listed_author a
    WHERE to_tsvector('simple', a.search_text) @@ %(wanted)s::tsquery AND a.is_canonical {initials}
    ORDER BY 2, a.id LIMIT %(bound)s
)
"""
_PAGE = """
, ranked AS (
    SELECT f.id, f.tier, coalesce(m.works_count, w.works, 0) AS works, coalesce(m.cited_by_count, w.cites, 0) AS cites
    FROM found f LEFT JOIN metrics_authormetrics m ON m.author_id = f.id
    LEFT JOIN LATERAL (
        SELECT count(*) AS works, coalesce(sum(s.shown_citation_count), 0)::bigint AS cites
        FROM papers_authorship s WHERE s.author_id = f.id
    ) w ON m.author_id IS NULL
)
SELECT tier, -works AS works, -cites AS cites, id, (SELECT count(*) FROM found) AS total FROM ranked
WHERE (tier, -works, -cites, id) > (%(tier)s, %(works)s, %(cites)s, %(after)s)
ORDER BY 1, 2, 3, 4 LIMIT %(size)s
"""
_ALIKE = """
SELECT a.id, a.search_text, cardinality(string_to_array(a.key, ' ')), coalesce(m.works_count, 0),
    coalesce(m.cited_by_count, 0)
FROM (
    SELECT a.id, a.search_text, a.key FROM listed_author a
    WHERE to_tsvector('simple', a.search_text) @@ %(wanted)s::tsquery AND a.is_canonical
    LIMIT %(bound)s
) a LEFT JOIN metrics_authormetrics m ON m.author_id = a.id
ORDER BY word_similarity(%(key)s, a.search_text) DESC, a.id LIMIT %(most)s
"""
_OF_PAPERS = """
SELECT a.id FROM papers_authorship x JOIN listed_author a ON a.id = x.author_id
WHERE x.paper_id = ANY(%(papers)s) AND x.position <= 200 AND a.is_canonical
    AND string_to_array(a.family_key, ' ') && %(tokens)s::text[]
GROUP BY a.id ORDER BY max((SELECT count(*) FROM unnest(%(tokens)s::text[]) t WHERE t = ANY(string_to_array(a.search_text, ' ')))) DESC,
    count(*) DESC, a.id LIMIT %(size)s
"""
_START = (-1, 0, 0, 0)


def people_hits(query: str, *, size: int, after: Cursor | None = None, is_strict: bool = False) -> Hits:
    """A page of people. One to five queries: the next way is tried only when the one before finds no one.

    `is_strict` leaves out names that are only like it.
    """
    name = read_name(query)
    if not name.tokens:
        return NO_HITS
    if after is not None and after.found_by == "alike":
        return _alike(name, size=size, after=after)
    is_beginning = after is not None and after.found_by == "beginnings"
    hits = _exact(name, size=size, after=after, shortest=2 if is_beginning else OPEN_ENDED_CHARS)
    if not hits.ids and after is None and 1 < len(name.tokens[-1]) < OPEN_ENDED_CHARS:
        hits = _exact(name, size=size, shortest=2)
    opened = opened_initials(query)
    if not hits.ids and opened != query:
        name = read_name(opened)
        hits = _exact(name, size=size, after=after)
    return hits if hits.ids or is_strict or after is not None else _alike(name, size=size)


def people_alike(query: str, *, size: int) -> Hits:
    """People whose names are like the words: spelled nearly so, shortened, or with other initials."""
    name = read_name(query)
    return _alike(name, size=size) if name.tokens else NO_HITS


def people_of_papers(query: str, paper_ids: Sequence[int], *, size: int) -> Hits:
    """Authors of these papers who are named by some of the words, as in "bengio attention". One query."""
    tokens = [token for token in read_name(query).tokens if len(token) > 1]
    if not tokens:
        return NO_HITS
    ids = tuple(fetch_column(_OF_PAPERS, {"papers": list(paper_ids), "tokens": tokens, "size": size}))
    return Hits(ids, len(ids), is_more=False, found_by="any")


def _exact(name: TypedName, *, size: int, after: Cursor | None = None, shortest: int = OPEN_ENDED_CHARS) -> Hits:
    key = after.key if after and len(after.key) == len(_START) else _START
    parameters: dict[str, Any] = dict(zip(("tier", "works", "cites", "after"), key, strict=True))
    parameters |= {
        "size": size + 1,
        "bound": CANDIDATES,
        "keys": list(name.keys),
        "families": list(name.families),
        "wanted": exact_query(name, is_open_ended=True, shortest=shortest),
        "length": len(name.tokens),
        "longest": LONGER * len("".join(name.tokens)) + 20,
        "whole": exact_query(name, is_open_ended=False) if name.whole else "",
    }
    letters = name.initials if name.whole else name.initials[:-1]
    for at, letter in enumerate(letters):
        parameters[f"initial_{at}"] = rf"(^| ){re.escape(letter)}"
    initials = " ".join(f"AND a.search_text ~ %(initial_{at})s" for at in range(len(letters)))
    found_by: FoundBy = "words" if shortest == OPEN_ENDED_CHARS else "beginnings"
    rows = fetch_as(_Row, _FOUND.format(initials=initials) + _PAGE, parameters)
    return _hits(rows, size=size, bound=CANDIDATES, found_by=found_by)


def _alike(name: TypedName, *, size: int, after: Cursor | None = None) -> Hits:
    wanted = loose_query(name, near_terms(Term.Kind.NAME, name.tokens))
    if not wanted:
        return NO_HITS
    parameters: dict[str, Any] = {
        "wanted": wanted,
        "key": " ".join(name.tokens),
        "bound": CANDIDATES,
        "most": ALIKE_CANDIDATES,
    }
    scored = [
        (fit(name, text) - UNASKED * max(0, length - len(name.tokens)), works, cites, pk)
        for pk, text, length, works, cites in fetch(_ALIKE, parameters)
    ]
    near = sorted((-round(100 * score), -works, -cites, pk) for score, works, cites, pk in scored if score >= ALIKE)
    start = after.key if after else (-1e9,)
    beyond = [_Row(*key, len(near)) for key in near if key > tuple(start)]
    return _hits(beyond, size=size, bound=ALIKE_CANDIDATES, found_by="alike")


class _Row(NamedTuple):
    """A person found: what they are ordered by, `works` and `cites` less than 0 so that most come first, and how many
    are found in all."""

    tier: int
    works: int
    cites: int
    id: int
    total: int


def _hits(rows: list[_Row], *, size: int, bound: int, found_by: FoundBy) -> Hits:
    if not rows:
        return Hits((), 0, is_more=False, found_by=found_by)
    shown = rows[:size]
    first, last = shown[0], shown[-1]
    following = Cursor(found_by, (last.tier, last.works, last.cites, last.id)) if len(rows) > size else None
    return Hits(tuple(row.id for row in shown), first.total, first.total >= bound, found_by, following, first.tier)

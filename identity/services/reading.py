"""The record as the engine reads it: every mention with what its paper says, in an order that no import changes."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np

from common.db.sql import fetch
from identity.domain.corpus import Byline, Corpus, Ints, PaperFacts, build_corpus
from identity.domain.names import Name, name_of
from papers.domain.identifiers import InvalidIdentifier, parse_identifier
from papers.domain.names import parse_person_name

READ_AT_ONCE = 10_000  # papers
ABSTRACT_CHARS = 300  # more of an abstract costs time and tells no more of its authors

_PAPER_IDS = "SELECT id FROM canonical_paper WHERE is_canonical ORDER BY id"
_PAPERS = """
SELECT p.id, extract(year FROM p.published_date)::int, CASE WHEN v.kind <> 'repository' THEN p.venue_id END,
       p.title || ' ' || left(p.abstract, %s)
FROM canonical_paper p LEFT JOIN papers_venue v ON v.id = p.venue_id
WHERE p.id BETWEEN %s AND %s AND p.is_canonical ORDER BY p.id
"""
_MENTIONS = """
SELECT s.id, s.paper_id, s.position, s.author_id, s.printed_name, s.given, s.particle, s.family, s.suffix,
       s.raw_affiliation
FROM papers_authorship s JOIN papers_author a ON a.id = s.author_id
WHERE s.paper_id BETWEEN %s AND %s AND NOT s.is_group AND s.role = 'author' AND a.kind = 'person'
ORDER BY s.paper_id, s.position
"""
_CITATIONS = (
    "SELECT citing_id, cited_id FROM papers_citation WHERE citing_id BETWEEN %s AND %s ORDER BY citing_id, cited_id"
)
_IDS = """
SELECT s.id, k.key, k.value
FROM papers_paperstatement e
CROSS JOIN LATERAL jsonb_array_elements(e.statement -> 'authors') x
CROSS JOIN LATERAL jsonb_each_text(x -> 'ids') k
JOIN papers_authorship s ON s.paper_id = e.paper_id AND s.printed_name = x ->> 'name'
WHERE e.paper_id BETWEEN %s AND %s AND e.statement @? '$.authors[*].ids' AND jsonb_typeof(x -> 'ids') = 'object'
  AND k.value IS NOT NULL
ORDER BY 1, 2, 3
"""


class Printed:
    """Names as they are printed, by mention; equal ones are kept once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._texts: list[str] = []
        self._of = array("q")

    def append(self, name: str) -> None:
        place = self._places.setdefault(name, len(self._texts))
        if place == len(self._texts):
            self._texts.append(name)
        self._of.append(place)

    def __len__(self) -> int:
        return len(self._of)

    def __getitem__(self, mention: int) -> str:
        return self._texts[self._of[mention]]

    def __iter__(self) -> Iterator[str]:
        return (self._texts[place] for place in self._of)


@dataclass(slots=True)
class Record:
    """A corpus with the rows its mentions come from; columns in the order of the corpus."""

    corpus: Corpus
    authorship: Ints
    paper: Ints
    position: Ints
    author: Ints
    printed: Printed

    def persons(self) -> Ints:
        """The author of each mention, numbered from 0."""
        return np.asarray(np.unique(self.author, return_inverse=True)[1], dtype=np.int64)

    def mentions_of(self) -> dict[tuple[int, int], int]:
        """Mention by (paper, position)."""
        return {pair: m for m, pair in enumerate(zip(self.paper.tolist(), self.position.tolist(), strict=True))}


def read_record(tell: Callable[[int, int], None] = lambda *_: None) -> Record:
    """All mentions of people, read a part at a time. `tell` hears how many papers of all were read."""
    columns, printed = array("q"), Printed()
    corpus = build_corpus(_papers(columns, printed, tell))
    name_of.cache_clear()  # equal names are one object in the corpus: the cache is memory for nothing from here on
    table = np.array(columns, dtype=np.int64).reshape(len(columns) // 4, 4)
    return Record(corpus, table[:, 0], table[:, 1], table[:, 2], table[:, 3], printed)


def read_papers(tell: Callable[[int, int], None] = lambda *_: None) -> list[PaperFacts]:
    """All papers with what speaks of their authors, in the order of their ids; `tell` as in `read_record`."""
    return list(_papers(array("q"), Printed(), tell))


def _papers(columns: array[int], printed: Printed, tell: Callable[[int, int], None]) -> Iterator[PaperFacts]:
    """Each paper in the order of ids; mentions are added to `columns` (authorship, paper, position, author)."""
    ids = np.array([pk for (pk,) in fetch(_PAPER_IDS, [])], dtype=np.int64)
    for start in range(0, len(ids), READ_AT_ONCE):
        part = ids[start : start + READ_AT_ONCE]
        span = [int(part[0]), int(part[-1])]
        bylines = _bylines(span, set(part.tolist()), columns, printed)
        cites: dict[int, list[int]] = defaultdict(list)
        for citing, cited in fetch(_CITATIONS, span):
            place = int(np.searchsorted(ids, cited))
            if place < len(ids) and ids[place] == cited:
                cites[citing].append(place)
        for paper_id, year, venue, text in fetch(_PAPERS, [ABSTRACT_CHARS, *span]):
            known = "" if venue is None else str(venue)
            yield PaperFacts(bylines.get(paper_id, ()), year, known, text, cites.get(paper_id, ()))
        tell(start + len(part), len(ids))


def _bylines(
    span: list[int], papers: Collection[int], columns: array[int], printed: Printed
) -> dict[int, list[Byline]]:
    ids: dict[int, list[str]] = defaultdict(list)
    for row_id, scheme, raw in fetch(_IDS, span):
        if (known := _identifier(scheme, raw)) is not None and known not in ids[row_id]:
            ids[row_id].append(known)
    bylines: dict[int, list[Byline]] = defaultdict(list)
    for row_id, paper_id, position, author_id, name, given, particle, family, suffix, affiliation in fetch(
        _MENTIONS, span
    ):
        if paper_id not in papers:
            continue
        one = _name(name, given, particle, family, suffix)
        bylines[paper_id].append(Byline(one, tuple(ids.get(row_id, ())), affiliation))
        columns.extend((row_id, paper_id, position, author_id))
        printed.append(name)
    return bylines


def _identifier(scheme: str, raw: str) -> str | None:
    """An id in the one form that records hold it in: a source may write it as an address. None for what is none."""
    try:
        return str(parse_identifier(scheme, raw))
    except InvalidIdentifier:
        return None


def _name(printed: str, given: str, particle: str, family: str, suffix: str) -> Name:
    if family:
        return name_of(given, f"{particle} {family}".strip(), suffix)
    parsed = parse_person_name(printed)
    return name_of(parsed.given, parsed.family, parsed.suffix)

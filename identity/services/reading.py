"""The record as the engine reads it: every mention with what its paper says, in an order that no import changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection

from identity.domain.corpus import Byline, Corpus, Ints, PaperFacts, build_corpus
from identity.domain.names import Name, name_of
from papers.domain.names import parse_person_name

READ_AT_ONCE = 20_000
ABSTRACT_CHARS = 300  # more of an abstract costs time and tells no more of its authors

_PAPERS = """
SELECT p.id, extract(year FROM p.published_date)::int, CASE WHEN v.kind <> 'repository' THEN p.venue_id END,
       p.title || ' ' || left(p.abstract, %s)
FROM papers_paper p LEFT JOIN papers_venue v ON v.id = p.venue_id
WHERE p.merged_into_id IS NULL ORDER BY p.id
"""
_MENTIONS = """
SELECT s.id, s.paper_id, s.position, s.author_id, s.printed_name, s.given, s.particle, s.family, s.suffix,
       s.raw_affiliation
FROM papers_authorship s JOIN papers_author a ON a.id = s.author_id
WHERE NOT s.is_group AND s.role = 'author' AND a.kind = 'person' ORDER BY s.paper_id, s.position
"""
_CITATIONS = "SELECT citing_id, cited_id FROM papers_citation ORDER BY citing_id, cited_id"
_IDS = """
SELECT s.id, k.key || ':' || k.value
FROM papers_paperstatement e
CROSS JOIN LATERAL jsonb_array_elements(e.statement -> 'authors') x
CROSS JOIN LATERAL jsonb_each_text(x -> 'ids') k
JOIN papers_authorship s ON s.paper_id = e.paper_id AND s.printed_name = x ->> 'name'
WHERE e.statement @? '$.authors[*].ids' AND jsonb_typeof(x -> 'ids') = 'object' AND k.value IS NOT NULL
ORDER BY 1, 2
"""


@dataclass(slots=True)
class Record:
    """A corpus with the rows its mentions come from; columns in the order of the corpus."""

    corpus: Corpus
    authorship: Ints
    paper: Ints
    position: Ints
    author: Ints
    printed: list[str]

    def mentions_of(self) -> dict[tuple[int, int], int]:
        """Mention by (paper, position)."""
        return {pair: m for m, pair in enumerate(zip(self.paper.tolist(), self.position.tolist(), strict=True))}


@dataclass(slots=True)
class Papers:
    """Papers by row id with their facts, and (authorship, paper, position, author) with the printed name of each mention."""

    papers: list[tuple[int, PaperFacts]]
    columns: list[tuple[int, int, int, int]]
    printed: list[str]


def read_record() -> Record:
    """All mentions of people. Four statements, whatever their number."""
    read = read_papers()
    table = np.array(read.columns, dtype=np.int64).reshape(len(read.columns), 4)
    corpus = build_corpus([facts for _, facts in read.papers])
    return Record(corpus, table[:, 0], table[:, 1], table[:, 2], table[:, 3], read.printed)


def read_papers() -> Papers:
    """All papers with what speaks of their authors, in the order of their ids."""
    facts = {
        paper_id: (year, "" if venue is None else str(venue), text)
        for paper_id, year, venue, text in _rows(_PAPERS, [ABSTRACT_CHARS])
    }
    bylines, columns, printed = _bylines(facts.keys())
    cites: dict[int, list[int]] = defaultdict(list)
    place = {paper_id: k for k, paper_id in enumerate(facts)}
    for citing, cited in _rows(_CITATIONS, []):
        if citing in place and cited in place:
            cites[citing].append(place[cited])
    papers = [
        (paper_id, PaperFacts(bylines.get(paper_id, ()), year, venue, text, cites.get(paper_id, ())))
        for paper_id, (year, venue, text) in facts.items()
    ]
    return Papers(papers, columns, printed)


def _bylines(papers: Collection[int]) -> tuple[dict[int, list[Byline]], list[tuple[int, int, int, int]], list[str]]:
    ids: dict[int, list[str]] = defaultdict(list)
    for row_id, value in _rows(_IDS, []):
        ids[row_id].append(value)
    bylines: dict[int, list[Byline]] = defaultdict(list)
    columns: list[tuple[int, int, int, int]] = []
    printed: list[str] = []
    for row_id, paper_id, position, author_id, name, given, particle, family, suffix, affiliation in _rows(
        _MENTIONS, []
    ):
        if paper_id in papers:
            one = _name(name, given, particle, family, suffix)
            bylines[paper_id].append(Byline(one, tuple(ids.get(row_id, ())), affiliation))
            columns.append((row_id, paper_id, position, author_id))
            printed.append(name)
    return bylines, columns, printed


def _name(printed: str, given: str, particle: str, family: str, suffix: str) -> Name:
    if family:
        return name_of(given, f"{particle} {family}".strip(), suffix)
    parsed = parse_person_name(printed)
    return name_of(parsed.given, parsed.family, parsed.suffix)


def _rows(statement: str, parameters: list[int]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(READ_AT_ONCE):
            yield from rows

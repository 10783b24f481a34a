"""What the engine reads: mentions and papers as columns, and what papers say of a mention as sparse rows."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from identity.domain.names import Name
from identity.domain.rules import MAX_BYLINE
from identity.domain.words import WORD_BUCKETS, bucket_counts

type Floats = NDArray[np.float32]
type Ints = NDArray[np.int64]
type Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Byline:
    """One name of a paper as a source has it. `ids` are hard ids ("orcid:…"), `affiliation` as printed or ""."""

    name: Name
    ids: tuple[str, ...] = ()
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What of a paper speaks for or against a person. year: None where unknown; venue: a key or "".

    `text` is title and abstract; `cites` are places of other papers in the same list.
    """

    byline: Sequence[Byline]
    year: int | None = None
    venue: str = ""
    text: str = ""
    cites: Sequence[int] = ()


@dataclass(slots=True)
class Corpus:
    """Mentions in the order of papers and bylines; mention m is names[name_of[m]] on paper_of[m]."""

    names: list[Name]
    name_of: Ints
    paper_of: Ints
    ids: dict[int, tuple[str, ...]]
    year: Floats
    venue: Ints
    bylines: csr_array  # paper × block key, 0 where the byline is too long to say anything
    keys: dict[str, int]
    key_of: Ints  # mention → its own block key
    words: csr_array
    cites: csr_array
    places: csr_array  # mention × word of the affiliation
    papers: int = 0

    def __len__(self) -> int:
        return len(self.name_of)


def build_corpus(papers: Iterable[PaperFacts], like: Corpus | None = None) -> Corpus:
    """Columns of all papers, in their order, each read once and then let go.

    `like` is a corpus of the same papers with other names, to save reading.
    """
    index: dict[Name, int] = {}
    keys: dict[str, int] = {}
    venues: dict[str, int] = {"": -1}
    name_of, paper_of, key_of, venue_of = (array("q") for _ in range(4))
    years, texts = array("f"), Texts()
    ids: dict[int, tuple[str, ...]] = {}
    for place, paper in enumerate(papers):
        for one in paper.byline:
            if one.ids:
                ids[len(name_of)] = one.ids
            name_of.append(index.setdefault(one.name, len(index)))
            key_of.append(keys.setdefault(one.name.block, len(keys)))
            paper_of.append(place)
        years.append(math.nan if paper.year is None else paper.year)
        venue_of.append(venues.setdefault(paper.venue, len(venues) - 1))
        if like is None:
            texts.add(place, paper)
    count, owners, own = len(years), _ints(paper_of), _ints(key_of)
    short = np.bincount(owners, minlength=count)[owners] <= MAX_BYLINE
    return Corpus(
        list(index),
        _ints(name_of),
        owners,
        ids,
        np.array(years, dtype=np.float32),
        _ints(venue_of),
        binary(owners[short], own[short], (count, len(keys))),
        keys,
        own,
        *(texts.columns(count) if like is None else (like.words, like.cites, like.places)),
        count,
    )


class Texts:
    """What papers say, gathered one by one."""

    def __init__(self) -> None:
        self._words, self._affiliations = Bags(), Bags()
        self._citing, self._cited = array("q"), array("q")

    def add(self, index: int, paper: PaperFacts) -> None:
        self._words.add(paper.text)
        self._citing.extend([index] * len(paper.cites))
        self._cited.extend(paper.cites)
        for one in paper.byline:
            self._affiliations.add(one.affiliation)

    def columns(self, count: int) -> tuple[csr_array, csr_array, csr_array]:
        """Words and citations of papers, and words of affiliations by mention."""
        cites = binary(_ints(self._citing), _ints(self._cited), (count, count))
        return self._words.rows(), cites, self._affiliations.rows()


def _ints(values: array[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def binary(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_array:
    """1 where a row and a column are named together, however often."""
    matrix = csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


class Bags:
    """Texts as rows of bucket × (1 + log of how many times), gathered one by one so that no text need be kept."""

    def __init__(self) -> None:
        self._starts, self._buckets, self._counts = array("q", [0]), array("i"), array("f")

    def add(self, text: str) -> None:
        if text:
            counts = bucket_counts(text)
            self._buckets.extend(counts.keys())
            self._counts.extend(counts.values())
        self._starts.append(len(self._buckets))

    def rows(self) -> csr_array:
        """text × bucket."""
        weights = 1.0 + np.log(np.array(self._counts, dtype=np.float32))
        starts = np.array(self._starts, dtype=np.int64)
        return csr_array(
            (weights, np.array(self._buckets, dtype=np.int32), starts), shape=(len(starts) - 1, WORD_BUCKETS)
        )

"""What the engine reads: mentions and papers as columns, and what papers say of a mention as sparse rows."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from common.text import fold
from identity.domain.names import Name

type Floats = NDArray[np.float32]
type Ints = NDArray[np.int64]
type Mask = NDArray[np.bool_]

MAX_BYLINE = 50  # on a longer one, standing beside somebody says little, and pairs of names cost its square
WORD_BUCKETS = 1 << 16
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    "the and for with from that this are was were which have has had can our its their using based between into via "
    "not but also been being such these those than them they then there what when where who will would could should "
    "may more most some other each both only over under about after before through during without within new paper "
    "show present propose proposed results approach method methods use used two one".split()
)


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


def build_corpus(papers: Sequence[PaperFacts], like: Corpus | None = None) -> Corpus:
    """Columns of all papers, in their order. `like` is a corpus of the same papers with other names, to save reading."""
    index: dict[Name, int] = {}
    keys: dict[str, int] = {}
    name_of: list[int] = []
    paper_of: list[int] = []
    key_of: list[int] = []
    ids: dict[int, tuple[str, ...]] = {}
    affiliations: list[str] = []
    for place, paper in enumerate(papers):
        for one in paper.byline:
            if one.ids:
                ids[len(name_of)] = one.ids
            name_of.append(index.setdefault(one.name, len(index)))
            key_of.append(keys.setdefault(one.name.block, len(keys)))
            paper_of.append(place)
            affiliations.append(one.affiliation)
    names, owners, own = list(index), np.array(paper_of, dtype=np.int64), np.array(key_of, dtype=np.int64)
    sizes = np.bincount(owners, minlength=len(papers))
    short = sizes[owners] <= MAX_BYLINE
    bylines = _binary(owners[short], own[short], (len(papers), len(keys)))
    venues: dict[str, int] = {"": -1}
    return Corpus(
        names, np.array(name_of, dtype=np.int64), owners, ids,
        np.array([np.nan if p.year is None else p.year for p in papers], dtype=np.float32),
        np.array([venues.setdefault(p.venue, len(venues) - 1) for p in papers], dtype=np.int64),
        bylines, keys, own, word_rows([p.text for p in papers]) if like is None else like.words,
        _cites(papers) if like is None else like.cites, _bag(affiliations) if like is None else like.places, len(papers),
    )  # fmt: skip


def _binary(rows: Ints, columns: Ints, shape: tuple[int, int]) -> csr_array:
    matrix = csr_array((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix


def _cites(papers: Sequence[PaperFacts]) -> csr_array:
    pairs = [(place, other) for place, paper in enumerate(papers) for other in paper.cites]
    rows = np.array([p for p, _ in pairs], dtype=np.int64)
    return _binary(rows, np.array([o for _, o in pairs], dtype=np.int64), (len(papers), len(papers)))


def word_rows(texts: Sequence[str]) -> csr_array:
    """text × bucket of a word, how many times, 1 + log; words are hashed so that no vocabulary need be kept."""
    return _weighed([bucket_counts(text) for text in texts])


def bucket_counts(text: str) -> dict[int, int]:
    """How many times each bucket's words stand in a text."""
    counts: dict[int, int] = {}
    for word in _WORD.findall(fold(text)):
        if word not in _STOP:
            bucket = _bucket(word)
            counts[bucket] = counts.get(bucket, 0) + 1
    return counts


_BUCKETS: dict[str, int] = {}


def _bucket(word: str) -> int:
    known = _BUCKETS.get(word)
    if known is None:
        known = zlib.crc32(word.rstrip("s").encode()) % WORD_BUCKETS
        if len(_BUCKETS) < 1_000_000:
            _BUCKETS[word] = known
    return known


def _bag(texts: Sequence[str]) -> csr_array:
    empty: dict[int, int] = {}
    return _weighed([bucket_counts(text) if text else empty for text in texts])


def _weighed(rows: Sequence[dict[int, int]]) -> csr_array:
    starts = np.concatenate(([0], np.cumsum([len(row) for row in rows]))).astype(np.int64)
    columns = np.fromiter((b for row in rows for b in row), dtype=np.int64, count=int(starts[-1]))
    counts = np.fromiter((c for row in rows for c in row.values()), dtype=np.float32, count=int(starts[-1]))
    return csr_array((1.0 + np.log(counts), columns, starts), shape=(len(rows), WORD_BUCKETS))

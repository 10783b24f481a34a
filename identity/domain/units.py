"""Mentions taken together: what a group of them has of co-authors, words, years, venues and places."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, diags_array

from identity.domain.commonness import Commonness
from identity.domain.corpus import Corpus, Floats, Ints, binary
from identity.domain.words import WORD_BUCKETS

DIMENSIONS = 64
SIGNS_AT_ONCE = 8_192


@dataclass(slots=True)
class Background:
    """What is the same in every round: weights of co-authors and words, vectors of both, commonness of names."""

    corpus: Corpus
    common: Commonness
    figures: Floats  # name × (bearers, family, spread, block)
    weight: Floats  # block key: log of how rare among papers
    rivals: Floats  # block key: how many full names it stands for
    near: Floats  # block key × DIMENSIONS: with whom its people write
    words: csr_array  # paper × bucket, rows of length 1
    topic: Floats  # paper × DIMENSIONS, rows of length 1
    places: csr_array


def background(corpus: Corpus) -> Background:
    """Weights and vectors of a corpus; independent of the order of its papers but for rounding."""
    common = Commonness(corpus.names)
    count = np.asarray(corpus.bylines.sum(axis=0), dtype=np.float32)
    weight = np.log1p(corpus.papers / np.maximum(count, 1.0)).astype(np.float32)
    blocks = list(corpus.keys)
    rivals = np.array([common._blocks.get(block, 0) for block in blocks], dtype=np.float32)
    words = _tfidf(corpus.words)
    return Background(
        corpus,
        common,
        common.columns(corpus.names).astype(np.float32),
        weight,
        rivals,
        _neighbourhood(corpus, weight, blocks),
        words,
        _topics(words),
        _tfidf(corpus.places),
    )


def _tfidf(counts: csr_array) -> csr_array:
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log1p(counts.shape[0] / np.maximum(frequency, 1)).astype(np.float32)
    return unit_rows(csr_array(counts @ diags_array(idf)))


def unit_rows(matrix: csr_array) -> csr_array:
    """Rows of length 1; empty ones stay empty."""
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)))
    lengths[lengths == 0] = 1.0
    return csr_array(diags_array((1.0 / lengths).astype(np.float32)) @ matrix)


def unit_dense(matrix: Floats) -> Floats:
    """As `unit_rows`, of a dense matrix."""
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    lengths[lengths == 0] = 1.0
    return np.asarray(matrix / lengths[:, None], dtype=np.float32)


def signs(seeds: Ints, dimensions: int = DIMENSIONS) -> Floats:
    """A row of ±1 for each seed, the same for ever: random directions without a table of them."""
    out = np.empty((len(seeds), dimensions), dtype=np.float32)
    for start in range(0, len(seeds), SIGNS_AT_ONCE):
        part = slice(start, start + SIGNS_AT_ONCE)
        with np.errstate(over="ignore"):
            mixed = seeds[part].astype(np.uint64)[:, None] * np.uint64(0x9E3779B97F4A7C15)
            mixed = mixed + np.arange(1, dimensions + 1, dtype=np.uint64)[None, :] * np.uint64(0xBF58476D1CE4E5B9)
            mixed ^= mixed >> np.uint64(31)
            mixed *= np.uint64(0x94D049BB133111EB)
            mixed ^= mixed >> np.uint64(29)
        out[part] = np.where(mixed >> np.uint64(63), 1.0, -1.0)
    return out


def _neighbourhood(corpus: Corpus, weight: Floats, blocks: Sequence[str]) -> Floats:
    """Random indexing over two steps of co-authorship."""
    own = signs(np.array([zlib.crc32(block.encode()) for block in blocks], dtype=np.int64)) * weight[:, None]
    papers = corpus.bylines @ own
    around = corpus.bylines.T @ papers
    return unit_dense(np.asarray(unit_dense(own) + unit_dense(around), dtype=np.float32))


def _topics(words: csr_array) -> Floats:
    """Random indexing of words by the papers they stand in, without what all papers share."""
    first = words @ signs(np.arange(WORD_BUCKETS, dtype=np.int64))
    buckets = unit_dense(np.asarray(words.T @ first, dtype=np.float32))
    papers = np.asarray(words @ buckets, dtype=np.float32)
    return unit_dense(np.asarray(papers - papers.mean(axis=0, keepdims=True), dtype=np.float32))


@dataclass(slots=True)
class Groups:
    """A grouping of all mentions, with what every stage needs of each group. `label` is the group of each mention."""

    label: Ints
    count: int
    size: Floats
    name: Ints  # the fullest name, as place in corpus.names
    papers: csr_array  # group × paper


def make_groups(back: Background, label: Ints) -> Groups:
    """Groups of a labelling from 0; each number is some mention's."""
    count = int(label.max()) + 1 if len(label) else 0
    papers = binary(label, back.corpus.paper_of, (count, back.corpus.papers))
    size = np.bincount(label, minlength=count).astype(np.float32)
    return Groups(label, count, size, fullest(back, label, count), papers)


@dataclass(slots=True)
class Resolved:
    """Persons of an earlier round, by mention and as paper × person."""

    person: Ints
    bylines: csr_array


def resolved(corpus: Corpus, person: Ints) -> Resolved:
    """On long bylines, standing beside somebody says little: they are left out."""
    near = np.asarray(corpus.bylines.sum(axis=1))[corpus.paper_of] > 0
    shape = (corpus.papers, int(person.max(initial=-1)) + 1)
    return Resolved(
        person,
        csr_array((np.ones(int(near.sum()), dtype=np.float32), (corpus.paper_of[near], person[near])), shape=shape),
    )


@dataclass(slots=True)
class Units:
    """What some groups have, row by row in the order in which they were chosen."""

    size: Floats
    name: Ints
    papers: csr_array
    company: csr_array  # unit × block key: papers written with somebody of that key
    people: csr_array | None  # unit × resolved person, from the second round on
    near: Floats
    words: csr_array
    topic: Floats
    venues: csr_array
    places: csr_array
    cited: csr_array
    first: Floats
    last: Floats


def make_units(back: Background, groups: Groups, chosen: Ints, people: Resolved | None = None) -> Units:
    """What the chosen groups have; numbers in `chosen` are in order and differ."""
    corpus = back.corpus
    count = len(chosen)
    where = np.full(groups.count, -1, dtype=np.int64)
    where[chosen] = np.arange(count)
    mention = np.nonzero(where[groups.label] >= 0)[0]
    row, papers = where[groups.label[mention]], csr_array(groups.papers[chosen])
    members = csr_array((np.ones(len(mention), dtype=np.float32), (row, mention)), shape=(count, len(corpus)))
    company = without(csr_array(papers @ corpus.bylines), _own(row, corpus.key_of[mention], count, len(corpus.keys)))
    near = unit_dense(np.asarray((company @ diags_array(back.weight)) @ back.near, dtype=np.float32))
    first, last = _years(row, corpus.year[corpus.paper_of[mention]], count)
    return Units(
        groups.size[chosen],
        groups.name[chosen],
        papers,
        company,
        None if people is None else _people(papers, people, row, mention, count),
        near,
        unit_rows(csr_array(papers @ back.words)),
        unit_dense(np.asarray(papers @ back.topic, dtype=np.float32)),
        _venues(papers, corpus),
        unit_rows(csr_array(members @ back.places)),
        csr_array(papers @ corpus.cites),
        first,
        last,
    )


def _own(group: Ints, key_of: Ints, count: int, width: int) -> csr_array:
    return csr_array((np.ones(len(group), dtype=np.float32), (group, key_of)), shape=(count, width))


def without(matrix: csr_array, other: csr_array) -> csr_array:
    """The matrix with 0 wherever the other is not 0."""
    mask = csr_array(other)
    mask.sum_duplicates()
    mask.data[:] = 1.0
    result = csr_array(matrix - matrix.multiply(mask))
    result.eliminate_zeros()
    return result


def _people(papers: csr_array, people: Resolved, row: Ints, mention: Ints, count: int) -> csr_array:
    own = _own(row, people.person[mention], count, people.bylines.shape[1])
    return without(csr_array(papers @ people.bylines), own)


def _years(group: Ints, year: Floats, count: int) -> tuple[Floats, Floats]:
    first, last = np.full(count, np.inf, dtype=np.float32), np.full(count, -np.inf, dtype=np.float32)
    known = ~np.isnan(year)
    np.minimum.at(first, group[known], year[known])
    np.maximum.at(last, group[known], year[known])
    first[np.isinf(first)], last[np.isinf(last)] = np.nan, np.nan
    return first, last


def _venues(papers: csr_array, corpus: Corpus) -> csr_array:
    known = corpus.venue >= 0
    width = int(corpus.venue.max(initial=0)) + 1
    at = csr_array(
        (np.ones(int(known.sum()), dtype=np.float32), (np.nonzero(known)[0], corpus.venue[known])),
        shape=(corpus.papers, max(width, 1)),
    )
    return unit_rows(csr_array(papers @ at))


def fullest(back: Background, group: Ints, count: int) -> Ints:
    """Of each unit the name that the fewest are likely to bear; of equal ones the first in order of the key."""
    names, order = back.corpus.names, {}
    for place, name in enumerate(sorted(range(len(names)), key=lambda n: names[n].key)):
        order[name] = place
    bearers = back.figures[back.corpus.name_of, 0]
    rank = np.array([order[n] for n in range(len(names))], dtype=np.int64)[back.corpus.name_of]
    by = np.lexsort((rank, bearers, group))
    starts = np.unique(group[by], return_index=True)[1]
    result = np.zeros(count, dtype=np.int64)
    result[group[by][starts]] = back.corpus.name_of[by][starts]
    return result

"""Twelve axioms of Novelty, each on a thousand real papers: what must hold of a distance from earlier work.

A reader that finds the real files absent says so. Shares are those of the papers for which an axiom holds.
"""

import json
import lzma
import os
import random
import re
from pathlib import Path

import numpy as np
import pytest

from metrics.embedding.model import embedding_text, load_embedding_model
from metrics.formulas.novelty import NEIGHBOURS, novelty_distance
from metrics.novelty.readable import why_not_comparable

FILE = Path(os.environ.get("REAL_DATA_DIR", "../shared/data")) / "records" / "arxiv.jsonl.xz"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FILE.exists(), reason="the real files of REAL_DATA_DIR/records are absent"),
]
EARLIER, TRIED = 8_000, 1_000
HOLDS = 0.99
SYNONYMS = {
    "show": "demonstrate",
    "shows": "demonstrates",
    "propose": "suggest",
    "use": "employ",
    "using": "employing",
    "method": "approach",
    "methods": "approaches",
    "problem": "task",
    "new": "novel",
    "however": "nevertheless",
}


class Shelf:
    """Earlier papers, and papers that come after all of them with their distances."""

    def __init__(self) -> None:
        with lzma.open(FILE, "rt") as lines:
            records = sorted(map(json.loads, lines), key=lambda record: record["published"])
        chosen = random.Random(7).sample(records, EARLIER + TRIED)
        chosen.sort(key=lambda record: record["published"])
        self.model = load_embedding_model()
        self.texts = [(record["title"], record["abstract"]) for record in chosen]
        self.vectors = self.embed(self.texts)
        self.earlier, self.own = self.vectors[:EARLIER], self.vectors[EARLIER:]
        self.tried = self.texts[EARLIER:]
        self.cosines = self.own @ self.earlier.T
        self.distances = distances(self.cosines)
        self.ranked = np.sort(self.distances)

    def embed(self, texts):
        return np.asarray(self.model.embed([embedding_text(title=t, abstract=a) for t, a in texts]), dtype=np.float64)

    def percentiles(self, values, ranked=None):
        ranked = self.ranked if ranked is None else ranked
        below, up_to = np.searchsorted(ranked, values, "left"), np.searchsorted(ranked, values, "right")
        return 100.0 * (below + up_to) / (2 * len(ranked))

    def moved(self, texts):
        """How many points each text's Novelty is from that of the paper it was made of."""
        fresh = self.percentiles(distances(self.embed(texts) @ self.earlier.T))
        return np.abs(fresh - self.percentiles(self.distances))


def distances(cosines):
    nearest = -np.sort(-cosines, axis=1)[:, :NEIGHBOURS]
    return np.array([novelty_distance(row.tolist()) for row in nearest])


@pytest.fixture(scope="module")
def shelf():
    return Shelf()


def holds(each) -> bool:
    return float(np.mean(each)) >= HOLDS


def test_a_copy_of_an_earlier_paper_has_nought(shelf):
    copies = shelf.embed(shelf.texts[:TRIED]) @ shelf.earlier.T
    assert holds(shelf.percentiles(distances(copies)) == 0)


@pytest.mark.xfail(strict=True, reason="not reached: it holds for 92 % of the papers, 99 % are asked for")
def test_a_paraphrase_by_word_order_and_synonyms_moves_at_most_five_points(shelf):
    chance = random.Random(1)

    def said_otherwise(text: str) -> str:
        sentences = re.split(r"(?<=[.!?])\s+", text)
        chance.shuffle(sentences)
        return " ".join(SYNONYMS.get(word, word) for word in " ".join(sentences).split())

    assert holds(shelf.moved([(title, said_otherwise(abstract)) for title, abstract in shelf.tried]) <= 5)


def test_an_earlier_relative_added_never_raises_it(shelf):
    relatives = shelf.own + 0.3 * np.roll(shelf.own, 1, axis=0)
    relatives /= np.linalg.norm(relatives, axis=1, keepdims=True)
    own = np.einsum("ij,ij->i", shelf.own, relatives)
    assert holds(distances(np.column_stack([shelf.cosines, own])) <= shelf.distances)


def test_later_papers_never_matter_for_only_earlier_ones_are_looked_at(shelf):
    from metrics.novelty.neighbours import earlier_neighbours

    vectors = shelf.vectors[: 3 * TRIED].astype(np.float32)
    days = np.arange(len(vectors), dtype=np.int64)
    queries = np.arange(TRIED, 2 * TRIED, dtype=np.int64)
    with_later = earlier_neighbours(vectors=vectors, first_days=days, last_days=days, queries=queries, k=NEIGHBOURS)
    alone = earlier_neighbours(
        vectors=vectors[: 2 * TRIED],
        first_days=days[: 2 * TRIED],
        last_days=days[: 2 * TRIED],
        queries=queries,
        k=NEIGHBOURS,
    )
    assert np.array_equal(with_later.rows, alone.rows)
    assert np.array_equal(with_later.cosines, alone.cosines)


def test_unrelated_earlier_papers_never_matter(shelf):
    noise = np.random.default_rng(3).normal(size=(500, shelf.own.shape[1]))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    assert holds(distances(np.column_stack([shelf.cosines, shelf.own @ noise.T])) == shelf.distances)


@pytest.mark.xfail(strict=True, reason="not reached: 95 % are above the nearer of the two, 23 % above both")
def test_a_splice_of_two_far_papers_is_above_both(shelf):
    likeness = shelf.own @ shelf.own.T
    far = likeness.argmin(axis=1)
    spliced = [
        (f"{title} {shelf.tried[other][0]}", f"{abstract} {shelf.tried[other][1]}")
        for (title, abstract), other in zip(shelf.tried, far, strict=True)
    ]
    fresh = distances(shelf.embed(spliced) @ shelf.earlier.T)
    assert holds(fresh >= np.maximum(shelf.distances, shelf.distances[far]))


def test_deleting_the_nearest_neighbour_never_lowers_it(shelf):
    without = shelf.cosines.copy()
    without[np.arange(TRIED), without.argmax(axis=1)] = -1
    assert holds(distances(without) >= shelf.distances)


@pytest.mark.xfail(strict=True, reason="not reached: it holds for 95 % of the papers, 99 % are asked for")
def test_typing_noise_moves_at_most_three_points(shelf):
    chance = random.Random(5)

    def mistyped(text: str) -> str:
        words = text.split()
        place = chance.randrange(len(words))
        word = words[place]
        if len(word) > 3:
            at = chance.randrange(1, len(word) - 1)
            words[place] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        return " ".join(words)

    assert holds(shelf.moved([(title, mistyped(abstract)) for title, abstract in shelf.tried]) <= 3)


FRENCH = "le la les des une dans pour que qui est sur par avec nous cette ces aux plus sont nos deux entre leur".split()


def test_a_text_in_another_language_is_unknown(shelf):
    chance = random.Random(9)
    foreign = [
        " ".join(chance.choice(FRENCH) if n % 2 else word[::-1] for n, word in enumerate(abstract.split()))
        for _title, abstract in shelf.tried
    ]
    assert holds([why_not_comparable(title="", abstract=f"{text} {text}") != "" for text in foreign])
    assert holds(
        [why_not_comparable(title=title, abstract=abstract) != "other_language" for title, abstract in shelf.tried]
    )


def test_too_short_is_unknown(shelf):
    short = [" ".join(abstract.split()[:8]) for _title, abstract in shelf.tried]
    assert holds([why_not_comparable(title="A short title", abstract=text) != "" for text in short])


def test_the_size_of_the_set_does_not_matter(shelf):
    half = np.sort(np.random.default_rng(11).choice(shelf.distances, TRIED // 2, replace=False))
    assert holds(np.abs(shelf.percentiles(shelf.distances, half) - shelf.percentiles(shelf.distances)) <= 5)


def test_seed_and_order_do_not_matter(shelf):
    order = np.random.default_rng(13).permutation(EARLIER)
    assert np.array_equal(distances(shelf.cosines[:, order]), shelf.distances)
    again = shelf.embed(shelf.tried[::-1])[::-1]
    assert np.array_equal(again, shelf.own)

"""What title and abstract alone say: a linear model over their words and their embedding.

Its prediction is one feature of the trees ("wording"). Fed with the 256 embedding components one by one,
the trees follow noise instead: a linear model weighs them together and knows rare words as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import Ridge
from sklearn.preprocessing import normalize

from metrics.ai_score.corpus import Integers, Values
from metrics.embedding.model import Vectors

BUCKETS = 2**18
EMBEDDING_WEIGHT = 0.7
PENALTY = 2.0
FOLDS = 10
RAREST = 3
MOST_COMMON = 0.3


def count_words(*, titles: Sequence[str], abstracts: Sequence[str]) -> csr_matrix:
    """(papers, buckets): counts of words and pairs of words, hashed; the title counts twice."""
    if not titles:
        return csr_matrix((0, BUCKETS))
    texts = [f"{title}. {title}. {abstract}" for title, abstract in zip(titles, abstracts, strict=True)]
    reader = HashingVectorizer(
        n_features=BUCKETS, ngram_range=(1, 2), stop_words="english", alternate_sign=False, norm=None
    )
    return csr_matrix(reader.transform(texts))


@dataclass(frozen=True, slots=True)
class WordingModel:
    """buckets: those in use, ascending. rarity: weight of each. slopes: of each, then of the embedding."""

    buckets: Integers
    rarity: Values
    slopes: Values
    intercept: float

    def predict(self, *, words: csr_matrix, vectors: Vectors) -> Values:
        """Percentile that the wording alone suggests, one a paper; words as count_words gives them."""
        inputs = _inputs(words[:, self.buckets], self.rarity, vectors)
        return np.asarray(inputs @ self.slopes + self.intercept, dtype=np.float64)


def train_wording(*, words: csr_matrix, vectors: Vectors, targets: Values) -> WordingModel:
    """Ridge regression of percentiles on weighted words and embedding; the same bytes every time."""
    seen = np.asarray((words > 0).sum(axis=0)).ravel()
    buckets = np.flatnonzero((seen >= RAREST) & (seen <= MOST_COMMON * words.shape[0])).astype(np.int64)
    rarity = np.log((1 + words.shape[0]) / (1 + seen[buckets])) + 1
    inputs = _inputs(words[:, buckets], rarity, vectors)
    fitted = Ridge(alpha=PENALTY, solver="sparse_cg", tol=1e-4).fit(inputs, targets)
    return WordingModel(
        buckets=buckets,
        rarity=rarity.astype(np.float64),
        slopes=np.asarray(fitted.coef_, dtype=np.float64),
        intercept=float(fitted.intercept_),
    )


def wording_out_of_fold(*, words: csr_matrix, vectors: Vectors, targets: Values, seed: int) -> Values:
    """For each training paper, what a model says that was not trained on it (ten folds)."""
    folds: npt.NDArray[np.int64] = np.random.default_rng(seed).permutation(len(targets)) % FOLDS
    predicted = np.full(len(targets), np.nan)
    for fold in range(FOLDS):
        learn, ask = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if len(learn) and len(ask):
            model = train_wording(words=words[learn], vectors=vectors[learn], targets=targets[learn])
            predicted[ask] = model.predict(words=words[ask], vectors=vectors[ask])
    return predicted


def _inputs(words: csr_matrix, rarity: Values, vectors: Vectors) -> csr_matrix:
    damped = words.astype(np.float64)
    damped.data = 1 + np.log(damped.data)
    weighted = normalize(damped.multiply(rarity).tocsr())
    return csr_matrix(hstack([weighted, csr_matrix(vectors.astype(np.float64) * EMBEDDING_WEIGHT)]))

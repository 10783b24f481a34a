"""The default model: wordllama's 256 dimensions, read from the installed package.

The package's own loader looks one folder too deep for its tokenizer and then asks the network.
Its weights and its tokenizer are ordinary files beside the code, so they are read from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy.sparse import csr_array
from tokenizers import Tokenizer

from metrics.embedding.model import EmbeddingUnavailable, Vectors

WEIGHTS = Path("weights") / "l2_supercat_256.safetensors"
TOKENIZER = Path("tokenizers") / "l2_supercat_tokenizer_config.json"
MAX_TOKENS = 1024
BATCH = 1024


class WordLlamaEmbedding:
    """Mean of static token vectors, scaled to length 1 (a bag of words, no attention)."""

    def __init__(self, *, folder: Path, release: str) -> None:
        """Read weights and tokenizer from a package folder; raises EmbeddingUnavailable when one is missing."""
        for part in (WEIGHTS, TOKENIZER):
            if not (folder / part).is_file():
                raise EmbeddingUnavailable(f"wordllama {release} has no {part}")
        weights = load_file(folder / WEIGHTS)["embedding.weight"]
        self._weights: Vectors = np.ascontiguousarray(weights, dtype=np.float32)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._release = release

    @property
    def name(self) -> str:
        """Model, dimension and the release of the package that the weights came with."""
        return f"wordllama-l2-supercat-{self.dimension}@{self._release}"

    @property
    def dimension(self) -> int:
        """Components of a vector."""
        return int(self._weights.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit rows in the order of the texts; independent of how the texts are batched."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), BATCH):
            vectors[start : start + BATCH] = self._embed_batch(texts[start : start + BATCH])
        return vectors

    def _embed_batch(self, texts: Sequence[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        lengths = np.fromiter((len(encoding) for encoding in encodings), dtype=np.int64, count=len(texts))
        tokens = np.concatenate([np.asarray(encoding.ids, dtype=np.int64) for encoding in encodings])
        starts = np.concatenate(([0], np.cumsum(lengths)))
        counts = csr_array(
            (np.ones(len(tokens), dtype=np.float32), tokens, starts),
            shape=(len(texts), self._weights.shape[0]),
        )
        sums = counts @ self._weights
        norms = np.sqrt(np.einsum("ij,ij->i", sums, sums, dtype=np.float64))
        norms[norms == 0.0] = 1.0
        return np.asarray(sums / norms[:, None], dtype=np.float32)


@lru_cache(maxsize=1)
def load_model() -> WordLlamaEmbedding:
    """The packaged model, loaded once per process; raises EmbeddingUnavailable when the package is not there."""
    try:
        package = distribution("wordllama")
    except PackageNotFoundError:
        raise EmbeddingUnavailable("the package wordllama is not installed") from None
    return WordLlamaEmbedding(folder=Path(str(package.locate_file("wordllama"))), release=package.version)

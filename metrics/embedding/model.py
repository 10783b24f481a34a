"""What an embedding model is here, and how one is found by its dotted path."""

from __future__ import annotations

from collections.abc import Sequence
from pkgutil import resolve_name
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Shape (texts, dimension), float32, each row of length 1 (or all zeros: nothing to embed)."""

DEFAULT_MODEL = "metrics.embedding.wordllama.load_model"


class EmbeddingUnavailable(Exception):
    """The model cannot be loaded: a package or one of its files is missing, or the path names nothing."""


@runtime_checkable
class EmbeddingModel(Protocol):
    """A model that turns texts into unit vectors, the same way every time."""

    @property
    def name(self) -> str:
        """Model, dimension and version, such as `wordllama-l2-supercat-256@0.4.0`: stored with every vector."""

    @property
    def dimension(self) -> int:
        """Components of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit row a text; a row of zeros where a text has no token the model knows."""


def load_embedding_model(path: str = DEFAULT_MODEL) -> EmbeddingModel:
    """The model that the callable at a dotted path builds.

    Raises EmbeddingUnavailable when the path names nothing callable or what it builds is no model.
    """
    try:
        build = resolve_name(path)
    except (ImportError, AttributeError, ValueError) as error:
        raise EmbeddingUnavailable(f"{path}: {error}") from error
    if not callable(build):
        raise EmbeddingUnavailable(f"{path} is not callable")
    model = build()
    if not isinstance(model, EmbeddingModel):
        raise EmbeddingUnavailable(f"{path} builds a {type(model).__name__}, which is no embedding model")
    return model


def embedding_text(*, title: str, abstract: str) -> str:
    """The text that is embedded for a paper: its title, then its abstract."""
    return f"{title.strip()}\n{abstract.strip()}".strip()

"""The packaged model loads without the network and says the same whatever stands beside a text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.embedding.model import EmbeddingUnavailable, embedding_text, load_embedding_model
from metrics.embedding.wordllama import WordLlamaEmbedding, load_model

TEXTS = [
    "On the electrodynamics of moving bodies",
    "A frequency-domain account of attention in residual networks",
    "Les mathématiques de $E=mc^2$ 量子力学",
    "On the electrodynamics of bodies in motion",
]


@pytest.fixture(scope="module")
def model():
    return load_embedding_model()


def test_vectors_are_unit_rows_of_float32_and_the_model_says_which_it_is(model):
    vectors = model.embed(TEXTS)
    assert vectors.shape == (4, model.dimension) == (4, 256)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert model.name.startswith("wordllama-l2-supercat-256@")


def test_texts_that_say_the_same_stand_nearer_than_others(model):
    vectors = model.embed(TEXTS)
    assert vectors[0] @ vectors[3] > vectors[0] @ vectors[1]


def test_nothing_to_embed_is_a_row_of_zeros(model):
    assert not model.embed([""]).any()
    assert model.embed([]).shape == (0, 256)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8), st.text(min_size=1, max_size=80))
def test_a_vector_does_not_depend_on_what_is_embedded_beside_it(others, text):
    model = load_embedding_model()
    np.testing.assert_array_equal(model.embed([*others, text])[-1], model.embed([text])[0])


def test_the_model_is_read_afresh_without_the_network(model, socket_disabled):
    fresh = load_model.__wrapped__()
    np.testing.assert_array_equal(fresh.embed(TEXTS), model.embed(TEXTS))


def test_a_package_without_its_files_is_said_plainly(tmp_path):
    with pytest.raises(EmbeddingUnavailable, match=r"wordllama 9 has no weights"):
        WordLlamaEmbedding(folder=tmp_path, release="9")


@pytest.mark.parametrize(
    "path", ["", "nothing", "no.such.module.load", "metrics.embedding.model.DEFAULT_MODEL", "builtins.dict"]
)
def test_a_path_that_names_no_model_is_said_plainly(path):
    with pytest.raises(EmbeddingUnavailable):
        load_embedding_model(path)


def test_title_and_abstract_are_embedded_together():
    assert embedding_text(title=" On bodies ", abstract=" We move. ") == "On bodies\nWe move."
    assert embedding_text(title="On bodies", abstract="") == "On bodies"

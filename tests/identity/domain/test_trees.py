"""What each feature weighed in the trees."""

import numpy as np
import pytest

from identity.domain.features import FEATURES
from identity.domain.trees import PathShares, fit


@pytest.fixture(scope="module")
def trained():
    random = np.random.default_rng(7)
    features = random.random((2_000, len(FEATURES))).astype(np.float32)
    features[random.random(features.shape) < 0.1] = np.nan
    labels = (np.nan_to_num(features[:, 8]) + 0.2 * random.random(2_000) > 0.6).astype(np.float32)
    return features, fit(features, labels, np.ones(2_000, dtype=np.float32), FEATURES)


def test_shares_add_up_to_the_log_odds_and_the_telling_feature_weighs_most(trained):
    features, booster = trained
    shares = PathShares(booster)(features)
    rest = booster.predict(features, raw_score=True) - shares.sum(axis=1)
    assert np.allclose(rest, rest[0], atol=1e-3)
    assert (np.abs(shares).argmax(axis=1) == 8).mean() > 0.9


def test_shares_of_nothing_are_none(trained):
    assert PathShares(trained[1])(trained[0][:0]).shape == (0, len(FEATURES))

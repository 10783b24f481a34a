"""The model is the same every time, explains itself to the last point, and is judged out of time."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from metrics.ai_score import model as model_module
from metrics.ai_score.backtest import backtest, decile_lift, judge, pooled
from metrics.ai_score.corpus import known_percentiles
from metrics.ai_score.features import GROUPS, NAMES, build_features
from metrics.ai_score.interval import calibrate
from metrics.ai_score.model import AIScoreModel, TooLittleToLearn, UnreadableModel, train, training_set
from metrics.ai_score.ranks import rank_correlation
from metrics.ai_score.record import turn_of
from tests.metrics.ai_score.invented import invented_corpus


@pytest.fixture(scope="module")
def corpus():
    return invented_corpus()


@pytest.fixture(scope="module")
def features(corpus):
    return build_features(corpus)


def lessons_of(corpus, features, targets=None):
    known = known_percentiles(corpus, turn_of(2016)) if targets is None else targets
    return training_set(corpus=corpus, features=features, targets=known, before_year=2016)


@pytest.fixture(scope="module")
def model(corpus, features):
    return train(lessons_of(corpus, features), before_year=2016)


@pytest.fixture(scope="module")
def trial(corpus, features):
    return backtest(corpus, before_year=2016, features=features)


def test_training_twice_gives_the_same_bytes(corpus, features, model):
    again = train(lessons_of(corpus, features), before_year=2016)
    assert again.to_bytes() == model.to_bytes()


def test_a_model_read_back_scores_and_explains_the_same(corpus, model):
    back = AIScoreModel.from_bytes(model.to_bytes())
    inputs = back.features_of(corpus)
    np.testing.assert_array_equal(back.predict(inputs), model.predict(model.features_of(corpus)))
    assert back.explain(inputs[:3]) == model.explain(inputs[:3])
    learned_from = int((~np.isnan(known_percentiles(corpus, turn_of(2016)))).sum())
    assert 400 < learned_from <= 540
    assert (back.before_year, back.trained_on) == (2016, model.trained_on) == (2016, learned_from)


@pytest.mark.parametrize("data", [b"", b"not a model", b"PK\x03\x04 cut short"])
def test_bytes_that_are_no_model_are_refused(data):
    with pytest.raises(UnreadableModel):
        AIScoreModel.from_bytes(data)


def test_scores_lie_between_0_and_100_and_contributions_sum_to_them(corpus, model):
    inputs = model.features_of(corpus)
    scores = model.predict(inputs)
    assert ((scores >= 0) & (scores <= 100)).all()
    for score, explanation in zip(scores[:50], model.explain(inputs[:50]), strict=True):
        total = explanation.base + sum(points for _, points in explanation.parts)
        assert min(max(total, 0), 100) == pytest.approx(score)
        assert {group for group, _ in explanation.parts} == set(GROUPS)
        sizes = [abs(points) for _, points in explanation.parts]
        assert sizes == sorted(sizes, reverse=True)


def test_a_better_record_never_lowers_a_score(corpus, model):
    inputs = model.features_of(corpus)
    better = inputs.copy()
    for name in ("author_leaning_most", "author_mean_most", "wording", "venue_leaning"):
        better[:, NAMES.index(name)] += 5
    assert (model.predict(better) >= model.predict(inputs) - 1e-9).all()


def test_nothing_of_the_judged_years_reaches_the_training(corpus, features, model):
    targets = known_percentiles(corpus, turn_of(2016))
    assert np.isnan(targets[corpus.years >= 2016]).all()
    spoilt = features.copy()
    spoilt[corpus.years >= 2016] = 12345.0
    other = train(lessons_of(corpus, spoilt), before_year=2016)
    assert other.to_bytes() == model.to_bytes()


def test_too_few_papers_are_said_plainly(corpus, features):
    with pytest.raises(TooLittleToLearn, match="200 are needed"):
        backtest(corpus, before_year=2011, features=features)


def test_the_backtest_judges_later_papers_beside_the_baselines(corpus, trial):
    assert trial.judged_on == 180
    assert (corpus.years[trial.rows] >= 2016).all()
    assert trial.model.spearman > max(trial.first_author.spearman, trial.best_author.spearman) > 0
    assert trial.beats_baselines
    assert trial.model.decile_lift > 1


def test_what_a_model_that_knows_less_is_worth_is_judged_too(trial):
    assert set(trial.blinded) == {"without_people", "text_alone"}
    assert trial.model.spearman > trial.blinded["without_people"].spearman > 0


def test_an_interval_holds_for_about_four_later_papers_of_five():
    """Where figures do not grow up meanwhile: reported ones are the same whatever the day."""
    corpus = invented_corpus(dated=False)
    features = build_features(corpus)
    interval = calibrate(lessons_of(corpus, features), corpus)
    assert list(interval.scores) == sorted(interval.scores)
    low, high = interval.around(np.linspace(0, 100, 50))
    assert (low < high).all()
    trial = backtest(corpus, before_year=2016, features=features)
    assert 0.7 < trial.interval_coverage < 0.9
    assert interval.coverage(predicted=trial.predicted, happened=trial.happened) == trial.interval_coverage


def test_too_few_papers_have_no_interval(corpus, features):
    lessons = lessons_of(corpus, features)
    few = replace(lessons, rows=lessons.rows[:100], inputs=lessons.inputs[:100], targets=lessons.targets[:100])
    assert calibrate(few, corpus) is None


def test_a_model_that_loses_to_any_baseline_may_not_be_shown(trial):
    assert not replace(trial, best_author=trial.model).beats_baselines
    assert not replace(trial, model=replace(trial.model, spearman=float("nan"))).beats_baselines


def test_trials_of_several_years_are_judged_together(trial):
    assert pooled([trial]) == replace(trial.model)
    assert pooled([trial, trial]).spearman == pytest.approx(trial.model.spearman)


numbers = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=60)


@settings(max_examples=60, deadline=None)
@given(numbers)
def test_rank_correlation_is_spearmans(pairs):
    one, other = np.array(pairs, dtype=float).T
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert np.isnan(rank_correlation(one, other))
    else:
        assert rank_correlation(one, other) == pytest.approx(spearmanr(one, other).statistic)


def test_decile_lift_is_ten_for_a_perfect_ranking_and_one_for_none():
    truth = np.arange(100.0)
    assert decile_lift(truth, truth) == pytest.approx(10)
    assert decile_lift(np.full(100, 50.0), truth) == pytest.approx(1)
    assert decile_lift(-truth, truth) == 0
    assert np.isnan(decile_lift(truth[:5], truth[:5]))


def test_a_predictor_that_is_silent_stands_at_fifty():
    truth = np.arange(20.0)
    silent = judge(np.full(20, np.nan), truth)
    assert np.isnan(silent.spearman)
    assert silent.coverage == 0


def test_a_large_corpus_is_learned_from_evenly_and_read_in_parts(corpus, features, monkeypatch):
    monkeypatch.setattr(model_module, "MOST_PAPERS", 300)
    thinned = train(lessons_of(corpus, features), before_year=2016)
    assert thinned.trained_on == 300
    whole = thinned.features_of(corpus)
    monkeypatch.setattr(model_module, "AT_ONCE", 77)
    np.testing.assert_array_equal(thinned.features_of(corpus), whole)

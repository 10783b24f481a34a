"""Features know only what was known when a paper appeared."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.ai_score.corpus import FEWEST_CITED, SMALLEST_CELL, DatedCitations, Groups, known_percentiles
from metrics.ai_score.features import NAMES, build_features
from metrics.ai_score.record import authors_before, team, turn_of
from metrics.formulas.indices import h_index
from tests.metrics.ai_score.invented import invented_corpus, rows_of


@pytest.fixture(scope="module")
def corpus():
    return invented_corpus()


def column(features, name):
    return features[:, NAMES.index(name)]


def test_later_papers_and_later_citations_change_no_feature_of_an_earlier_paper(corpus):
    horizon = turn_of(2014)
    early = np.flatnonzero(corpus.first_days < horizon)
    cited, days = corpus.citations.events
    then = days < horizon
    past = rows_of(
        replace(corpus, citations=DatedCitations(papers=len(corpus), cited=cited[then], days=days[then])),
        early,
    )
    np.testing.assert_array_equal(build_features(past), build_features(corpus)[early])


def test_an_authors_record_is_that_of_the_day_before(corpus):
    before = authors_before(corpus)
    cited, days = corpus.citations.events
    places = np.random.default_rng(1).choice(len(corpus.authors.members), 60, replace=False)
    for place in places:
        paper, author = corpus.authors.owners[place], corpus.authors.members[place]
        today = corpus.first_days[paper]
        works = np.unique(corpus.authors.owners[corpus.authors.members == author])
        counts = [int(((cited == work) & (days < today)).sum()) for work in works]
        assert before.papers[place] == (corpus.last_days[works] < today).sum()
        assert before.citations[place] == sum(counts)
        assert before.h[place] == h_index(counts)


def test_papers_of_the_same_day_are_not_an_earlier_record(corpus):
    twins = replace(corpus, first_days=np.full(len(corpus), 700_000), last_days=np.full(len(corpus), 700_000))
    assert (authors_before(twins).papers == 0).all()


def test_reported_figures_give_no_h_since_their_days_are_not_known():
    features = build_features(invented_corpus(dated=False))
    assert np.isnan(column(features, "author_h_most")).all()
    assert np.isnan(column(features, "author_citations_most")).all()
    assert (column(features, "author_papers_most")[-90:] > 0).all()


def test_standing_before_a_day_leaves_out_what_came_after(corpus):
    day = turn_of(2013)
    percentiles = known_percentiles(corpus, day)
    assert np.isnan(percentiles[corpus.years >= 2013]).all()
    counts = corpus.citations.counts_before(day)
    for year, field in np.unique(np.stack((corpus.years, corpus.fields))[:, corpus.years < 2013], axis=1).T:
        cell = (corpus.years == year) & (corpus.fields == field)
        is_compared = cell.sum() >= SMALLEST_CELL and (counts[cell] > 0).mean() >= FEWEST_CITED
        assert (np.isnan(percentiles[cell]) == (not is_compared)).all()
    cell = (corpus.years == 2011) & (corpus.fields == 1)
    assert np.nanmean(percentiles[cell]) == pytest.approx(50)


def test_what_is_unknown_stays_unknown(corpus):
    features = build_features(corpus)
    first_year = corpus.years == 2010
    assert np.isnan(column(features, "author_mean_most")[first_year]).all()
    assert (column(features, "author_leaning_most")[first_year] == 50).all()
    assert np.isnan(column(features, "neighbours_standing")).all()
    assert np.isnan(column(features, "wording")).all()
    assert np.isnan(column(features, "venue_leaning")[corpus.venues < 0]).all()


def test_team_figures_equal_those_of_each_byline_alone():
    groups = Groups.of([[0, 1, 2], [], [3], [1, 0]])
    values = np.array([4.0, np.nan, 2.0, np.nan, 1.0, 3.0])
    figures = team(groups, values, np.array([3, 1, 0, 2]))
    nan = np.nan
    np.testing.assert_array_equal(figures["first"], [1, nan, 4, nan])
    np.testing.assert_array_equal(figures["last"], [3, nan, 2, nan])
    np.testing.assert_array_equal(figures["most"], [3, nan, 4, nan])
    np.testing.assert_array_equal(figures["mean"], [2, nan, 3, nan])
    np.testing.assert_array_equal(figures["least"], [1, nan, 2, nan])


def test_a_paper_without_an_abstract_or_an_author_is_not_scorable(corpus):
    abstracts = ["", *corpus.abstracts[1:]]
    bare = replace(corpus, abstracts=abstracts)
    assert not bare.scorable[0]
    assert bare.scorable[1:].all()

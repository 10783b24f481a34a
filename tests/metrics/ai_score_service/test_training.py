"""What is learned from: the portal's own record, known at publication; and how a training ends."""

from datetime import date

import numpy as np
import pytest

from metrics.ai_score.features import build_features
from metrics.models import PaperMetrics, RefreshRun, ScoreModel
from metrics.services.ai_score.loading import BOTH, COUNTED, REPORTED, loaded_corpus
from metrics.services.ai_score.training import NothingToJudge, train_model
from metrics.services.novelty.vectors import the_model
from metrics.services.refresh.working import refresh_everything
from papers.models import Author, Citation, Paper, ReportedCitations, Venue
from tests.metrics.ai_score_service.small_record import NOON, cite_earlier, make_category, make_record, sign

pytestmark = pytest.mark.django_db


def test_a_training_stores_a_silent_version_with_its_backtest_beside_four_baselines():
    make_record()
    model = train_model(now=NOON, fewest=50)
    assert (model.version, model.is_active, model.cut_off_date) == (1, False, date(2019, 12, 31))
    figures = model.backtest
    assert (figures["before_year"], figures["last_year"]) == (2018, 2019)
    assert (figures["trained_on"], figures["judged_on"], model.paper_count) == (240, 160, 400)
    assert set(figures["baselines"]) == {"first_author", "best_author", "category", "venue"}
    assert figures["model"]["spearman"] > figures["baselines"]["best_author"]["spearman"]
    assert (model.beats_baselines, model.reason) == (True, "beats_baselines")
    assert (figures["figures"], len(figures["sample"])) == (REPORTED, 400)


def test_the_same_record_gives_the_same_bytes():
    make_record()
    one, other = train_model(now=NOON, fewest=50), train_model(now=NOON, fewest=50)
    assert (one.version, other.version) == (1, 2)
    assert bytes(one.content) == bytes(other.content)
    assert one.backtest == other.backtest


def test_where_citations_say_nothing_the_model_loses():
    make_record()
    Paper.objects.update(reported_citation_count=3)
    ReportedCitations.objects.update(count=3)
    model = train_model(now=NOON, fewest=50)
    assert not model.beats_baselines
    assert model.reason == "ranks_nothing"


def test_without_two_years_to_judge_by_nothing_is_trained():
    make_record(years=2)
    with pytest.raises(NothingToJudge) as problem:
        train_model(now=NOON, fewest=120)
    assert (problem.value.found, problem.value.needed) == (160, 180)
    assert not ScoreModel.objects.exists()


def test_what_nobody_reports_or_counts_is_no_figure_to_judge_by():
    make_record(reported=False)
    with pytest.raises(NothingToJudge) as problem:
        train_model(now=NOON, fewest=50)
    assert problem.value.found == 0


def test_where_no_two_years_have_enough_more_years_are_judged_together():
    make_record(years=6)
    figures = train_model(now=NOON, fewest=120).backtest
    assert (figures["before_year"], figures["last_year"], figures["judged_on"]) == (2018, 2020, 240)


def test_the_years_that_are_judged_may_be_chosen():
    make_record()
    assert train_model(now=NOON, fewest=50, before_year=2019).backtest["judged_on"] == 80


def test_later_papers_and_citations_change_no_feature_of_an_earlier_paper():
    papers = make_record(reported=False)
    cite_earlier(papers)
    before = features_by_paper()
    authors = list(Author.objects.order_by("pk"))
    later = Paper.objects.bulk_create(
        Paper(
            title=f"A later orbit {n}",
            abstract=f"We study an orbit and a graph once more. Case {n}.",
            published_date=date(2020 + n % 3, 1 + n % 12, 5),
            published_precision="D",
            venue=papers[0].venue,
        )
        for n in range(60)
    )
    sign(later, [[authors[n % 30], authors[(n + 7) % 30]] for n in range(60)])
    Citation.objects.bulk_create(
        Citation(citing=paper, cited=papers[(n * 13 + m) % len(papers)], source="test")
        for n, paper in enumerate(later)
        for m in range(5)
    )
    after = features_by_paper()
    for pk, row in before.items():
        np.testing.assert_allclose(after[pk], row, rtol=1e-12)


def features_by_paper():
    with loaded_corpus(the_model()) as loaded:
        return dict(zip(loaded.paper_ids.tolist(), build_features(loaded.corpus), strict=True))


def test_stored_vectors_and_neighbours_say_what_computed_ones_do():
    make_record(years=2)
    with loaded_corpus(the_model()) as loaded:
        computed = (loaded.corpus.vectors.copy(), loaded.corpus.neighbours, loaded.corpus.distances)
    refresh_everything(clock=lambda: NOON, wait=True, reason="test")
    assert PaperMetrics.objects.filter(novelty_neighbours__isnull=False).count() > 100
    with loaded_corpus(the_model()) as loaded:
        np.testing.assert_allclose(loaded.corpus.vectors, computed[0], atol=2e-4)
        assert (loaded.corpus.neighbours == computed[1]).mean() > 0.95
        np.testing.assert_allclose(loaded.corpus.distances, computed[2], atol=2e-4)


@pytest.mark.parametrize(("counted", "figures"), [(0, REPORTED), (39, REPORTED), (40, BOTH), (160, COUNTED)])
def test_counted_citations_are_taken_where_the_portal_holds_enough_of_them(counted, figures):
    """Two years of 80 works, of which `counted` cite one each, the earliest first: 40 of 160 are enough for the first year."""
    papers = make_record(years=2)
    Citation.objects.bulk_create(
        Citation(citing=papers[(n + 1) % 160], cited=papers[n], source="test") for n in range(counted)
    )
    refresh_everything(clock=lambda: NOON, wait=True, reason="test", scope=RefreshRun.Scope.CITATIONS)
    with loaded_corpus(the_model()) as loaded:
        assert loaded.figures == figures


def test_the_cell_is_the_category_and_else_the_venue_but_never_a_repository():
    papers = make_record(years=1)
    category = make_category()
    repository = Venue.objects.create(name="arXiv", key="arxiv", kind="repository")
    Paper.objects.filter(pk=papers[0].pk).update(primary_category=category)
    Paper.objects.filter(pk=papers[1].pk).update(venue=repository)
    Paper.objects.filter(pk=papers[2].pk).update(published_date=None, published_precision="")
    with loaded_corpus(the_model()) as loaded:
        cells = dict(zip(loaded.paper_ids.tolist(), loaded.corpus.fields.tolist(), strict=True))
    assert cells[papers[0].pk] == 2 * category.pk
    assert cells[papers[1].pk] == -1
    assert cells[papers[3].pk] == 2 * papers[3].venue_id + 1
    assert papers[2].pk not in cells

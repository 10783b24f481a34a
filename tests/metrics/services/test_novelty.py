"""Papers are embedded, placed among what came before them, and compared in their cell; later papers change nothing."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from metrics.models import AuthorMetrics, PaperMetrics, PaperVector
from metrics.novelty.percentiles import Percentiles
from metrics.services.novelty import percentiles
from metrics.services.novelty.placing import place_waiting_papers
from metrics.services.refresh.changes import refresh_chunk
from papers.models import Change, Paper
from tests.factories.library import make_author, make_category, make_paper
from tests.metrics.refreshed import NOW, refresh_everything

pytestmark = pytest.mark.django_db


# A text in English that is long enough to compare.
WORDS = "In this paper we show which way it is that the needle of a compass has to be set, and this is by degrees"


class Compass:
    """A model whose texts name their direction in degrees: near numbers are near papers."""

    name = "compass@1"
    dimension = 256

    def embed(self, texts):
        angles = np.radians([float(text.split()[-1]) for text in texts])
        vectors = np.zeros((len(texts), 256), dtype=np.float32)
        vectors[:, 0], vectors[:, 1] = np.cos(angles), np.sin(angles)
        return vectors


@pytest.fixture(autouse=True)
def _by_compass(settings):
    settings.METRICS_EMBEDDING_MODEL = f"{__name__}.Compass"


def write(degrees: float, day: date, **more) -> Paper:
    paper = make_paper(f"Towards {degrees}", published=day, abstract=f"{WORDS} {degrees}", **more)
    Change.objects.create(kind="paper", object_id=paper.pk)
    return paper


def place(now: datetime = NOW) -> None:
    while refresh_chunk(now=now).changes:
        pass
    while place_waiting_papers(now=now):
        pass


def numbers(paper: Paper) -> PaperMetrics:
    return PaperMetrics.objects.get(paper=paper)


def neighbours(paper: Paper) -> list[int]:
    return [paper_id for paper_id, _cosine in numbers(paper).novelty_neighbours or []]


@pytest.fixture
def shelf() -> list[Paper]:
    """Twelve papers, a month apart, a degree apart."""
    return [write(n, date(2020, 1, 1) + timedelta(days=31 * n)) for n in range(12)]


def test_the_ten_nearest_earlier_papers_are_found_and_too_few_are_no_distance(shelf):
    place()
    assert neighbours(shelf[11]) == [paper.pk for paper in reversed(shelf[1:11])]
    assert numbers(shelf[11]).novelty_distance > 0
    assert (numbers(shelf[9]).novelty_distance, numbers(shelf[9]).novelty_unknown) == (
        None,
        "few_earlier_papers",
    )


def test_a_paper_that_appears_later_changes_no_earlier_ones_distance(shelf):
    place()
    before = (numbers(shelf[11]).novelty_distance, neighbours(shelf[11]))
    write(11, date(2025, 1, 1))
    write(11, shelf[11].published_date)  # of the same day: not earlier
    place(NOW + timedelta(hours=1))
    assert (numbers(shelf[11]).novelty_distance, neighbours(shelf[11])) == before


def test_an_earlier_paper_that_arrives_late_takes_its_place_among_the_ten(shelf):
    place()
    before = numbers(shelf[11]).novelty_distance
    late = write(11, date(2019, 5, 5))
    place(NOW + timedelta(hours=1))
    assert neighbours(shelf[11])[0] == late.pk
    assert numbers(shelf[11]).novelty_distance < before


def test_a_date_that_was_corrected_moves_the_paper_and_those_that_named_it(shelf):
    place()
    Paper.objects.filter(pk=shelf[10].pk).update(published_date=date(2024, 1, 1))
    Change.objects.create(kind="paper", object_id=shelf[10].pk)
    place(NOW + timedelta(hours=1))
    assert shelf[10].pk not in neighbours(shelf[11])
    assert shelf[11].pk in neighbours(shelf[10])


def test_without_an_abstract_or_a_date_the_number_is_unknown_with_its_reason(shelf):
    place()
    Paper.objects.filter(pk=shelf[11].pk).update(abstract="")
    Paper.objects.filter(pk=shelf[10].pk).update(published_date=None, published_precision="")
    for paper in shelf[10:]:
        Change.objects.create(kind="paper", object_id=paper.pk)
    place(NOW + timedelta(hours=1))
    assert numbers(shelf[11]).novelty_unknown == "no_abstract"
    assert numbers(shelf[10]).novelty_unknown == "no_date"
    assert not PaperVector.objects.filter(paper=shelf[11]).exists()


def test_placing_again_writes_nothing(shelf):
    place()
    before = numbers(shelf[11]).computed_at
    PaperMetrics.objects.filter(paper=shelf[11]).update(novelty_unknown="waiting")
    place(NOW + timedelta(hours=1))
    assert neighbours(shelf[11]) == [paper.pk for paper in reversed(shelf[1:11])]
    assert numbers(shelf[10]).computed_at == before


def test_novelty_is_the_percentile_in_the_cell_and_an_author_has_the_mean(shelf, monkeypatch):
    monkeypatch.setattr(
        percentiles,
        "novelty_percentiles",
        lambda *, distances, categories, fields, years: Percentiles(
            np.arange(len(distances)) * 10.0, np.zeros(len(distances), dtype=np.int64)
        ),
    )
    ada, category = make_author(), make_category()
    ours = [write(30.0 + n * n, date(2022, 1, 1 + n), category=category, by=[ada]) for n in range(3)]
    place()
    # Two of the shelf have a distance too, and come before them.
    assert [numbers(paper).novelty for paper in ours] == [20.0, 30.0, 40.0]
    assert AuthorMetrics.objects.get(author=ada).novelty == 30.0
    assert AuthorMetrics.objects.get(author=ada).novelty_count == 3


def test_a_full_refresh_and_one_after_an_import_place_alike(shelf):
    place()
    piecemeal = {paper.pk: neighbours(paper) for paper in shelf}
    PaperVector.objects.all().delete()
    PaperMetrics.objects.all().delete()
    refresh_everything()
    assert {paper.pk: neighbours(paper) for paper in shelf} == piecemeal

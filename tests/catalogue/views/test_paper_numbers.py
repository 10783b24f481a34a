"""What a paper's numbers are made of, and what is similar to it."""

from datetime import date

import pytest
import time_machine

from catalogue.presenters.numbers.explained import NUMBERS
from metrics.models import PaperMetrics, ScoreModel
from papers.models import Paper, ReportedCitations
from tests.factories.library import cite, make_author, make_category, make_paper
from tests.metrics.ai_score_service.small_record import make_version
from tests.metrics.refreshed import NOW, refresh_everything

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _frozen_day():
    with time_machine.travel(NOW, tick=False):
        yield


def told(client, paper: Paper, name: str) -> str:
    response = client.get(f"{paper.get_absolute_url()}numbers/{name}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


SUBJECTS = ("gradient descent", "black holes", "protein folding", "robot kinematics")


@pytest.fixture
def papers() -> list[Paper]:
    """Sixty papers with abstracts on four subjects, in one category, a month apart."""
    ada, learning = make_author("Ada Byron"), make_category()
    return [
        make_paper(
            f"On {SUBJECTS[n % 4]}, part {n}",
            by=[ada],
            category=learning,
            citations=n % 5,
            kind="article",
            published=date(2020 + n // 30, 1 + n % 12, 1 + n // 12 % 28),
            abstract=f"In this paper we study {SUBJECTS[n % 4]} again and show that it is of use for the rest of the field, {n}.",
        )
        for n in range(60)
    ]


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_before_a_refresh_every_number_says_why_it_is_unknown(client, name):
    html = told(client, make_paper(), name)
    assert ('<i class="unknown">–</i>' in html) is (name != "shown_citations")


def test_novelty_lists_the_ten_nearest_earlier_papers_with_their_cosine(client, papers):
    refresh_everything()
    paper = papers[-1]
    row = PaperMetrics.objects.get(paper=paper)
    html = told(client, paper, "novelty")
    assert f"<b>{row.novelty:.0f}%</b>" in html
    assert "The 10 nearest earlier papers" in html
    listed = html.split("The 10 nearest earlier papers</figcaption>")[1].split("</table>")[0]
    assert listed.count("<tr>") == 11
    for pk, cosine in row.novelty_neighbours:
        near = Paper.objects.get(pk=pk)
        assert near.published_date < paper.published_date
        assert near.get_absolute_url() in listed
        assert f"{cosine:.3f}" in listed
    assert "novelty@2" in html
    first = told(client, min(papers, key=lambda p: p.published_date), "novelty")
    assert "Fewer than ten earlier papers with an abstract are kept here." in first


def test_impact_and_percentile_name_the_reference_set_and_whose_figures_they_are(client, papers):
    Paper.objects.update(published_date=date(2021, 5, 5))
    refresh_everything()
    html = told(client, papers[-1], "field_weighted_impact")
    assert "It is compared with 60 works of 2021 in Machine Learning" in html
    assert "itself included; together they have 120 citations, reported by test." in html
    assert "It has 2.00 times the mean of 2.00 citations. 1 is the average." in html
    assert "It has more citations than 90.0 % of them" in told(client, papers[-1], "citation_percentile")


def test_a_set_of_fewer_than_fifty_compares_nothing(client, papers):
    refresh_everything()
    html = told(client, papers[-1], "field_weighted_impact")
    assert "Fewer than 50 works of the same category, type and year have known citations" in html


def test_without_a_category_nothing_is_compared(client):
    paper = make_paper()
    refresh_everything()
    assert "No source states a category" in told(client, paper, "citation_percentile")


def test_citations_name_every_source_with_its_date(client):
    paper = make_paper(by=[make_author()], citations=12)
    ReportedCitations.objects.create(paper=paper, source="crossref", count=9)
    ReportedCitations.objects.create(paper=paper, source="openalex", count=12, as_of_date=date(2026, 1, 2))
    cite(make_paper("Cites it", published=date(2024, 1, 1)), paper)
    refresh_everything()
    html = told(client, paper, "shown_citations")
    assert "as of Jan 2, 2026" in html
    assert "without a date" in html
    assert '<th scope="row">Counted here</th><td class="num">1</td>' in html
    assert '<th scope="row">2024</th><td class="num">1</td>' in html


def test_the_ai_score_shows_what_moved_it_and_what_the_model_is_worth(client):
    paper = make_paper(by=[make_author()])
    refresh_everything()
    judged = {"spearman": 0.41, "decile_lift": 3.1, "coverage": 1.0}
    model = ScoreModel.objects.create(
        version=3,
        formula="ai_score@1",
        cut_off_date=date(2021, 12, 31),
        trained_at=NOW,
        paper_count=4000,
        backtest={
            "base": 50.0,
            "model": judged,
            "baselines": {"best_author": {**judged, "spearman": 0.27}},
            "before_year": 2020,
            "last_year": 2021,
            "judged_on": 900,
        },
        beats_baselines=True,
        is_active=True,
        content=b"",
    )
    PaperMetrics.objects.filter(paper=paper).update(
        ai_score=61.0, ai_model=model, ai_unknown="", ai_contributions=[["venue", 12.25], ["wording", -1.25]]
    )
    html = told(client, paper, "ai_score")
    assert "<b>61</b>" in html
    assert '<th scope="row">The venue’s earlier record</th><td class="num">+12.2</td>' in html
    assert '<th scope="row">Wording of title and abstract</th><td class="num">−1.2</td>' in html
    assert "Model version 3, trained on 4,000 papers." in html
    assert '<th scope="row">Best author’s earlier mean</th><td class="num">0.270</td>' in html
    assert "AI Score, an estimate" in client.get(paper.get_absolute_url()).content.decode()


def test_a_model_that_is_not_shown_is_the_reason_and_its_backtest_is_there(client):
    paper = make_paper(by=[make_author()])
    refresh_everything()
    html = told(client, paper, "ai_score")
    assert "No model has been trained on this record yet." in html


def test_similar_works_come_from_the_same_vectors(client, papers):
    refresh_everything()
    page = client.get(papers[-1].get_absolute_url()).context["page"]
    assert len(page.similar) == 6
    assert papers[-1].pk not in {card.id for card in page.similar}
    subject = SUBJECTS[59 % 4]
    assert all(subject in card.title for card in page.similar)
    assert client.get(make_paper("No vector").get_absolute_url()).context["page"].similar == ()


def test_a_wrong_slug_redirects_and_cleo_can_only_read(client, cleo):
    paper = make_paper()
    right = f"{paper.get_absolute_url()}numbers/novelty/"
    assert client.get(f"/papers/{paper.public_id}/wrong/numbers/novelty/")["Location"] == right
    assert client.get(f"{paper.get_absolute_url()}numbers/charm/").status_code == 404
    client.force_login(cleo)
    assert client.post(right).status_code == 405
    assert not PaperMetrics.objects.exists()


def test_the_page_tells_a_score_of_a_paper_that_the_model_learned_from_apart_from_a_forecast(client):
    model = make_version(active=True)
    ScoreModel.objects.filter(pk=model.pk).update(backtest=model.backtest | {"learned_since": 2010})
    said = "learned from this paper"
    for year, is_learned in ((2015, True), (2022, False), (2009, False)):
        paper = make_paper(f"Of {year}", published=date(year, 3, 1))
        PaperMetrics.objects.create(paper=paper, ai_score=61.0, ai_model=model, computed_at=NOW)
        assert (said in client.get(paper.get_absolute_url()).content.decode()) is is_learned

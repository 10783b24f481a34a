"""The judge has curves of the names that are here, made anew when the record has grown by half."""

from datetime import UTC, datetime, timedelta

import pytest

from identity.domain import recalibration
from identity.domain.corpus import Byline, PaperFacts
from identity.domain.recalibration import recalibrated
from identity.models import IdentityModel
from identity.services import calibrating
from identity.services.calibrating import calibrated_judge
from identity.services.model import SHIPPED_NAME, active_judge, shipped_judge
from tests.factories.record import make_author, make_paper
from tests.identity.domain.test_names import named

NOW = datetime(2026, 11, 1, tzinfo=UTC)
GIVEN = ("Anna", "Annette", "Boris", "Bogdan", "Clara", "Clement", "Dorian", "Doris")
FAMILY = ("Ashgrove", "Birchwood", "Cedarholm", "Dogwooder")


def papers(count=120):
    people = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    return [
        PaperFacts(
            [Byline(named(people[(7 * k + step * 5) % len(people)])) for step in range(3)], 2000 + k % 9, "", "rings"
        )
        for k in range(count)
    ]


def test_curves_are_made_of_cut_names_and_the_trees_stay(monkeypatch):
    monkeypatch.setattr(recalibration, "FEWEST_PAIRS", 1)
    judge, heard = shipped_judge(), []
    fitted = recalibrated(judge, papers(), tell=lambda done, of: heard.append((done, of)))
    assert fitted.boosters is judge.boosters
    assert fitted.curves.keys() == judge.curves.keys()
    assert fitted.curves != judge.curves
    assert heard[-1] == (9, 10)
    again = recalibrated(judge, papers())
    assert again.curves == fitted.curves


def test_a_stage_with_few_pairs_keeps_its_curves():
    assert recalibrated(shipped_judge(), papers(6)).curves == shipped_judge().curves


@pytest.mark.django_db
def test_a_site_is_calibrated_once_and_again_when_it_has_grown(monkeypatch):
    calls = []
    monkeypatch.setattr(calibrating, "FEWEST_MENTIONS", 2)
    monkeypatch.setattr(
        calibrating, "recalibrated", lambda judge, papers, tell: calls.append(len(papers)) or judge_copy(judge)
    )

    def name_at(minutes):
        return calibrated_judge(now=NOW + timedelta(minutes=minutes), tell=lambda *_: None)[0]

    make_paper("Rings", authors=[make_author("Wei Wang")])
    assert name_at(0) == SHIPPED_NAME
    make_paper("Stones", authors=[make_author("Li Li")])
    first = name_at(1)
    assert first.startswith(f"{SHIPPED_NAME} at ")
    assert name_at(2) == first
    make_paper("Trees", authors=[make_author("Anna Rarename")])
    second = name_at(3)
    assert calls == [2, 3]
    assert [model.name for model in IdentityModel.objects.filter(is_active=True)] == [second] != [first]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "stays"), [("arxiv-1 at 202611010000", False), ("site-20261101000000", True)])
def test_a_site_with_curves_of_an_earlier_shipped_model_takes_the_new_one(name, stays):
    IdentityModel.objects.create(name=name, trained_at=NOW, is_active=True, content=shipped_judge().to_bytes())
    found, _ = active_judge()
    assert found == (name if stays else SHIPPED_NAME)


def judge_copy(judge):
    return type(judge)(judge.boosters, dict(judge.curves), dict(judge.figures))

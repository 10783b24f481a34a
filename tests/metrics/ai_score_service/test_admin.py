"""Curators choose the model in the admin; others do not, and nothing changes when they try."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from metrics.models import ScoreJob, ScoreModel
from tests.factories.library import make_paper
from tests.metrics.ai_score_service.small_record import NOON, make_version

pytestmark = pytest.mark.django_db
LIST = "/admin/metrics/scoremodel/"


def address(act, *args) -> str:
    return reverse(f"admin:metrics_scoremodel_{act}", args=args)


@pytest.fixture
def curating(client, dana):
    client.force_login(dana)
    return client


def test_the_list_says_which_version_speaks_or_why_none_does(curating):
    make_version(1, spearman=0.2)
    page = curating.get(LIST).content.decode()
    assert "Not shown: in held-out years" in page
    make_version(2, active=True)
    page = curating.get(LIST).content.decode()
    assert "Model version 2, trained on 400 papers" in page
    assert "data-refresh" not in page


def test_a_training_is_asked_for_after_a_page_that_says_what_it_does(curating, dana):
    page = curating.get(address("train")).content.decode()
    assert "stored inactive" in page
    assert not ScoreJob.objects.exists()
    assert curating.post(address("train")).status_code == 302
    job = ScoreJob.objects.get()
    assert (job.kind, job.state, job.requested_by) == ("train", "queued", dana)
    page = curating.get(LIST).content.decode()
    assert 'data-refresh="#score-jobs"' in page


def test_a_failed_training_says_why(curating):
    ScoreJob.objects.create(
        kind="train",
        state="failed",
        failure="too_little_to_learn",
        detail="12 papers",
        requested_at=NOON,
        finished_at=NOON,
    )
    assert "Too few earlier works" in curating.get(LIST).content.decode()


def test_a_version_is_activated_with_its_backtest_and_what_changes_in_view(curating):
    papers = [make_paper(f"Paper number {n}") for n in range(12)]
    make_version(1, active=True, sample=[(paper.pk, 50.0 + n) for n, paper in enumerate(papers)])
    model = make_version(2, sample=[(paper.pk, 50.0 - n) for n, paper in enumerate(papers)])
    page = curating.get(address("activate", model.pk)).content.decode()
    for part in (
        "Best author’s earlier mean",
        "0.400",
        "0.270",
        "Rank correlation between the two: -1.000",
        "-22.0",
    ):
        assert part in page
    assert curating.post(address("activate", model.pk)).status_code == 302
    assert list(ScoreModel.objects.filter(is_active=True)) == [model]
    assert LogEntry.objects.get().change_message == "Activated."


@pytest.mark.parametrize(
    ("citations", "sentence"),
    [
        ("reported", "Citations are those that sources report"),
        ("counted", "Citations are those counted in this portal"),
        ("both", "Each reference set uses one kind of citations"),
    ],
)
def test_a_version_says_whose_citations_it_learned_from(curating, citations, sentence):
    model = make_version()
    ScoreModel.objects.update(backtest=model.backtest | {"figures": citations, "trained_on": 4906})
    page = curating.get(address("activate", model.pk)).content.decode()
    assert sentence in page
    assert "Trained on 4,906 papers" in page


def test_a_version_that_loses_has_no_button_and_posting_does_nothing(curating):
    model = make_version(1, spearman=0.2)
    page = curating.get(address("activate", model.pk)).content.decode()
    assert 'type="submit" class="default"' not in page
    answer = curating.post(address("activate", model.pk), follow=True)
    assert "Not shown: in held-out years" in answer.content.decode()
    assert not ScoreModel.objects.filter(is_active=True).exists()
    assert not ScoreJob.objects.exists()


def test_a_version_has_its_page_and_can_be_compared_with_any_other(curating):
    old, new = make_version(1, active=True), make_version(2)
    page = curating.get(reverse("admin:metrics_scoremodel_change", args=[new.pk])).content.decode()
    assert address("compare", old.pk, new.pk) in page
    assert address("activate", new.pk) in page
    page = curating.get(address("compare", old.pk, new.pk)).content.decode()
    assert "No paper was scored by both versions" in page
    assert curating.get(address("compare", old.pk, 999)).status_code == 404


def test_the_speaking_version_can_fall_silent(curating):
    model = make_version(1, active=True)
    assert "are removed" in curating.get(address("retire", model.pk)).content.decode()
    curating.post(address("retire", model.pk))
    assert not ScoreModel.objects.filter(is_active=True).exists()
    assert ScoreJob.objects.get().kind == "score"


def test_a_stranger_reaches_none_of_it_and_changes_nothing(client, cleo):
    active, other = make_version(1, active=True), make_version(2)
    client.force_login(cleo)
    for act, args in (
        ("train", ()),
        ("activate", (other.pk,)),
        ("retire", (active.pk,)),
        ("compare", (active.pk, other.pk)),
    ):
        for method in (client.get, client.post):
            answer = method(address(act, *args))
            assert answer.status_code == 302
            assert "/login/" in answer["Location"]
    assert list(ScoreModel.objects.filter(is_active=True)) == [active]
    assert not ScoreJob.objects.exists()


def test_someone_of_the_staff_without_the_right_may_look_and_not_act(client, cleo):
    cleo.is_staff = True
    cleo.save()
    model = make_version(1)
    client.force_login(cleo)
    for act, args in (("train", ()), ("activate", (model.pk,)), ("retire", (model.pk,))):
        assert client.post(address(act, *args)).status_code == 403
    assert not ScoreJob.objects.exists()
    assert not ScoreModel.objects.filter(is_active=True).exists()

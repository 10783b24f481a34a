"""Curators decide on pairs that may be one work: they see first what would happen, and can take it back."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from papers.models import Paper, PaperMatch
from tests.factories.record import make_paper

NOW = datetime(2026, 5, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curating(client, dana):
    client.force_login(dana)
    return client


@pytest.fixture
def pair():
    papers = [make_paper(title=f"On the spacing of {word}") for word in ("clocks", "watches")]
    one, other = sorted(paper.pk for paper in papers)
    return PaperMatch.objects.create(one_id=one, other_id=other, reason="years", found_at=NOW)


def page(action: str) -> str:
    return reverse(f"admin:papers_papermatch_action_{action}")


def decide(client, action, pair):
    looked = client.get(page(action), {"ids": pair.pk})
    data = {"ids": pair.pk, "looked_at": looked.context["digest"], "apply": "1", "reason": ""}
    answer = client.post(page(action), data, follow=True)
    pair.refresh_from_db()
    return answer


def standing() -> int:
    return Paper.objects.filter(merged_into=None).count()


def test_a_curator_joins_a_pair_and_parts_it_again(curating, pair, dana):
    decide(curating, "join", pair)
    assert (pair.state, pair.decided_by, standing()) == ("joined", dana, 1)
    decide(curating, "part", pair)
    assert (pair.state, standing()) == ("never", 2)
    assert LogEntry.objects.filter(user=dana).count() == 2


def test_a_pair_that_is_kept_apart_can_be_decided_again(curating, pair):
    decide(curating, "never", pair)
    assert pair.state == "never"
    decide(curating, "reopen", pair)
    assert (pair.state, pair.decided_by, pair.decided_at) == ("open", None, None)


@pytest.mark.parametrize(("state", "possible"), [("open", {"join", "never"}), ("never", {"reopen"})])
def test_only_what_a_pairs_state_allows_is_said_to_change_it(curating, pair, state, possible):
    if state == "never":
        PaperMatch.objects.update(state="never", decided_at=NOW)
    touched = {
        action
        for action in ("join", "never", "part", "reopen")
        if curating.get(page(action), {"ids": pair.pk}).context["touched_count"]
    }
    assert touched == possible


def test_what_was_decided_by_another_in_the_meantime_is_left_as_it_is(curating, pair):
    looked = curating.get(page("join"), {"ids": pair.pk})
    PaperMatch.objects.update(state="never", decided_at=NOW)
    data = {"ids": pair.pk, "looked_at": looked.context["digest"], "apply": "1", "reason": ""}
    answer = curating.post(page("join"), data)
    assert "out of date" in answer.content.decode()
    assert standing() == 2


@pytest.mark.parametrize("action", ["join", "never", "part", "reopen"])
def test_nobody_else_decides(client, ada, pair, action):
    client.force_login(ada)
    assert client.post(page(action), {"ids": pair.pk, "apply": "1"}).status_code in {302, 403}
    pair.refresh_from_db()
    assert pair.state == "open"

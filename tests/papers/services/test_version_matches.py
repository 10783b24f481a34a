"""Pairs of works that may be one: what a curator keeps apart stays apart until it is opened again."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from papers.models import PaperMatch
from papers.services.version_matches import decide_never, reopen
from tests.factories.record import make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def papers():
    return [make_paper(f"On clocks, part {n}") for n in range(4)]


def pair(one, other, **more) -> PaperMatch:
    return PaperMatch.objects.create(one=one, other=other, **{"reason": "title", "found_at": NOW, **more})


def test_open_pairs_are_kept_apart_and_the_rest_left_as_it_is(papers, dana):
    wanted, other = pair(papers[0], papers[1]), pair(papers[0], papers[2])
    joined = pair(papers[2], papers[3], state="joined", decided_at=NOW)
    assert decide_never(match_ids=[wanted.pk, joined.pk, 0], by=dana, now=NOW) == [wanted.pk]
    wanted.refresh_from_db()
    assert (wanted.state, wanted.decided_by, wanted.decided_at) == ("never", dana, NOW)
    assert set(PaperMatch.objects.exclude(pk=wanted.pk).values_list("pk", "state", "decided_by")) == {
        (other.pk, "open", None),
        (joined.pk, "joined", None),
    }
    assert decide_never(match_ids=[wanted.pk], by=dana, now=NOW) == [], "decided is decided"


def test_a_pair_that_is_opened_again_is_nobodys_decision(papers, dana):
    kept, still = pair(papers[0], papers[1]), pair(papers[1], papers[2])
    decide_never(match_ids=[kept.pk], by=dana, now=NOW)
    assert reopen(match_ids=[kept.pk, still.pk]) == [kept.pk]
    kept.refresh_from_db()
    assert (kept.state, kept.decided_by, kept.decided_at) == ("open", None, None)
    assert reopen(match_ids=[kept.pk]) == []
    assert reopen(match_ids=[]) == []


def test_a_pair_stands_once_in_one_order_and_says_when_it_was_decided(papers):
    pair(papers[0], papers[1])
    for wrong in (
        {"one": papers[0], "other": papers[1]},
        {"one": papers[1], "other": papers[0]},
        {"one": papers[1], "other": papers[1]},
        {"one": papers[1], "other": papers[2], "state": "never"},
        {"one": papers[1], "other": papers[2], "decided_at": NOW},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            pair(**wrong)

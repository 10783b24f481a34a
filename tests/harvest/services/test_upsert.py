"""What a work's page shows of citations and notices, from what sources, notices and curators state."""

from datetime import date
from typing import Any

import pytest

from harvest.domain.build import build_work
from harvest.services.writer.upsert import Upsert


def upsert(stated: dict[str, Any] | None = None, **more: Any) -> Upsert:
    record = build_work({"ids": {"local": "x"}, "title": "On the spacing of clocks", **(stated or {})})
    return Upsert([record], record, **more)


@pytest.mark.parametrize(
    ("reported", "counted", "shown"), [(None, None, None), (0, None, 0), (None, 3, 3), (9, 3, 9), (2, 3, 3)]
)
def test_the_larger_of_two_counts_is_shown_and_none_is_not_nought(reported, counted, shown):
    assert upsert(reported=reported, counted=counted).shown == shown


def test_a_work_without_date_stands_behind_all_others():
    dated, undated = upsert({"published": "1869-05"}), upsert()
    assert (dated.published, undated.published) == (date(1869, 5, 1), None)
    assert undated.keyset_date < dated.keyset_date


@pytest.mark.parametrize(
    ("stated", "noticed", "corrected", "notice"),
    [
        ({}, (), None, ""),
        ({"retracted": True}, (), None, "retraction"),
        ({"notices": [{"kind": "correction"}]}, (), None, "correction"),
        ({"notices": [{"kind": "correction"}]}, ("concern",), None, "concern"),
        ({}, ("retraction", "correction"), None, "retraction"),
        ({"retracted": True}, (), False, ""),
        ({"retracted": True, "notices": [{"kind": "correction"}]}, ("retraction",), False, "correction"),
        ({}, (), True, "retraction"),
        ({"notices": [{"kind": "withdrawal"}]}, (), True, "withdrawal"),
    ],
)
def test_the_gravest_notice_stands_and_a_curators_word_above_it(stated, noticed, corrected, notice):
    one = upsert(stated, noticed=frozenset(noticed), corrected_retraction=corrected)
    assert (one.notice, one.is_retracted) == (notice, notice in ("retraction", "withdrawal"))

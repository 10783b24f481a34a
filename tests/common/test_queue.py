"""The bell is rung on commit, and a queue that is away fails nobody."""

import pytest
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from common import queue

REAL_SEND = queue.send


@pytest.mark.django_db(transaction=True)
def test_a_task_is_sent_when_the_transaction_commits_and_not_before(bell):
    with transaction.atomic():
        queue.enqueue("portal.tidy")
        assert bell == []
    assert bell == [("portal.tidy", {})]


@pytest.mark.django_db(transaction=True)
def test_a_task_of_a_transaction_that_failed_is_not_sent(bell):
    with transaction.atomic():
        queue.enqueue("portal.tidy")
        transaction.set_rollback(True)
    assert bell == []


def test_a_queue_that_is_away_is_noted_and_fails_nobody(monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(type(current_app._get_current_object()), "send_task", refuse)
    assert REAL_SEND("portal.tidy", {}) is False


@pytest.mark.django_db
def test_a_task_can_be_run_here_by_name():
    queue.run_here("portal.tidy")


def test_running_an_unknown_task_says_its_name():
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        queue.run_here("nobody.knows")

"""What a test leaves open in the database keeps no later test from beginning with empty tables."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from accounts.models import User
from tests import databases
from tests.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_transaction_that_a_test_left_open_holds_up_nobody(cleo):
    """As of a browser's last request, or of a thread that hangs; before, this and every later test failed."""
    holding, ended = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def hold() -> None:
        try:
            with transaction.atomic():
                person("ben@example.org", "Ben Babbage")
                holding.set()
                ended.wait(30)
                User.objects.count()
        except OperationalError as error:
            failures.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=hold)
    other.start()
    try:
        assert holding.wait(10)
        databases.empty_what_was_written(None)
    finally:
        ended.set()
        other.join()
    assert not User.objects.exists()
    assert len(failures) == 1

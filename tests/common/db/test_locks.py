"""A name is held by one at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from common.db.locks import lock_number, locked, locked_if_free, session_locked_if_free


def elsewhere(action):
    """The result of an action in another database session."""

    def run():
        try:
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(run).result()


def is_free(name: str) -> bool:
    with locked_if_free(name) as ours:
        return ours


def test_a_name_has_one_number_that_fits_postgres():
    assert lock_number("a") == lock_number("a") != lock_number("b")
    assert -(2**63) <= lock_number("a") < 2**63


@pytest.mark.django_db(transaction=True)
def test_a_lock_keeps_others_out_until_its_transaction_ends():
    with locked("name"):
        assert elsewhere(lambda: is_free("name")) is False
        assert elsewhere(lambda: is_free("another name")) is True
    assert elsewhere(lambda: is_free("name")) is True


@pytest.mark.django_db(transaction=True)
def test_a_session_lock_outlasts_transactions_and_ends_with_its_block():
    with session_locked_if_free("import") as ours:
        assert ours
        assert elsewhere(lambda: is_free("import")) is False
    assert elsewhere(lambda: is_free("import")) is True

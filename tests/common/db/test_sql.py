"""Statements that stay planned: the same rows, counted and logged like any other, kept by the connection."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from common.db.sql import fetch
from tests.factories.library import make_author

SQL = "SELECT id, name FROM papers_author WHERE id = ANY(%(ids)s) ORDER BY id"

pytestmark = pytest.mark.django_db


def kept_plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%papers_author WHERE id%%'")
        return cursor.fetchone()[0]


def test_rows_come_as_they_would_without_a_plan():
    authors = [make_author(name=name) for name in ("Ada O'Byron", "Бен 100%")]
    for _ in range(3):
        assert fetch(SQL, {"ids": [a.pk for a in authors]}, is_prepared=True) == [(a.pk, a.name) for a in authors]


def test_a_statement_asked_again_is_planned_once_and_counts_each_time(django_assert_num_queries):
    pk = make_author().pk
    with django_assert_num_queries(3):
        for _ in range(3):
            fetch(SQL, {"ids": [pk]}, is_prepared=True)
    assert kept_plans() == 1


def test_a_connection_that_may_keep_nothing_keeps_nothing(monkeypatch):
    pk = make_author().pk
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    before = kept_plans()
    for _ in range(3):
        assert fetch(SQL, {"ids": [pk]}, is_prepared=True)
    assert kept_plans() == before


def test_other_statements_go_on_carrying_their_values_in_their_text():
    fetch(SQL, {"ids": [1]}, is_prepared=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", ["untyped"])
        assert cursor.fetchone() == ("untyped",)


def test_a_plan_outlives_the_undoing_of_a_transaction_and_a_table_that_grows_a_column():
    pk = make_author().pk
    with transaction.atomic():
        fetch(SQL, {"ids": [pk]}, is_prepared=True)
        fetch(SQL, {"ids": [pk]}, is_prepared=True)
        transaction.set_rollback(True)
    assert len(fetch(SQL, {"ids": [pk]}, is_prepared=True)) == 1
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE papers_author ADD COLUMN grown int")
    assert len(fetch(SQL, {"ids": [pk]}, is_prepared=True)) == 1


def test_what_is_logged_can_be_sent_again_as_it_stands():
    author = make_author(name="Ada O'Byron")
    with CaptureQueriesContext(connection) as asked:
        fetch(SQL, {"ids": [author.pk]}, is_prepared=True)
    with connection.cursor() as cursor:
        cursor.execute(asked[0]["sql"])
        assert cursor.fetchall() == [(author.pk, author.name)]

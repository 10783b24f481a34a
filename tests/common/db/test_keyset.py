"""Cursors: ours alone, and for one list alone."""

from datetime import UTC, date, datetime

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from common.db.keyset import InvalidCursor, Order, newest_first, read_cursor, read_row_id, sign_cursor, unsign_cursor

VALUES = ["words", 1, -20, 0.1, None, 17]


def test_a_cursor_is_read_back_as_it_was_written_and_is_the_same_every_time():
    text = sign_cursor(VALUES, of="authors\0ada")
    assert unsign_cursor(text, of="authors\0ada") == VALUES
    assert sign_cursor(VALUES, of="authors\0ada") == text


def test_a_cursor_of_another_list_or_another_site_is_refused():
    text = sign_cursor(VALUES, of="authors\0ada")
    for other in ("authors\0ben", "papers\0ada", ""):
        with pytest.raises(InvalidCursor):
            unsign_cursor(text, of=other)
    with override_settings(SECRET_KEY="another site's"), pytest.raises(InvalidCursor):
        unsign_cursor(text, of="authors\0ada")


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text):
    with pytest.raises(InvalidCursor):
        unsign_cursor(text, of="q")


def test_a_changed_letter_is_noticed():
    text = sign_cursor(VALUES, of="q")
    with pytest.raises(InvalidCursor):
        unsign_cursor(("B" if text[0] == "A" else "A") + text[1:], of="q")


@pytest.mark.parametrize(
    ("order", "value"),
    [
        (newest_first("id"), date(2022, 5, 24)),
        (newest_first("id", is_nullable=True), None),
        (Order("sent_at", "id", datetime.fromisoformat), datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)),
        (Order("relevance", "id"), 0.30000000000000004),
    ],
)
def test_a_page_starts_at_exactly_the_value_it_ended_with(order, value):
    cursor = read_cursor(order, before=sign_cursor((value, 2**60), of=order.column))
    assert cursor is not None
    assert (cursor.value, cursor.row_id, cursor.is_backwards) == (value, 2**60, True)
    assert read_cursor(order) is None


def test_a_row_id_is_digits():
    assert read_row_id("17") == 17
    for text in ("", "-1", "²", "1" * 19, "x"):
        with pytest.raises(InvalidCursor):
            read_row_id(text)

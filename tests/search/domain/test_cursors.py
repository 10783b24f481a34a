"""Cursors of search: ours alone, and for one query alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.domain.cursors import Cursor, InvalidCursor, read_cursor, write_cursor

CURSOR = Cursor("words", (1, -20, -300, 17))


def test_a_cursor_is_read_back_as_it_was_written():
    text = write_cursor(CURSOR, query="authors\0ada", secret="s")
    assert read_cursor(text, query="authors\0ada", secret="s") == CURSOR


def test_a_cursor_of_another_query_or_another_site_is_refused():
    text = write_cursor(CURSOR, query="authors\0ada", secret="s")
    for query, secret in (("authors\0ben", "s"), ("papers\0ada", "s"), ("authors\0ada", "t")):
        with pytest.raises(InvalidCursor):
            read_cursor(text, query=query, secret=secret)


@given(st.text(max_size=200))
def test_any_other_text_is_refused(text):
    with pytest.raises(InvalidCursor):
        read_cursor(text, query="q", secret="s")


def test_a_changed_letter_is_noticed():
    text = write_cursor(CURSOR, query="q", secret="s")
    changed = text[:-2] + ("A" if text[-2] != "A" else "B") + text[-1]
    with pytest.raises(InvalidCursor):
        read_cursor(changed, query="q", secret="s")

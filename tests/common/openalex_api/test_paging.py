"""A cursor is taken where it was given out: by the same list in the same order, whole and unchanged."""

from math import inf, nan

import pytest

from common.openalex_api.paging import (
    Ordering,
    Position,
    digest_of,
    read_count,
    read_cursor,
    read_ratio,
    read_row_id,
    read_text,
    write_cursor,
)
from common.openalex_api.problems import InvalidParameter

BY_WORKS = Ordering("works_count", "works", read_count)
DIGEST = digest_of("authors", "works_count")


@pytest.mark.parametrize("value", [0, 17, None])
def test_a_cursor_brings_its_position_back(value):
    position = Position(value, 2**40, 99)
    assert read_cursor(write_cursor(position, digest=DIGEST), ordering=BY_WORKS, digest=DIGEST) == position


def test_a_star_is_the_start():
    assert read_cursor("*", ordering=BY_WORKS, digest=DIGEST) is None


@pytest.mark.parametrize("text", ["", "x", "**", "MTox", "\0"])
def test_what_was_not_given_out_is_refused(text):
    with pytest.raises(InvalidParameter, match="not one that this API has given out"):
        read_cursor(text, ordering=BY_WORKS, digest=DIGEST)


def test_a_changed_cursor_is_refused():
    text = write_cursor(Position(3, 4, 5), digest=DIGEST)
    with pytest.raises(InvalidParameter):
        read_cursor(text[:-1] + ("a" if text[-1] != "a" else "b"), ordering=BY_WORKS, digest=DIGEST)


def test_a_cursor_of_another_list_or_order_is_refused():
    text = write_cursor(Position(3, 4, 5), digest=digest_of("authors", "cited_by_count"))
    with pytest.raises(InvalidParameter, match="belongs to another list"):
        read_cursor(text, ordering=BY_WORKS, digest=DIGEST)
    by_name = Ordering("display_name", "name", read_text, is_descending=False)
    with pytest.raises(InvalidParameter):
        read_cursor(write_cursor(Position(3, 4, 5), digest=DIGEST), ordering=by_name, digest=DIGEST)


def test_parts_of_a_digest_do_not_run_together():
    assert digest_of("ab", "c") != digest_of("a", "bc")


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (read_text, 3),
        (read_count, "3"),
        (read_count, 2**31),
        (read_row_id, -1),
        (read_row_id, 2**63),
        (read_ratio, inf),
        (read_ratio, nan),
        (read_ratio, "1"),
    ],
)
def test_values_that_no_column_holds_are_refused(read, value):
    with pytest.raises((ValueError, TypeError)):
        read(value)

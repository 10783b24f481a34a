"""How much of a date and a byline a list shows, and how ids are written and read."""

from datetime import date

import pytest

from papers.domain.bylines import Printed, found_again, may_be
from papers.domain.display import BylineName, date_style, iso_date, short_byline
from papers.domain.public_ids import encode
from papers.domain.relations import gravest
from papers.domain.uris import read_public_id, record_uri

TODAY = date(2026, 11, 22)
DAY = date(2022, 5, 24)


@pytest.mark.parametrize(
    ("day", "precision", "style", "iso"),
    [
        (DAY, "D", "date", "2022-05-24"),
        (DAY, "M", "month", "2022-05"),
        (DAY, "Y", "year", "2022"),
        (date(2026, 1, 2), "D", "day", "2026-01-02"),
        (date(2026, 1, 1), "M", "month", "2026-01"),
        (None, "D", "year", ""),
        (None, "", "year", ""),
    ],
)
def test_a_date_shows_no_more_than_is_known(day, precision, style, iso):
    assert date_style(day, precision, today=TODAY) == style
    assert iso_date(day, precision) == iso


def names(*positions: int, subject: int = 0) -> list[BylineName]:
    return [BylineName(at, f"Name {at}", "", at == subject) for at in positions]


@pytest.mark.parametrize(
    ("byline", "count", "first", "beyond", "is_cut"),
    [
        (names(1), 1, [1], None, False),
        (names(1, 2, 3), 3, [1, 2, 3], None, False),
        (names(1, 2, 3), 4, [1, 2, 3], None, True),
        (names(1, 2, 3, subject=2), 900, [1, 2, 3], None, True),
        (names(1, 2, 3, 4, subject=4), 4, [1, 2, 3], 4, False),
        (names(1, 2, 3, 57, subject=57), 3_303, [1, 2, 3], 57, True),
        ([], 0, [], None, False),
        # Somebody who stands twice on a byline, as some sources have it, is shown once.
        ([*names(1, 2, 3, subject=1), BylineName(9, "Name 9", "", True)], 9, [1, 2, 3], None, True),
    ],
)
def test_a_byline_shows_three_names_and_the_person_whose_page_it_is(byline, count, first, beyond, is_cut):
    short = short_byline(byline, author_count=count)
    assert [name.position for name in short.names] == first
    assert (short.subject_beyond.position if short.subject_beyond else None) == beyond
    assert short.is_cut is is_cut


@pytest.mark.parametrize("letter", "WAITS")
@pytest.mark.parametrize("row_id", [1, 24, 25, 10**6, 2**40])
def test_an_id_is_read_from_every_address_that_we_write(letter, row_id):
    public_id = encode(letter, row_id)
    address = record_uri("https://colophon.example", letter, row_id)
    assert address.endswith(f"/{public_id}")
    for text in (public_id, address, f"{address}/a-slug", f"/{address.split('/', 3)[3]}"):
        assert read_public_id(text) == (letter, row_id)


@pytest.mark.parametrize(
    "text", ["", "W", "W2741809807", "https://openalex.org/W2741809807", "/papers/", "/pages/Wabcdefgh"]
)
def test_ids_and_addresses_of_others_are_none_of_ours(text):
    assert read_public_id(text) is None


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ((), ""),
        (("correction",), "correction"),
        (("correction", "retraction", "concern"), "retraction"),
        (("concern", "withdrawal"), "withdrawal"),
        (("something else",), ""),
    ],
)
def test_the_gravest_notice_speaks_for_a_work(kinds, found):
    assert gravest(kinds) == found


def printed(*names: str) -> list[Printed]:
    return [Printed(at, name) for at, name in enumerate(names, start=1)]


@pytest.mark.parametrize(
    ("wanted", "byline", "position"),
    [
        (Printed(1, "Ada Byron"), printed("Ada Byron", "Ben Babbage"), 1),
        # The source turned the order, then abbreviated.
        (Printed(2, "Ada Byron"), printed("Ada Byron", "Ben Babbage"), 1),
        (Printed(1, "Ada Byron"), printed("Ben Babbage", "A. Byron"), 2),
        (Printed(1, "A. Byron"), printed("Ben Babbage", "Ada Byron"), 2),
        (Printed(1, "Byron, Ada"), printed("Ada Byron"), 1),
        # Two of one name: the nearer.
        (Printed(3, "Wei Zhang"), printed("Wei Zhang", "Li Na", "B. Babbage", "Wei Zhang"), 4),
        # Two whose initials agree, and nothing that tells them apart.
        (Printed(1, "A. Byron"), printed("Ada Byron", "Anne Byron"), None),
        (Printed(1, "Ada Byron"), printed("Ben Babbage"), None),
        (Printed(1, "Ada Byron"), printed("Bea Byron"), None),
        (Printed(1, "Ada Byron"), [], None),
    ],
)
def test_a_name_is_found_again_on_a_byline_that_was_written_anew(wanted, byline, position):
    found = found_again(wanted, byline)
    assert (found.position if found else None) == position


@pytest.mark.parametrize(
    ("one", "name", "expected"),
    [
        ("A. Byron", "Ada Byron", True),
        ("Ada M. Byron", "Ada Byron", True),
        ("Byron, A. M.", "Ada Mary Byron", True),
        ("Ada Byron", "Ada Lovelace", False),
        ("B. Byron", "Ada Byron", False),
    ],
)
def test_a_printed_name_may_be_a_persons(one, name, expected):
    assert may_be(one, name) is expected

"""Check digits of identifiers as their standards define them, on identifiers that exist."""

import pytest

from papers.domain.check_digits import (
    isbn10_is_valid,
    isbn13_is_valid,
    issn_is_valid,
    mod11_2_is_valid,
    ror_is_valid,
    to_isbn13,
)


@pytest.mark.parametrize("value", ["0000000218250097", "0000000151093700", "000000012146438X", "000000021694233X"])
def test_orcid_ids_and_isnis_end_in_their_digit(value):
    assert mod11_2_is_valid(value)
    other = "0" if value[-1] != "0" else "1"
    assert not mod11_2_is_valid(value[:-1] + other)


@pytest.mark.parametrize("value", ["1751-1577", "0028-0836", "0036-8075", "2434-561X", "0378-5955"])
def test_an_issn_ends_in_its_digit_and_two_digits_exchanged_are_noticed(value):
    assert issn_is_valid(value)
    exchanged = value[1] + value[0] + value[2:]
    assert exchanged == value or not issn_is_valid(exchanged)


@pytest.mark.parametrize(
    ("ten", "thirteen"),
    [
        ("0306406152", "9780306406157"),
        ("080442957X", "9780804429573"),
        ("0262035618", "9780262035613"),
        ("3540774777", "9783540774778"),
    ],
)
def test_a_book_has_one_number_in_two_lengths(ten, thirteen):
    assert isbn10_is_valid(ten)
    assert isbn13_is_valid(thirteen)
    assert to_isbn13(ten) == thirteen


@pytest.mark.parametrize("value", ["", "030640615", "0306406153", "X306406152", "030640615x", "9780306406157"])
def test_what_is_no_number_of_ten_digits_is_none(value):
    assert not isbn10_is_valid(value)


@pytest.mark.parametrize("value", ["", "9780306406158", "9770306406157", "978030640615", "978-0306406157"])
def test_what_is_no_number_of_thirteen_digits_is_none(value):
    assert not isbn13_is_valid(value)


@pytest.mark.parametrize("value", ["052gg0110", "013meh722", "042nb2s44", "00f54p054", "05dxps055"])
def test_a_ror_id_ends_in_its_two_digits(value):
    assert ror_is_valid(value)
    assert not ror_is_valid(value[:-2] + f"{(int(value[-2:]) + 1) % 100:02d}")

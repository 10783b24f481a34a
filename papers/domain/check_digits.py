"""Check digits of ORCID iD and ISNI (ISO 7064), ISSN, ISBN and ROR. Inputs are ASCII, upper case for X."""

import re

_CROCKFORD = {letter: value for value, letter in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}
_ISBN13 = re.compile(r"97[89][0-9]{10}")
_ISBN10 = re.compile(r"[0-9]{9}[0-9X]")


def mod11_2_is_valid(value: str) -> bool:
    """ISO 7064 MOD 11-2 over sixteen characters: ORCID iD and ISNI, without separators."""
    total = 0
    for digit in value[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == value[-1]


def issn_is_valid(value: str) -> bool:
    """ISO 3297: weights 8 to 2, modulo 11; the value is like "1751-1577"."""
    digits = value.replace("-", "")
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return "0123456789X"[-total % 11] == digits[7]


def isbn13_is_valid(value: str) -> bool:
    """ISO 2108: weights 1 and 3 in turn, modulo 10."""
    return _ISBN13.fullmatch(value) is not None and _isbn13_digit(value[:12]) == value[12]


def isbn10_is_valid(value: str) -> bool:
    """ISO 2108 before 2007: weights 10 to 2, modulo 11."""
    if _ISBN10.fullmatch(value) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(value[:9], range(10, 1, -1), strict=True))
    return "0123456789X"[-total % 11] == value[9]


def to_isbn13(isbn10: str) -> str:
    """The thirteen digits of a valid ten-digit ISBN."""
    stem = "978" + isbn10[:9]
    return stem + _isbn13_digit(stem)


def _isbn13_digit(stem: str) -> str:
    return str(-sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(stem)) % 10)


def ror_is_valid(value: str) -> bool:
    """ROR's two check digits: 98 - (n * 100 mod 97), n the Crockford number before them."""
    number = 0
    for letter in value[:-2]:
        number = number * 32 + _CROCKFORD[letter]
    return 98 - number * 100 % 97 == int(value[-2:])

"""Identifiers with the right form and check digits that no registry has handed out."""

from harvest.demo.dice import Dice

_BASE32 = "0123456789abcdefghjkmnpqrstvwxyz"


def iso7064_mod_11_2(digits: str) -> str:
    """The check character (0 to 9 or X) of ORCID iDs, by ISO/IEC 7064 MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


def orcid(dice: Dice) -> str:
    """An ORCID iD from 0009-9…, outside the two blocks that ORCID assigns from.

    Those blocks are 0000-0001-5000-0007 to 0000-0003-5000-0001 and 0009-0000-… to 0009-0010-….
    """
    digits = "00099" + "".join(str(dice.below(10)) for _ in range(10))
    complete = digits + iso7064_mod_11_2(digits)
    return "-".join(complete[start : start + 4] for start in range(0, 16, 4))


def ror(number: int) -> str:
    """The ROR address for `number`, from 0zz…: real ones have begun with 00 to 05 so far."""
    tail = "".join(_BASE32[(number >> shift) & 31] for shift in (15, 10, 5, 0))
    value = 0
    for letter in "zz" + tail:
        value = value * 32 + _BASE32.index(letter)
    return f"https://ror.org/0zz{tail}{98 - (value * 100) % 97:02d}"


def issn(number: int) -> str:
    """An ISSN with its check digit, from 9999-000…"""
    digits = f"9999{number:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    check = (11 - total % 11) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def doi(seed: int, number: int) -> str:
    """A DOI under 10.5555, the prefix that Crossref keeps for examples."""
    return f"10.5555/colophon.{seed}.{number:06d}"


def arxiv(archive: str, year: int, month: int, number: int) -> str:
    """An arXiv id of the style of its date, numbered above what arXiv reached in any month."""
    if (year, month) < (2007, 4):
        return f"{archive}/{year % 100:02d}{month:02d}{900 + number % 100:03d}"
    digits = 5 if year >= 2015 else 4
    top = 10 ** (digits - 1)
    return f"{year % 100:02d}{month:02d}.{9 * top + number % top}"

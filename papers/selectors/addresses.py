"""Addresses of records from their id and label, without loading a model and without resolving routes each time."""

from collections.abc import Callable
from functools import lru_cache, partial

from django.urls import get_script_prefix, reverse
from django.utils.text import slugify

from papers.domain import public_ids

PAGES = {
    "W": "catalogue:paper",
    "A": "profiles:author",
    "I": "catalogue:institution",
    "T": "catalogue:topic",
    "S": "catalogue:venue",
}


@lru_cache(maxsize=32_768)
def slug_of(label: str) -> str:
    """The same slug as the model's: at most 80 characters, `-` where nothing is left."""
    return slugify(label)[:80].strip("-") or "-"


@lru_cache(maxsize=32)
def _pattern(letter: str, prefix: str) -> str:
    return reverse(PAGES[letter], args=["0id0", "0slug0"])


def address(letter: str, pk: int, label: str) -> str:
    """`address("A", 7, "Ada Byron")` gives `/authors/A…/ada-byron/`."""
    return _address(get_script_prefix(), letter, pk, label)


def addressing() -> Callable[[str, int, str], str]:
    """`address` for the many of one page: where the site is mounted is looked up once."""
    return partial(_address, get_script_prefix())


@lru_cache(maxsize=65_536)
def _address(prefix: str, letter: str, pk: int, label: str) -> str:
    pattern = _pattern(letter, prefix)
    return pattern.replace("0id0", public_ids.encode(letter, pk)).replace("0slug0", slug_of(label))

"""Titles reduced to what all sources print alike."""

import re
from functools import lru_cache
from hashlib import blake2b

from common.richtext.text import fold, plain_text

MIN_TITLE_KEY_CHARS = 12  # shorter ones ("Introduction") are shared by works that have nothing in common
MIN_TITLE_WORDS = 2
MAX_TITLE_KEY_CHARS = 400  # keeps the key inside what a B-tree entry holds, in any script

_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
    "upsilon phi chi psi omega"
).split()
_GREEK_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"
_GREEK = str.maketrans(dict(zip(_GREEK_LETTERS, _GREEK_NAMES, strict=True)) | {"ς": "sigma"})
_GREEK_COMMAND = re.compile(
    r"\\(?:var)?(" + "|".join(sorted(_GREEK_NAMES, key=len, reverse=True)) + r")(?![a-z])", re.I
)
_COMMAND = re.compile(r"\\[a-zA-Z]+\*?")
_WORDS = re.compile(r"[^\W_]+")


def title_key(title: str) -> str:
    """The title's letters and digits, folded; "" when it is too short to tell works apart.

    Equal for spellings that differ in case, punctuation, spacing, TeX or entities. Greek letters count
    as their names, so "$\\alpha$-stable", "α-stable" and "alpha-stable" are one.
    """
    text = title
    if "\\" in text or "$" in text or "&" in text or "<" in text:
        text = plain_text(text)
        if "\\" in text:
            text = _COMMAND.sub(" ", _GREEK_COMMAND.sub(r" \1 ", text))
    folded = fold(text)
    words = _WORDS.findall(folded if folded.isascii() else folded.translate(_GREEK))
    key = "".join(words)
    if len(key) < MIN_TITLE_KEY_CHARS and not _is_dense(key):
        return ""
    if len(words) < MIN_TITLE_WORDS and not _is_dense(key):
        return ""
    return key[:MAX_TITLE_KEY_CHARS]


@lru_cache(maxsize=8_192)
def title_hash(key: str) -> int | None:
    """64 bits of a title's key for a compact index; None for one too short to match on."""
    if not key:
        return None
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def _is_dense(key: str) -> bool:
    """Scripts without spaces say in eight characters what takes Latin letters two dozen."""
    return len(key) >= 8 and sum("\u3040" <= letter <= "\ud7af" for letter in key) * 2 > len(key)

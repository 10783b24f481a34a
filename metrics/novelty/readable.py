"""Whether a text can be compared with others: long enough, and in the language of the embedding."""

from __future__ import annotations

import re

FEWEST_WORDS = 20
# Of the words of English abstracts 30 to 45 in a hundred are among these; of those of other languages hardly any.
LEAST_SHARE = 0.12
_EVERYDAY = frozenset(
    "the of and to in is we that for this with are by on as which from it can be an our have has these at or not its"
    " using used show between results than also such but both into more their two was were based paper been".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENGLISH = re.compile(r"(?i)(?:en|eng|english)(?:[-_].*)?")


def why_not_comparable(*, title: str, abstract: str, language: str = "") -> str:
    """ "" for a text that can be compared; "too_short", or "other_language" by its own statement or its words."""
    if language and not _ENGLISH.fullmatch(language):
        return "other_language"
    words = _WORD.findall(abstract.lower())
    if len(words) + len(_WORD.findall(title)) < FEWEST_WORDS:
        return "too_short"
    everyday = sum(word in _EVERYDAY for word in words)
    return "other_language" if everyday < LEAST_SHARE * len(words) else ""

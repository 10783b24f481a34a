"""Names of people as printed in bylines, split and folded for comparison, never rewritten."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from common.richtext.text import fold
from papers.domain.name_spellings import joined, spellings, syllables

__all__ = ["PersonName", "fold", "keys_of_name", "name_words", "parse_person_name", "search_text"]

# Joined to the family name wherever they stand before it
_PARTICLES = frozenset(
    "von van de der den den' del della dei degli di da das do dos du des d' la le el al as bin ibn ben bint "
    "ter ten te zu zum zur vom af av op 't 's y i e und und'".split()
)
# Also when printed with a capital; never at the first place, where "Di", "Le" and "Van" are given names
_CAPITAL_PARTICLES = frozenset("von van de der den del della di da dos du la le el al ter st st. bin ibn".split())
_CONNECTORS = frozenset({"y", "i", "e"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "filho", "júnior", "junior", "neto"})
_ALWAYS_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "2nd", "3rd"})
_SPANISH_FAMILY = re.compile(
    r"\w+[eéií]z|garc[ií]a|moreno|romero|navarro|castro|ortega|torres|delgado|molina|mart[ií]n", re.I
)
_ODD = re.compile(r"[,(\"“”\[/]|\b(?:dr|prof|mr|mrs|ms|sir|professor)\b\.?\s", re.I)
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LATIN_LETTER = re.compile("[a-z]", re.I)
_SEPARATORS = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"['’ʼʻ‘`´]")
_ASCII_SEPARATORS = {
    code: None if chr(code) in "'`" else " " for code in range(128) if not chr(code).isalnum()
}  # the two rules above for most names, many times as quick
_JOINED_INITIALS = re.compile(r"[A-Z]{2,4}")
_ORDINARY = re.compile(r"((?:[A-Z][a-z]+|[A-Z]\.?)(?:[ -](?:[A-Z][a-z]+|[A-Z]\.?))*) ([A-Z][a-z]+(?:-[A-Z][a-z]+)*)")
_MOST_JOINED = 5  # words of a part; more is a list of people, or no name
_TITLES = frozenset("dr prof mr mrs ms sir professor".split())


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts. `given` and `suffix` are "" when none was printed; `family` never is unless all are."""

    given: str
    family: str
    suffix: str = ""

    @property
    def keys(self) -> "NameKeys":
        """All that names are compared by, folded once."""
        given, family = _tokens(_open_initials(self.given, self.family)), _tokens(self.family)
        tokens = given.split()
        if is_east_asian(self.family):
            key = _tokens(self.family + self.given).replace(" ", "")
        else:
            key = " ".join(filter(None, (given, family, _tokens(self.suffix))))
        return NameKeys(
            key=key,
            family_key=family,
            initials="".join([token[0] for token in tokens]),
            is_initials=bool(tokens) and all(len(token) == 1 and not _EAST_ASIAN.match(token) for token in tokens),
        )

    @property
    def key(self) -> str:
        """See `NameKeys`."""
        return self.keys.key

    @property
    def family_key(self) -> str:
        """See `NameKeys`."""
        return _tokens(self.family)

    @property
    def is_initials(self) -> bool:
        """See `NameKeys`."""
        return self.keys.is_initials

    @property
    def initials(self) -> str:
        """See `NameKeys`."""
        return self.keys.initials


class NameKeys(NamedTuple):
    """What names are compared by.

    `key` is the folded "given family" for equality: hyphens and dots are spaces, the suffix counts; names in East Asian
    scripts are closed up in the order family, given. `family_key` is the folded family name: "von der berg".
    `initials` are the first letters of the given tokens: "Jean-Pierre" gives "jp". `is_initials` says whether there is
    a given part and each of its tokens is one letter.
    """

    key: str
    family_key: str
    initials: str
    is_initials: bool


@lru_cache(maxsize=65_536)
def parse_person_name(printed: str) -> PersonName:
    """Split a printed name; never fails, and loses no letter of it except titles and nicknames."""
    text = " ".join(printed.split())
    if not text:
        return PersonName("", "")
    if _ODD.search(text):
        return _parse_odd(text)
    return _split(text.split(" "))


@lru_cache(maxsize=16_384)
def keys_of_name(printed: str) -> NameKeys:
    """All that a printed name is compared by; the same as `parse_person_name(printed).keys`.

    Two names of three are capitalised words and initials before one family name, and need no parsing.
    """
    ordinary = _ORDINARY.fullmatch(printed)
    if ordinary is None:
        return parse_person_name(printed).keys
    family, given = ordinary[2].lower(), ordinary[1].lower().translate(_ASCII_SEPARATORS).split()
    before = given[-1]
    if (
        family in _SUFFIXES
        or not _TITLES.isdisjoint(given)
        or (len(given) > 1 and (before in _CAPITAL_PARTICLES or _SPANISH_FAMILY.fullmatch(before)))
    ):
        return parse_person_name(printed).keys
    family = family.replace("-", " ")
    initials = "".join([token[0] for token in given])
    return NameKeys(f"{' '.join(given)} {family}", family, initials, len("".join(given)) == len(given))


def search_text(names: Iterable[str]) -> str:
    """All that the names are found by, each word once: their folded words first, then usual spellings in ASCII letters,
    and the words of given and family names joined ("zhiqin" for "Zhi-Qin", "vanderberg" for "van der Berg")."""
    seen: dict[str, None] = {}
    more: dict[str, None] = {}
    for name in names:
        seen.update(dict.fromkeys(_tokens(name).split()))
        more.update(dict.fromkeys(_further_spellings(name)))
    seen.update(more)
    return " ".join(seen)


@lru_cache(maxsize=8_192)
def _further_spellings(name: str) -> tuple[str, ...]:
    """What a name is found by beside its own folded words. Most names are two plain words, and nothing more."""
    if name.isascii() and len(name.split()) == 2 and "-" not in name:
        return ()
    parsed = parse_person_name(name)
    if is_east_asian(name):
        family, given = syllables(_tokens(name).replace(" ", ""))
        found = [*family, *given, "".join(given), *(reading + "".join(given) for reading in family)]
        return tuple(sorted(text for text in found if text))
    parts = [_tokens(parsed.given).split(), _tokens(parsed.family).split()]
    found = [token for part in parts if len(part) <= _MOST_JOINED for token in joined(part)]
    if not name.isascii():
        bare = _APOSTROPHES.sub("", name)
        found += [text for printed in _SEPARATORS.split(bare) for text in spellings(printed) if text]
        found += _tokens(anyascii(bare)).split()
    return tuple(sorted(found))


def is_east_asian(text: str) -> bool:
    """Whether the text is written in Han, Hangul or Kana alone."""
    return not text.isascii() and bool(_EAST_ASIAN.search(text)) and not _LATIN_LETTER.search(text)


def is_spanish_family(word: str) -> bool:
    """Whether the word is a Spanish family name by its form."""
    return _SPANISH_FAMILY.fullmatch(word) is not None


def name_words(text: str) -> list[str]:
    """The folded words of a typed name, as `search_text` has them, without transliterations."""
    return _tokens(text).split()


def _tokens(text: str) -> str:
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII_SEPARATORS).split())
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("", fold(text))).strip()


def _open_initials(given: str, family: str) -> str:
    """ "JH" before "Horne" is two initials, "JH" before "HORNE" may be a name."""
    if _JOINED_INITIALS.fullmatch(given) and not family.isupper():
        return " ".join(given)
    return given


def _bare(token: str) -> str:
    return token.rstrip(".").lower()


def _split(tokens: list[str]) -> PersonName:
    """Names printed in natural order, without commas."""
    if len(tokens) == 1:
        return PersonName("", tokens[0])
    if all(_EAST_ASIAN.search(token) for token in tokens) and not _LATIN_LETTER.search("".join(tokens)):
        return PersonName(" ".join(tokens[1:]), tokens[0])
    suffix = ""
    if len(tokens) > 2 and _bare(tokens[-1]) in _ALWAYS_SUFFIXES:
        suffix = tokens[-1]
        tokens = tokens[:-1]
    start = _family_start(tokens)
    return PersonName(" ".join(tokens[:start]), " ".join(tokens[start:]), suffix)


def _family_start(tokens: list[str]) -> int:
    """The place of the first token of the family name."""
    start = len(tokens) - 1
    if start and _bare(tokens[start]) in _SUFFIXES and start > 1:
        start -= 1  # Brazilian "Silva Filho", "Souza Neto": part of the family name
    if start > 2 and tokens[start - 1] in _CONNECTORS:
        start -= 2  # "Ramón y Cajal"
    elif start > 1 and _SPANISH_FAMILY.fullmatch(tokens[start - 1]) and not tokens[start].endswith("."):
        start -= 1  # "García Márquez"
    while start > 0 and _is_particle(tokens[start - 1], first=start == 1):
        start -= 1
    return start


def _is_particle(token: str, *, first: bool) -> bool:
    if token in _PARTICLES or (token.islower() and token.rstrip("'’") in {"d", "dell", "nell"}):
        return True
    return not first and token.lower() in _CAPITAL_PARTICLES and token[:1].isupper()


def _parse_odd(text: str) -> PersonName:
    """Commas, titles, nicknames: "Family, Given", "Family, Jr., Given", "Given Family, PhD"."""
    if not re.search(r"[(\"“”\[/]", text):
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if 2 <= len(parts) <= 3 and not _ODD.search(" ".join(parts)):
            return _from_comma_parts(parts)
        if len(parts) == 1 and parts[0] != text and not _ODD.search(parts[0]):
            return _split(parts[0].split(" "))
    return _by_nameparser(text)


def _from_comma_parts(parts: list[str]) -> PersonName:
    suffixes = [part for part in parts[1:] if _bare(part) in _ALWAYS_SUFFIXES]
    rest = [part for part in parts[1:] if _bare(part) not in _ALWAYS_SUFFIXES]
    suffix = suffixes[0] if suffixes else ""
    if not rest:
        plain = _split(parts[0].split(" "))
        return PersonName(plain.given, plain.family, suffix or plain.suffix)
    family, given = parts[0], " ".join(rest)
    words = given.split(" ")
    if not suffix and len(words) > 1 and _bare(words[-1]) in _ALWAYS_SUFFIXES:
        given, suffix = " ".join(words[:-1]), words[-1]
    while (words := given.split(" "))[-1] in _PARTICLES and len(words) > 1 and words[-1] not in _CONNECTORS:
        given, family = " ".join(words[:-1]), f"{words[-1]} {family}"
    return PersonName(given, family, suffix)


def _by_nameparser(text: str) -> PersonName:
    from nameparser import HumanName

    parsed = HumanName(text[:300])
    given = " ".join(filter(None, (str(parsed.first), str(parsed.middle))))
    family = str(parsed.last)
    if not family:
        return PersonName("", given or text)
    return PersonName(given, family, str(parsed.suffix))

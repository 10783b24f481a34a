"""Names of people in a form that is compared: closed up, without accents, tokens that are letters known as such."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from anyascii import anyascii

from common.richtext.text import fold
from identity.domain.nicknames import are_forms_of_one, families_of
from papers.domain.name_spellings import spellings

_SEPARATORS = re.compile(r"[^\w]+|_+")
_APOSTROPHES = re.compile(r"['’ʼʻ‘`´]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_TOKEN = re.compile(r"([^\W_]+)(\.?)")
# one syllable of a Chinese or Korean given name in the usual romanisations: "zhi", "qin", "hsiang", "hyeok"
_SYLLABLE = re.compile(
    r"(?:[bcdfghjklmnpqrstwxyz]|ch|ds|gw|hs|hw|hy|kw|ky|my|ny|py|sh|sz|ts|tz|zh)?[aeiou]{1,3}(?:ng|[hklmnprt])?"
)
MAX_ABBREVIATION = 3
FEWEST_LETTERS = 4  # for a name of which one letter may be a slip


class Relation(IntEnum):
    """How two names may be one person's; the order is from near to far."""

    SAME = 0
    SPELLING = 1
    MIDDLE_MISSING = 2
    INITIAL = 3
    NICKNAME = 4
    ONE_LETTER = 5
    SWAPPED = 6
    FAMILY_SHORTENED = 7
    OTHER_FAMILY = 8
    CONTRADICTION = 9


@dataclass(frozen=True, slots=True)
class Name:
    """A name to compare. `given` are folded tokens, those in `short` (by place) are initials or abbreviations.

    `family` is closed up ("vanderberg"), `family_tokens` are its words, `family_spellings` the other
    usual forms of one that is not in ASCII ("loew" of "Löw"). `key` is the closed-up whole, equal for "Zhi-Qin Xu",
    "Zhiqin Xu" and "ZhiQin Xu"; `block` is the family with the first letter of the given name.
    """

    given: tuple[str, ...]
    short: tuple[bool, ...]
    family: str
    family_tokens: tuple[str, ...]
    family_spellings: tuple[str, ...]
    suffix: str
    key: str
    block: str
    is_initials: bool

    @property
    def closed_given(self) -> str:
        """The given tokens without anything between them."""
        return "".join(self.given)

    @property
    def initials(self) -> str:
        """First letters of the given tokens."""
        return "".join(token[0] for token in self.given)


@lru_cache(maxsize=262_144)
def name_of(given: str, family: str, suffix: str = "") -> Name:
    """A name from its parts as printed. Never fails: a name without letters is its own key."""
    tokens, short = _given(given)
    words = tuple(_plain(family).split())
    closed, tail = "".join(words), _plain(suffix).replace(" ", "")
    joined = "".join(tokens)
    return Name(
        tokens,
        short,
        closed,
        words,
        () if family.isascii() else tuple(_plain(text).replace(" ", "") for text in spellings(family)),
        tail,
        key=f"{joined} {closed} {tail}".strip() or f"{given} {family}".casefold(),
        block=_block(tokens, words),
        is_initials=not tokens or all(short),
    )


def block_of(given: str, family: str) -> str:
    """The block of a name, as `name_of` has it, without the rest."""
    tokens, _ = _given(given)
    return _block(tokens, _plain(family).split())


def _block(given: Sequence[str], family: Sequence[str]) -> str:
    """The family name closed up, behind the first letter of the given one."""
    return f"{given[0][0] if given else ''} {''.join(family)}"


def _given(given: str) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    folded = _APOSTROPHES.sub("", _ascii(given))
    tokens: list[str] = []
    short: list[bool] = []
    for word, dot in _TOKEN.findall(folded):
        if word.isupper() and 2 <= len(word) <= 3 and not given.isupper():
            tokens += list(word.lower())  # "JH" before a name in small letters is two initials
            short += [True] * len(word)
            continue
        tokens.append(word.lower())
        short.append(len(word) == 1 or (bool(dot) and len(word) <= MAX_ABBREVIATION))
    return tuple(tokens), tuple(short)


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    return anyascii(text) if _HAN.search(text) or not _is_latin(text) else _fold_keeping_case(text)


def _is_latin(text: str) -> bool:
    return all(ord(letter) < 0x250 or not letter.isalpha() or 0x1E00 <= ord(letter) < 0x1F00 for letter in text)


def _fold_keeping_case(text: str) -> str:
    return "".join(fold(letter).upper() if letter.isupper() else fold(letter) for letter in text)


def _plain(text: str) -> str:
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("", _ascii(text)).lower()).strip()


def relation(a: Name, b: Name) -> Relation:
    """How two names may be forms of one. Symmetric; CONTRADICTION where they cannot be."""
    if a.key == b.key:
        return Relation.SAME
    if _suffixes_differ(a, b):
        return Relation.CONTRADICTION
    family = _family_relation(a, b)
    if family is None:
        return _other_family(a, b)
    given = _given_relation(a, b)
    if family is Relation.SAME or given is Relation.CONTRADICTION:
        return given
    if given is Relation.INITIAL or (given is not Relation.SAME and family is Relation.ONE_LETTER):
        return Relation.CONTRADICTION  # two loose ends are none
    return max(family, given)


def _suffixes_differ(a: Name, b: Name) -> bool:
    return bool(a.suffix and b.suffix and _ordinal(a.suffix) != _ordinal(b.suffix))


def _ordinal(suffix: str) -> str:
    return {"3rd": "iii", "2nd": "ii", "iind": "ii", "iiird": "iii"}.get(suffix, suffix)


def _family_relation(a: Name, b: Name) -> Relation | None:
    if a.family == b.family:
        return Relation.SAME
    if loose_unless_short(a.family) == loose_unless_short(b.family):  # "Zhou" and "Zhu", "Xue" and "Xu" are two names
        return Relation.SPELLING
    if a.family in b.family_spellings or b.family in a.family_spellings:  # "Löw" and "Loew"
        return Relation.SPELLING
    if _is_part(a.family_tokens, b.family_tokens) or _is_part(b.family_tokens, a.family_tokens):
        return Relation.FAMILY_SHORTENED
    if min(len(a.family), len(b.family)) > FEWEST_LETTERS and one_letter_apart(a.family, b.family):
        return Relation.ONE_LETTER
    return None


def _is_part(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return 0 < len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short)


def _other_family(a: Name, b: Name) -> Relation:
    if a.given and b.given and not (a.is_initials or b.is_initials):
        if (a.closed_given, a.family) == (b.family, b.closed_given):
            return Relation.SWAPPED
        if a.closed_given + a.family == b.closed_given + b.family:
            return Relation.SPELLING  # the words are parted elsewhere: "Bui Minh" "Le", "Bui" "Minh Le"
        if a.given[0] == b.given[0]:
            return Relation.OTHER_FAMILY
    return Relation.CONTRADICTION


def _given_relation(a: Name, b: Name) -> Relation:
    if not a.given or not b.given:
        return Relation.CONTRADICTION
    if a.given == b.given:
        return Relation.SAME
    if loose_unless_short(a.closed_given) == loose_unless_short(b.closed_given) and not (
        a.is_initials or b.is_initials
    ):
        return Relation.SPELLING
    i, j = _common_start(a, b)
    if i:
        return _middle(a, b, i, j)
    if a.is_initials or b.is_initials:
        return Relation.INITIAL if _initials_fit(a, b) else Relation.CONTRADICTION
    if _aligned(a, b):
        return Relation.MIDDLE_MISSING
    if are_forms_of_one(a.given[0], b.given[0]):
        rest = _middle(a, b, 1, 1)
        return Relation.NICKNAME if rest is not Relation.CONTRADICTION else rest
    x, y = a.closed_given, b.closed_given
    if min(len(x), len(y)) >= FEWEST_LETTERS and one_letter_apart(x, y):
        return Relation.ONE_LETTER
    return Relation.CONTRADICTION


def _common_start(a: Name, b: Name) -> tuple[int, int]:
    """How many first tokens of each are, closed up, the same full name: "Zhi" "Qin" and "Zhiqin"; (0, 0) for none."""
    if a.short[0] or b.short[0]:
        return 0, 0
    ends = {}
    text = ""
    for place, token in enumerate(a.given, 1):
        text += token
        if a.short[place - 1]:
            break
        ends[text] = place
    best, text = (0, 0), ""
    for place, token in enumerate(b.given, 1):
        text += token
        if b.short[place - 1]:
            break
        if text in ends:
            best = (ends[text], place)
    return best


def _middle(a: Name, b: Name, i: int, j: int) -> Relation:
    """After an equal first name: what is left must be none on one side, or fit.

    "Zhi" is not "Zhi-Qin" without its middle name: the two syllables are one name, as in "Zhiqin".
    """
    x, y = a.given[i:], b.given[j:]
    if not (x and y) and _is_syllable(a.given[i - 1]) and _is_syllable(*x[:1], *y[:1]):
        return Relation.CONTRADICTION
    if not x or not y or _subsequence(a, i, b, j) or _subsequence(b, j, a, i):
        return Relation.MIDDLE_MISSING
    return Relation.CONTRADICTION


def _is_syllable(*tokens: str) -> bool:
    """Whether all these tokens (there may be none: then not) can be syllables of a Chinese or Korean given name.

    Those in the table of familiar forms are none: "Tom" and "Tom Lee".
    """
    return bool(tokens) and all(_SYLLABLE.fullmatch(t) and len(t) > 1 and not families_of(t) for t in tokens)


def first_word(name: Name) -> str:
    """The first given name, closed up where it is several syllables: "zhiqin" of "Zhi-Qin John", "john" of "John Alan"."""
    count = 1
    while count < len(name.given) and not name.short[count] and _is_syllable(name.given[0], name.given[count]):
        count += 1
    return "".join(name.given[:count])


def _aligned(a: Name, b: Name) -> bool:
    """Whether all tokens of one are found in the other in order, one of them in full: "W. John" and "John".

    A short name in full ("Jun" in "Tie-Jun") or a syllable ("Chang" in "Cheng-Chang") is no such sign, but after an
    initial.
    """
    for x, y in ((a, b), (b, a)):
        if len(x.given) <= len(y.given) and _subsequence(x, 0, y, 0):
            fewest = 1 if y.short[0] else FEWEST_LETTERS + 1
            full = {token for token, short in zip(x.given, x.short, strict=True) if not short and len(token) >= fewest}
            if not y.short[0]:
                full = {token for token in full if not _is_syllable(token)}
            if full & {token for token, short in zip(y.given, y.short, strict=True) if not short}:
                return True
    return False


def _subsequence(a: Name, i: int, b: Name, j: int) -> bool:
    place = j
    for k in range(i, len(a.given)):
        while place < len(b.given) and not _tokens_fit(a.given[k], a.short[k], b.given[place], b.short[place]):
            place += 1
        if place == len(b.given):
            return False
        place += 1
    return True


def _tokens_fit(x: str, x_short: bool, y: str, y_short: bool) -> bool:
    if x == y:
        return True
    return (x_short and y.startswith(x)) or (y_short and x.startswith(y))


def _initials_fit(a: Name, b: Name) -> bool:
    if a.is_initials and b.is_initials:
        x, y = (a, b) if len(a.given) <= len(b.given) else (b, a)
        return _tokens_fit(x.given[0], x.short[0], y.given[0], y.short[0]) and _subsequence(x, 0, y, 0)
    short, full = (a, b) if a.is_initials else (b, a)
    if len(short.given) <= len(full.given):
        return _subsequence(short, 0, full, 0) and full.given[0].startswith(short.given[0])
    if not full.given[0].startswith(short.given[0]):
        return False
    if len(full.given) == 1:  # "Z. Q." of "Zhiqin"; "J. R." where the middle name is left out
        return True
    return _subsequence(full, 0, short, 0) or full.closed_given.startswith(short.given[0])


def one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter is put in, left out, changed, or two neighbours are exchanged."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    if len(a) == len(b):
        if a[start + 1 :] == b[start + 1 :]:
            return True
        return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]
    short, long = (a, b) if len(a) < len(b) else (b, a)
    return short[start:] == long[start + 1 :]


_LOOSE = (
    ("ae", "a"),
    ("oe", "o"),
    ("ue", "u"),
    ("ph", "f"),
    ("yi", "i"),
    ("ij", "i"),
    ("iy", "i"),
    ("yy", "i"),
    ("ii", "i"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("shch", "sh"),
    ("tch", "ch"),
    ("tsch", "ch"),
    ("sch", "sh"),
    ("kh", "h"),
    ("ou", "u"),
    ("ss", "s"),
    ("aa", "a"),
    ("zh", "j"),
    ("ts", "c"),
    ("ff", "f"),
)


@lru_cache(maxsize=262_144)
def loose(closed: str) -> str:
    """A spelling in which the usual romanisations of one name meet: ü/ue, ø/oe, BGN and ISO 9, -ov and -off."""
    text = closed
    if text.endswith("off") and len(text) > 5:
        text = text[:-3] + "ov"
    for before, after in _LOOSE:
        text = text.replace(before, after)
    return text


@lru_cache(maxsize=262_144)
def loose_unless_short(closed: str) -> str:
    """As `loose`; short names are left as they are, where one letter is much."""
    return loose(closed) if len(closed) > FEWEST_LETTERS else closed


def can_be_one(a: Name, b: Name) -> bool:
    """Whether an identifier that both carry may be believed: some relation other than a contradiction."""
    return relation(a, b) is not Relation.CONTRADICTION

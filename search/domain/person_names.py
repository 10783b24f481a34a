"""A typed name as conditions on what people are found by, and how well a found person's names fit it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from identity.domain.nicknames import other_forms
from papers.domain.name_spellings import spellings, syllables
from papers.domain.names import is_east_asian, name_words, parse_person_name
from search.domain.spelling import errors_allowed, errors_between

PARTICLES = frozenset("von van de der den del della di da dos du la le el al ter zu bin ibn st".split())
MOST_TOKENS = 8
# A last word of this length is taken as a beginning too; shorter ones begin too many names.
OPEN_ENDED_CHARS = 4

_PARTED = re.compile(r"[^\w'’ʼʻ‘`´]+|_+")
_HAN = "[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_HAN_APART = re.compile(rf"(?<={_HAN})[\s·]+(?={_HAN})")
_INITIALS_JOINED = re.compile(r"[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class TypedName:
    """A name as typed. `tokens` are its folded words; `spelled` the spellings of each, itself first.

    `keys` are what the very same name has as its key without spaces, in the order typed and with a word moved;
    `families` what may be its family name.
    """

    tokens: tuple[str, ...]
    spelled: tuple[tuple[str, ...], ...]
    keys: tuple[str, ...]
    families: tuple[str, ...]

    @property
    def whole(self) -> tuple[int, ...]:
        """The places of words that are more than an initial."""
        return tuple(at for at, token in enumerate(self.tokens) if len(token) > 1)

    @property
    def initials(self) -> tuple[str, ...]:
        """The words that are one letter."""
        return tuple(token for token in self.tokens if len(token) == 1 and token.isascii())


def read_name(text: str) -> TypedName:
    """The name that a text may be; without tokens when it holds no letter."""
    printed = [part for part in _PARTED.split(_HAN_APART.sub("", text)) if "".join(name_words(part))]
    parsed = parse_person_name(text)
    tokens = tuple("".join(name_words(part)) for part in printed[:MOST_TOKENS])
    spelled = tuple(
        tuple(dict.fromkeys([token, *(_bare(form) for form in spellings(shown))]))
        for token, shown in zip(tokens, printed, strict=False)
    )
    keys = (parsed.key, " ".join(tokens), " ".join([*tokens[1:], *tokens[:1]]), " ".join([*tokens[-1:], *tokens[:-1]]))
    families = (*tokens[:1], *tokens[-1:], parsed.family_key)
    return TypedName(
        tokens, spelled, tuple(dict.fromkeys(key.replace(" ", "") for key in keys)), tuple(dict.fromkeys(families))
    )


def _bare(form: str) -> str:
    return "".join(letter for letter in form if letter.isalnum())


def exact_query(name: TypedName, *, is_open_ended: bool, shortest: int = OPEN_ENDED_CHARS) -> str:
    """A tsquery of all whole words in any usual spelling, with neighbours joined.

    `is_open_ended`: the last word may be the beginning of one, when it has `shortest` letters or more. An initial alone
    always is one; "" for no word.
    """
    last = len(name.tokens) - 1
    whole = [
        _spelling_query(name, at, is_open_ended=is_open_ended and at == last and len(name.tokens[at]) >= shortest)
        for at in name.whole
    ]
    if not whole:
        return f"{_quoted(name.tokens[-1])}:*" if name.tokens else ""
    ways = [" & ".join(whole)]
    for start, end in _runs(len(whole)):
        closed = _quoted("".join(name.tokens[at] for at in name.whole[start:end]))
        ways.append(" & ".join([*whole[:start], closed, *whole[end:]]))
    for at in name.whole[1:] if name.whole[0] == 0 else name.whole:
        if len(name.tokens[at - 1]) == 1:  # "O Brien" is one word elsewhere
            closed = _quoted(name.tokens[at - 1] + name.tokens[at])
            ways.append(" & ".join(closed if one == at else part for one, part in zip(name.whole, whole, strict=True)))
    return " | ".join(f"({way})" for way in ways)


def _runs(length: int) -> list[tuple[int, int]]:
    pairs = [(start, start + 2) for start in range(length - 1)]
    return pairs + [(start, start + 3) for start in range(length - 2)]


def loose_query(name: TypedName, near: Sequence[Sequence[str]]) -> str:
    """A tsquery of names that may be meant: words one or two errors apart (`near`, by token), other forms of a given
    name, initials, and a middle name left out. "" for a single short word."""
    whole = [at for at in name.whole if name.tokens[at] not in PARTICLES] or list(name.whole)
    if not whole:
        return ""
    alike = {at: _any([*name.spelled[at], *near[at]]) for at in whole}
    ways = [" & ".join(alike.values())]
    if len(whole) > 1:
        for family in (whole[-1], whole[0]):
            others = [
                _any([*name.spelled[at], *_given_forms(name.tokens[at]), *near[at]]) for at in whole if at != family
            ]
            ways.append(" & ".join([alike[family], *others]))
        ways.append(f"{alike[whole[0]]} & {alike[whole[-1]]}")
    return " | ".join(f"({way})" for way in ways)


def _given_forms(token: str) -> list[str]:
    return sorted({*other_forms(token), token[0]})


def _spelling_query(name: TypedName, at: int, *, is_open_ended: bool) -> str:
    token = name.tokens[at]
    if is_east_asian(token):
        family, given = syllables(token)
        read = " & ".join([_any(family), *(_quoted(text) for text in given)])
        closed = [reading + "".join(given) for reading in family]
        joined = f"{_any(family)} & {_quoted(''.join(given))}" if given else ""
        return _or([_quoted(token), f"({read})", _any(closed), f"({joined})" if joined else ""])
    found = list(name.spelled[at])
    quoted = [_quoted(text) for text in found]
    if is_open_ended:
        quoted.append(f"{_quoted(token)}:*")
    return _or(quoted)


def _any(texts: Iterable[str]) -> str:
    return _or([_quoted(text) for text in dict.fromkeys(texts) if text])


def _or(parts: Iterable[str]) -> str:
    given = [part for part in parts if part]
    return given[0] if len(given) == 1 else f"({' | '.join(given)})"


def _quoted(token: str) -> str:
    return "'" + "".join(letter for letter in token if letter.isalnum()) + "'"


def opened_initials(text: str) -> str:
    """The text with joined capitals parted, as "CR Huang" and "Huang CR" have them; the same text where none are."""
    if text.isupper():
        return text
    return " ".join(" ".join(part) if _INITIALS_JOINED.fullmatch(part) else part for part in text.split(" "))


def fit(name: TypedName, found_by: str) -> float:
    """How well the words that a person is found by fit a typed name, from 0 to 1: 1 when each word is among them."""
    tokens = found_by.split()
    if not name.tokens or not tokens:
        return 0.0
    known = frozenset(tokens)
    return sum(_best(name, at, tokens, known) for at in range(len(name.tokens))) / len(name.tokens)


def _best(name: TypedName, at: int, tokens: Sequence[str], known: frozenset[str]) -> float:
    typed = name.tokens[at]
    if any(form in known for form in name.spelled[at]):
        return 1.0
    if len(typed) == 1:
        return 0.95 if any(token.startswith(typed) for token in tokens) else 0.2
    if not known.isdisjoint(other_forms(typed)):
        return 0.9
    allowed = errors_allowed(typed)
    errors = min((errors_between(typed, token, most=allowed) for token in tokens), default=9) if allowed else 9
    if errors <= allowed:
        return 0.95 - 0.1 * errors
    if typed[0] in known:
        return 0.7
    return 0.3

"""Whether the name of an account can be that of an author record."""

from collections.abc import Iterable
from enum import StrEnum

from anyascii import anyascii

from papers.domain.names import name_words, parse_person_name

_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "å": "aa"})
_PARTICLES = frozenset("van von der den de del della di da dos du le la ten ter zu".split())


class NameVerdict(StrEnum):
    SAME = "same"  # the same words, whatever their order, accents and hyphens
    COMPATIBLE = "compatible"  # initials for names, or parts that one of them leaves out
    MISMATCH = "mismatch"  # another name: asks for a former name or an explanation


def name_verdict(name: str, known_names: Iterable[str]) -> NameVerdict:
    """The best that `name` comes to against any of the names that the record is known by."""
    best = NameVerdict.MISMATCH
    for known in known_names:
        verdict = _compare(name, known)
        if verdict is NameVerdict.SAME:
            return verdict
        if verdict is NameVerdict.COMPATIBLE:
            best = verdict
    return best


def _compare(one: str, other: str) -> NameVerdict:
    best = NameVerdict.MISMATCH
    for ours in name_spellings(one):
        for theirs in name_spellings(other):
            verdict = _compare_spellings(ours, theirs)
            if verdict is NameVerdict.SAME:
                return verdict
            if verdict is NameVerdict.COMPATIBLE:
                best = verdict
    return best


def name_spellings(name: str) -> tuple[str, ...]:
    """A name as it stands, and with umlauts written out."""
    written_out = name.translate(_WRITTEN_OUT)
    return (name,) if written_out == name else (name, written_out)


def _compare_spellings(one: str, other: str) -> NameVerdict:
    ours, theirs = _words(one), _words(other)
    if not ours or not theirs:
        return NameVerdict.MISMATCH
    if sorted(ours) == sorted(theirs) or "".join(ours) in {
        "".join(theirs),
        "".join((*theirs[1:], theirs[0])),
    }:
        return NameVerdict.SAME
    for family, given in ((_family(one), _given(one)), *_turned(ours)):
        for their_family, their_given in ((_family(other), _given(other)), *_turned(theirs)):
            if _families_fit(family, their_family) and _given_fit(given, their_given):
                return NameVerdict.COMPATIBLE
    return NameVerdict.MISMATCH


def _words(name: str) -> list[str]:
    """Folded words in Latin letters, so that a name and its transliteration are compared."""
    words = name_words(name)
    text = " ".join(words)
    return words if text.isascii() else name_words(anyascii(text))


def family_words(name: str, *, with_particles: bool = True) -> tuple[str, ...]:
    """The folded words of the family name in Latin letters; () for a name without one."""
    words = _family(name)
    return words if with_particles or not words else _without_particles(words)


def given_words(name: str) -> tuple[str, ...]:
    """The folded given names in Latin letters, or initials where no more is printed."""
    return _given(name)


def _family(name: str) -> tuple[str, ...]:
    return tuple(_words(parse_person_name(name).family))


def _families_fit(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """The same letters, particles apart, or one part of a double name: "Curie" for "Skłodowska-Curie"."""
    if not ours or not theirs:
        return False
    if "".join(ours) == "".join(theirs):
        return True
    shorter, longer = sorted((_without_particles(ours), _without_particles(theirs)), key=len)
    return "".join(shorter) == "".join(longer) or (
        len(shorter) == 1 and len(shorter[0]) > 2 and shorter[0] in {longer[0], longer[-1]}
    )


def _without_particles(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _PARTICLES) or words


def _given(name: str) -> tuple[str, ...]:
    parsed = parse_person_name(name)
    initials = parsed.keys.initials if parsed.is_initials else ""
    return tuple(initials) if initials.isascii() and initials else tuple(_words(parsed.given))


def _turned(words: list[str]) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """The same words read family name first, as many names are printed."""
    if len(words) < 2 or len(words[0]) == 1:
        return ()
    return (((words[0],), tuple(words[1:])),)


def _given_fit(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether one list of given names can be the other with names shortened to initials or left out.

    The first of both must fit, and the shorter must lie in the longer in its order: "J." fits "Jane Q.", "Q." does not.
    """
    if not ours or not theirs:
        return False
    if "".join(ours) == "".join(theirs):
        return True
    shorter, longer = sorted((ours, theirs), key=len)
    if not _fits(shorter[0], longer[0]):
        return _as_initials(ours, theirs)
    rest = iter(longer[1:])
    return all(any(_fits(word, candidate) for candidate in rest) for word in shorter[1:])


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def _as_initials(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """ "JP" for "Jean-Pierre", where the initials were printed without a space."""
    for short, long in ((ours, theirs), (theirs, ours)):
        if len(short) == 1 and 2 <= len(short[0]) <= 3 and short[0] == "".join(word[0] for word in long):
            return True
    return False

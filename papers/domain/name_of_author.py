"""Which of the names that bylines print a record is called by."""

from collections import defaultdict
from collections.abc import Mapping

from papers.domain.name_parts import NameParts, keys_of_parts, split_name

LEAST_SHARE = 0.1  # of a spelling with accents among those that differ from it by accents, hyphens and spaces alone

type _Spellings = dict[NameParts, int]


def most_printed(forms: Mapping[NameParts, int], *, current: str) -> NameParts:
    """The name of a person whose bylines print these forms so often: the full one that most of them print, initials
    where none is in full.

    Spellings that differ by accents, hyphens and spaces alone count as one name, and of these the most frequent with
    accents is taken unless it is rare: sources lose accents and hardly ever add one. Among equals the current name
    stays, else the longer comes first. Raises ValueError where there is no form.
    """
    names: dict[str, _Spellings] = defaultdict(dict)
    for parts, times in forms.items():
        names[keys_of_parts(parts).key.replace(" ", "") or parts.name][parts] = times
    full = {key: spellings for key, spellings in names.items() if not all(map(_is_shortened, spellings))}
    _, spellings = max((full or names).items(), key=lambda name: _rank(name[1], current))
    return _most_frequent(spellings, current)


def _is_shortened(parts: NameParts) -> bool:
    """Whether the given name is initials or ends with full stops: "J. R.", "Ph."."""
    given = split_name(parts).given
    return keys_of_parts(parts).is_initials or (bool(given) and all(word.endswith(".") for word in given.split()))


def _rank(spellings: _Spellings, current: str) -> tuple[int, bool, int, str]:
    longest = max(spellings, key=lambda parts: (len(parts.name), parts.name)).name
    return sum(spellings.values()), any(parts.name == current for parts in spellings), len(longest), longest


def _most_frequent(spellings: _Spellings, current: str) -> NameParts:
    enough = LEAST_SHARE * sum(spellings.values())
    accented = {one: times for one, times in spellings.items() if not one.name.isascii() and times >= enough}
    return max((accented or spellings).items(), key=lambda form: _rank(dict([form]), current))[0]

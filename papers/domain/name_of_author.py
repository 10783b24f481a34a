"""Which of the names that bylines print a record is called by."""

from collections import defaultdict
from collections.abc import Mapping

from papers.domain.name_parts import NameParts, keys_of_parts, split_name

LEAST_SHARE = 0.1  # of a spelling with accents among those that differ from it by accents, hyphens and spaces alone

type _Spellings = dict[NameParts, int]


def most_printed(forms: Mapping[NameParts, int], *, current: str) -> NameParts:
    """The name of a person whose bylines print these forms so often: the full one that most of them print; an
    abbreviated one where none is in full, and initials where there is nothing else.

    Spellings that differ by accents, hyphens and spaces alone count as one name, and of these the most frequent with
    accents is taken unless it is rare: sources lose accents and hardly ever add one. Among equals the current name
    stays, else the longer comes first. Raises ValueError where there is no form.
    """
    names: dict[str, _Spellings] = defaultdict(dict)
    for parts, times in forms.items():
        names[keys_of_parts(parts).key.replace(" ", "") or parts.name][parts] = times
    spellings = max(names.values(), key=lambda one: (max(map(_completeness, one)), _rank(one, current)))
    return _most_frequent(spellings, current)


def _completeness(parts: NameParts) -> int:
    """2 for a given name in full, 1 for an abbreviated one ("Ph.", "A. Yu."), 0 for initials."""
    if keys_of_parts(parts).is_initials:
        return 0
    given = split_name(parts).given.split()
    return 1 if given and all(word.endswith(".") for word in given) else 2


def _rank(spellings: _Spellings, current: str) -> tuple[int, bool, int, str]:
    longest = max(spellings, key=lambda parts: (len(parts.name), parts.name)).name
    return sum(spellings.values()), any(parts.name == current for parts in spellings), len(longest), longest


def _most_frequent(spellings: _Spellings, current: str) -> NameParts:
    enough = LEAST_SHARE * sum(spellings.values())
    accented = {one: times for one, times in spellings.items() if not one.name.isascii() and times >= enough}
    return max((accented or spellings).items(), key=lambda form: _rank(dict([form]), current))[0]

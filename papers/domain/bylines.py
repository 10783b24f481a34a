"""Finding a name on a byline again after a source wrote the byline anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from papers.domain.names import parse_person_name


@dataclass(frozen=True, slots=True)
class Printed:
    """A name on a byline as printed, at its place from 1."""

    position: int
    name: str


def found_again(wanted: Printed, byline: Sequence[Printed]) -> Printed | None:
    """The name of the byline that `wanted` was: printed alike, else the same full name, else the only one of that
    family whose initials agree; nearest to its old place. None where the byline has no such name any more."""
    alike = [one for one in byline if one.name == wanted.name]
    if not alike:
        keys = parse_person_name(wanted.name).keys
        named = [(one, parse_person_name(one.name).keys) for one in byline]
        alike = [one for one, other in named if keys.key and other.key == keys.key]
        if not alike:
            kin = [
                one
                for one, other in named
                if other.family_key == keys.family_key and _agree(other.initials, keys.initials)
            ]
            alike = kin if len(kin) == 1 else []
    return min(alike, key=lambda one: (abs(one.position - wanted.position), one.position), default=None)


def may_be(printed: str, name: str) -> bool:
    """Whether a printed name may stand for a person of this name: one family, initials that agree."""
    one, other = parse_person_name(printed).keys, parse_person_name(name).keys
    return one.key == other.key or (one.family_key == other.family_key and _agree(one.initials, other.initials))


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)

"""The invented authors: who they are, when they worked, and in which communities."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from harvest.demo import registries
from harvest.demo.cultures import LATIN, OTHER_SCRIPTS, Culture
from harvest.demo.dice import Dice
from harvest.demo.fields import FIELDS
from harvest.demo.institutions import INSTITUTIONS, Institution

PROLIFIC_NAME = "Leonor Vasconcelos"
SOLITARY_NAME = "Tobias Wren"
LAST_YEAR = 2026
_LETTERS = "ABCDEFGHIJKLMNPRSTVW"


@dataclass(slots=True)
class Person:
    """An author of the corpus.

    `communities` are pairs of (field, theme) numbers, the home community first. `weight`
    is how readily the person is drawn into a team, `talent` (1 is usual) how readily their work is cited.
    """

    name: str
    initials: str | None
    orcid: str | None
    communities: tuple[tuple[int, int], ...]
    places: tuple[Institution, ...]
    first_year: int
    last_year: int
    weight: float
    talent: float = 1.0
    joint: dict[int, int] = field(default_factory=dict)

    def works_in(self, year: int) -> bool:
        """True when the person was active in that year."""
        return self.first_year <= year <= self.last_year

    def employer_in(self, year: int) -> Institution | None:
        """Where the person worked in that year; None when they state no affiliation."""
        if not self.places:
            return None
        span = max(1, self.last_year - self.first_year + 1)
        part = max(0, year - self.first_year) * len(self.places) // span
        return self.places[min(part, len(self.places) - 1)]


def folded(name: str) -> str:
    """The name without accents and case, for keeping names apart in the corpus."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def people(dice: Dice, *, number: int) -> list[Person]:
    """`number` authors with different names: the prolific one first, the solitary one last."""
    names = _names(dice, taken={folded(PROLIFIC_NAME), folded(SOLITARY_NAME)})
    crowd = [_person(dice, *next(names)) for _ in range(max(0, number - 2))]
    prolific = _person(dice, PROLIFIC_NAME, None)
    prolific.communities = (*((0, theme) for theme in range(5)), (1, 2), (1, 5))
    prolific.first_year, prolific.last_year, prolific.weight = 1996, LAST_YEAR, 0.0
    prolific.orcid = prolific.orcid or registries.orcid(dice)
    prolific.places = INSTITUTIONS[2:5]
    solitary = _person(dice, SOLITARY_NAME, None)
    solitary.communities, solitary.weight = ((3, 2),), 0.0
    solitary.first_year, solitary.last_year = 1995, LAST_YEAR
    return [prolific, *crowd, solitary]


def _person(dice: Dice, name: str, initials: str | None) -> Person:
    first_year = min(dice.between(1984, 2022), dice.between(1990, 2024))
    length = int(dice.lognormal(16.0, 0.7)) + 3
    return Person(
        name=name,
        initials=initials if dice.chance(0.15) else None,
        orcid=registries.orcid(dice) if dice.chance(0.35) else None,
        communities=_communities(dice),
        places=_employers(dice),
        first_year=first_year,
        last_year=min(LAST_YEAR, max(1996, first_year + length)),
        weight=min(60.0, (1.0 - dice.uniform(0.0, 1.0)) ** -0.85),
        talent=dice.lognormal(1.0, 0.5),
    )


def _communities(dice: Dice) -> tuple[tuple[int, int], ...]:
    fields = range(len(FIELDS))
    home = dice.weighted(fields, [each.share * each.team for each in FIELDS])
    themes = dice.sample(range(len(FIELDS[home].themes)), 1 + dice.below(3))
    found = [(home, theme) for theme in themes]
    if dice.chance(0.15):
        other = dice.below(len(FIELDS))
        found.append((other, dice.below(len(FIELDS[other].themes))))
    return tuple(dict.fromkeys(found))


def _employers(dice: Dice) -> tuple[Institution, ...]:
    if dice.chance(0.06):
        return ()
    number = dice.weighted((1, 2, 3), (0.55, 0.33, 0.12))
    weights = [1.0 / (rank + 4) for rank in range(len(INSTITUTIONS))]
    return tuple(dice.weighted(INSTITUTIONS, weights) for _ in range(number))


def _names(dice: Dice, *, taken: set[str]) -> Iterator[tuple[str, str | None]]:
    """Different names for ever, each with its form of initials (None: never shortened)."""
    attempts = 0
    while True:
        name, initials = _name(dice, extra_initial=attempts > 3)
        key = folded(name)
        attempts += 1
        if key not in taken:
            taken.add(key)
            attempts = 0
            yield name, initials


def _name(dice: Dice, *, extra_initial: bool) -> tuple[str, str | None]:
    pool = OTHER_SCRIPTS if dice.chance(0.03) and not extra_initial else LATIN
    culture: Culture = dice.weighted(pool, [each.share for each in pool])
    given, second, family = dice.pick(culture.given), dice.pick(culture.given), dice.pick(culture.family)
    if second == given:
        second = culture.given[(culture.given.index(given) + 1) % len(culture.given)]
    pattern = dice.pick(culture.patterns)
    if extra_initial:
        pattern = "{given} {initial} {family}"
    initial = dice.pick(_LETTERS) + "."
    name = pattern.format(given=given, second=second, family=family, initial=initial)
    if culture.script != "Latn" or pattern.startswith("{family}"):
        return name, None
    if dice.chance(0.006):
        name += " Jr."
    letters = [given[0] + "."]
    if "{second}" in pattern:
        letters.append(second[0] + ".")
    if "{initial}" in pattern:
        letters.append(initial)
    return name, f"{' '.join(letters)} {family}"

"""Who writes with whom: teams drawn from overlapping communities."""

from collections.abc import Iterable, Sequence

from harvest.demo.dice import Dice
from harvest.demo.people import Person

_LARGEST_TEAM = 60
_LARGE_FIELDS = (4, 5)


class Communities:
    """The people, found by community and year.

    People are numbered by their place in the sequence given.
    """

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self._members: dict[tuple[int, int], list[int]] = {}
        self._fields: dict[int, list[int]] = {}
        for number, person in enumerate(people):
            if person.weight:
                for community in person.communities:
                    self._members.setdefault(community, []).append(number)
                for place in dict.fromkeys(place for place, _ in person.communities):
                    self._fields.setdefault(place, []).append(number)

    def team(self, dice: Dice, *, field: int, theme: int, year: int, size: int) -> list[int]:
        """At most `size` active people; those who worked together before find each other again."""
        near = self._active(self._members.get((field, theme), ()), year)
        pool = near
        if len(near) < size + 2:
            pool = self._active(self._fields.get(field, ()), year)
        if len(pool) < size:
            pool = self._active(range(len(self.people)), year)
        if not pool:
            pool = list(range(len(self.people)))
        team = [dice.weighted(pool, [self.people[each].weight or 0.01 for each in pool])]
        while len(team) < min(size, len(pool)):
            team.append(self._next(dice, team, pool))
        return team

    def _active(self, numbers: Iterable[int], year: int) -> list[int]:
        people = self.people
        return [each for each in numbers if people[each].weight and people[each].works_in(year)]

    def _next(self, dice: Dice, team: list[int], pool: list[int]) -> int:
        lead = self.people[team[0]]
        rest = [each for each in pool if each not in team]
        weights = [self.people[each].weight * (1 + 2 * lead.joint.get(each, 0)) for each in rest]
        return dice.weighted(rest, weights)

    def remember(self, team: Sequence[int]) -> None:
        """Note that the team has published together (large teams leave no trace)."""
        if len(team) > 12:
            return
        for one in team:
            joint = self.people[one].joint
            for other in team:
                if other != one:
                    joint[other] = joint.get(other, 0) + 1


def team_size(dice: Dice, *, field: int, mean: float) -> int:
    """The size of a team: skewed, with a few of up to 60 in the fields that work so."""
    if field in _LARGE_FIELDS and dice.chance(0.02):
        return dice.between(25, _LARGEST_TEAM)
    return max(1, min(14, int(dice.lognormal(mean * 0.85, 0.55) + 0.5)))

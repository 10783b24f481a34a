"""Who cites whom: preferential attachment with ages, inside the corpus."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as default

from harvest.demo.dice import Dice

_FIRST_YEAR = 1995
_CANDIDATES = 10


@dataclass(slots=True)
class Citable:
    """What citing needs to know of a paper: `order` grows with its date, `appeal` (1 is usual) is how readily it is cited."""

    order: int
    year: int
    field: int
    theme: int
    appeal: float = 1.0
    cited: int = 0
    references: list[int] = default(default_factory=list)


def cite(dice: Dice, papers: Sequence[Citable]) -> None:
    """Fill `references` (orders of earlier papers) and `cited` of papers given by date.

    Ages follow a lognormal law with a median of about four years; within a year a paper
    is taken in proportion to its appeal and to the citations that it has already, plus a fifth, and four times
    as readily when it shares the theme.
    """
    shelves: dict[tuple[int, int], list[Citable]] = {}
    for paper in papers:
        wanted = int(dice.lognormal(10.0, 0.7))
        found: dict[int, Citable] = {}
        for _ in range(wanted):
            cited = _one(dice, paper, shelves)
            if cited is not None:
                found[cited.order] = cited
        for cited in found.values():
            cited.cited += 1
        paper.references = sorted(found)
        shelves.setdefault((paper.field, paper.year), []).append(paper)


def _one(dice: Dice, paper: Citable, shelves: dict[tuple[int, int], list[Citable]]) -> Citable | None:
    year = paper.year - int(dice.lognormal(4.6, 0.85))
    if year < _FIRST_YEAR:
        return None
    shelf = shelves.get((paper.field if dice.chance(0.88) else dice.below(6), year))
    if not shelf:
        return None
    few = [dice.pick(shelf) for _ in range(_CANDIDATES)]
    return dice.weighted(few, [_pull(paper, other) for other in few])


def _pull(paper: Citable, other: Citable) -> float:
    return other.appeal * (0.2 + other.cited) * (4.0 if other.theme == paper.theme else 1.0)


def reported(dice: Dice, *, counted: int, age: int) -> int | None:
    """The count that an outside source states; None where it states none.

    A source that looks further than the portal sees more citations; now and then it lags.
    """
    if not dice.chance(0.6):
        return None
    if dice.chance(0.05):
        return counted // 2
    return int(counted * dice.uniform(1.3, 4.0) + age * dice.lognormal(0.25, 1.0))

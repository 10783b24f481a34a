"""The demo corpus as records: `records(papers=2000, seed=1)`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from harvest.demo import prose
from harvest.demo.citations import Citable, cite
from harvest.demo.dice import Dice
from harvest.demo.fields import FIELDS
from harvest.demo.people import PROLIFIC_NAME, Person, people
from harvest.demo.records import PaperPlan, record
from harvest.demo.statement import STATEMENT_AUTHORS, statement_plan
from harvest.demo.teams import Communities, team_size

DEFAULT_PAPERS = 2000
DEFAULT_SEED = 1
FIRST_YEAR, LAST_YEAR = 1995, 2026
_LAST_DAY_OF_LAST_YEAR = 10 * 31 + 15
_THEME_APPEAL = (0.5, 2.0, 1.0, 3.0)
_APPROACH_APPEAL = (0.6, 1.0, 1.9)
_KINDS = ("article", "conference-paper", "preprint", "review", "dataset", "book-chapter", "thesis")


@dataclass(slots=True)
class _State:
    dice: Dice
    people: list[Person]
    communities: Communities
    titles: set[str]


def records(*, papers: int = DEFAULT_PAPERS, seed: int = DEFAULT_SEED) -> Iterator[dict[str, Any]]:
    """`papers` records of CONTRACT's format, by date; the same for the same arguments.

    There are 35 authors for every 100 papers (at least 12). One author has a fifth of the
    papers, one has a single paper, and one paper is signed by 600 people (fewer in a small
    corpus). Raises ValueError for fewer than 10 papers.
    """
    if papers < 10:
        raise ValueError(f"a corpus needs at least 10 papers, not {papers}")
    dice = Dice(seed)
    cast = people(dice, number=max(12, papers * 35 // 100))
    state = _State(dice, cast, Communities(cast), set())
    plans = sorted((_plan(state) for _ in range(papers - 1)), key=lambda plan: (plan.year, plan.day))
    for plan in plans:
        _give_team(state, plan)
    plans.append(statement_plan(dice, cast))
    plans.sort(key=lambda plan: (plan.year, plan.day))
    _assign_everyone(state, plans)
    _give_citations(dice, plans, cast, seed=seed)
    for plan in plans:
        yield record(dice, plan, plans, cast)


def write(path: Path, *, papers: int = DEFAULT_PAPERS, seed: int = DEFAULT_SEED) -> int:
    """Write the corpus as JSON Lines; returns the number of lines."""
    count = 0
    with path.open("wb") as file:
        for each in records(papers=papers, seed=seed):
            file.write(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def _plan(state: _State) -> PaperPlan:
    dice = state.dice
    number = dice.weighted(range(len(FIELDS)), [field.share for field in FIELDS])
    field = FIELDS[number]
    year, day = _date(dice)
    theme = dice.weighted(range(len(field.themes)), [1.0 / (rank + 3) for rank in range(len(field.themes))])
    kind = "preprint"
    if not dice.chance(field.preprint_share):
        kind = dice.weighted(_KINDS, (0.55, 0.3, 0.0, 0.06, 0.03, 0.04, 0.02))
    approach = dice.pick(field.approaches)
    subject = field.themes[theme]
    title = _new_title(state, number, theme, approach=field.approaches.index(approach), kind=kind)
    abstract = prose.abstract(dice, field=field, theme=subject, approach=approach)
    return PaperPlan(number, theme, field.approaches.index(approach), year, day, kind, title, abstract)


def _new_title(state: _State, number: int, theme: int, *, approach: int, kind: str) -> str:
    field = FIELDS[number]
    for attempt in range(40):
        title = prose.title(
            state.dice,
            field=field,
            theme=field.themes[theme],
            approach=field.approaches[approach],
            kind=kind,
        )
        if attempt > 30:
            title += f", part {attempt - 28}"
        if title not in state.titles:
            break
    else:
        title += f" ({len(state.titles)})"
    state.titles.add(title)
    return title


def _date(dice: Dice) -> tuple[int, int]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    weights = [1.0 + (year - FIRST_YEAR) * 0.11 for year in years]
    weights[-1] *= 0.87
    year = dice.weighted(years, weights)
    days = 12 * 31 if year < LAST_YEAR else _LAST_DAY_OF_LAST_YEAR
    return year, dice.below(days)


def _give_team(state: _State, plan: PaperPlan) -> None:
    dice, field = state.dice, FIELDS[plan.field]
    size = team_size(dice, field=plan.field, mean=field.team)
    if plan.kind == "thesis":
        size = 1
    plan.team = state.communities.team(dice, field=plan.field, theme=plan.theme, year=plan.year, size=size)
    state.communities.remember(plan.team)


def _assign_everyone(state: _State, plans: list[PaperPlan]) -> None:
    """Give the prolific author a fifth of the papers, and everyone without a paper one."""
    dice, cast = state.dice, state.people
    prolific = cast[0]
    open_to = [plan for plan in plans if plan.team and plan.title and _is_open(plan)]
    near = [d for d in open_to if (d.field, d.theme) in prolific.communities and d.year >= 1996]
    nearby = set(near)
    far = [plan for plan in open_to if plan not in nearby]
    wanted = len(plans) // 5 - sum(0 in plan.team for plan in plans)
    chosen = dice.sample(near, wanted) or []
    chosen += dice.sample(far, wanted - len(chosen))
    taken = set(chosen)
    for plan in chosen:
        place = 0 if dice.chance(0.3) else dice.between(1, len(plan.team))
        plan.team.insert(place, 0)
    seen = {number for plan in plans if _is_open(plan) for number in plan.team}
    for number, person in enumerate(cast):
        if number not in seen:
            field, theme = person.communities[0]
            same = [d for d in open_to if d.field == field and person.works_in(d.year)]
            best = [d for d in same if d.theme == theme and d not in taken]
            plan = dice.pick(best or same or open_to)
            plan.team.insert(dice.between(0, len(plan.team)), number)


def _is_open(plan: PaperPlan) -> bool:
    return plan.kind != "thesis" and not plan.is_statement


def _appeal(plan: PaperPlan, cast: list[Person]) -> float:
    """How readily a paper is cited: by its theme, its approach and the most gifted of its authors."""
    theme = _THEME_APPEAL[(plan.theme + plan.field) % len(_THEME_APPEAL)]
    approach = _APPROACH_APPEAL[plan.approach % len(_APPROACH_APPEAL)]
    return theme * approach * max((cast[number].talent for number in plan.team), default=1.0)


def _give_citations(dice: Dice, plans: list[PaperPlan], cast: list[Person], *, seed: int) -> None:
    papers = [Citable(n, plan.year, plan.field, plan.theme, _appeal(plan, cast)) for n, plan in enumerate(plans)]
    cite(dice, papers)
    retracted = set(
        dice.sample(
            [n for n, plan in enumerate(plans) if _is_open(plan) and 2004 < plan.year < 2023],
            max(1, len(plans) // 500),
        )
    )
    for number, (plan, paper) in enumerate(zip(plans, papers, strict=True)):
        plan.number, plan.seed = number, seed
        plan.references, plan.cited = paper.references, paper.cited
        plan.is_retracted = number in retracted


__all__ = ["DEFAULT_PAPERS", "DEFAULT_SEED", "PROLIFIC_NAME", "STATEMENT_AUTHORS", "records", "write"]

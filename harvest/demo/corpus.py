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
from harvest.demo.records import Draft, record
from harvest.demo.statement import STATEMENT_AUTHORS, statement_draft
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
    drafts = sorted((_draft(state) for _ in range(papers - 1)), key=lambda draft: (draft.year, draft.day))
    for draft in drafts:
        _give_team(state, draft)
    drafts.append(statement_draft(dice, cast))
    drafts.sort(key=lambda draft: (draft.year, draft.day))
    _place_everyone(state, drafts)
    _give_citations(dice, drafts, cast, seed=seed)
    for draft in drafts:
        yield record(dice, draft, drafts, cast)


def write(path: Path, *, papers: int = DEFAULT_PAPERS, seed: int = DEFAULT_SEED) -> int:
    """Write the corpus as JSON Lines; returns the number of lines."""
    count = 0
    with path.open("wb") as file:
        for each in records(papers=papers, seed=seed):
            file.write(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE))
            count += 1
    return count


def _draft(state: _State) -> Draft:
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
    return Draft(number, theme, field.approaches.index(approach), year, day, kind, title, abstract)


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


def _give_team(state: _State, draft: Draft) -> None:
    dice, field = state.dice, FIELDS[draft.field]
    size = team_size(dice, field=draft.field, mean=field.team)
    if draft.kind == "thesis":
        size = 1
    draft.team = state.communities.team(dice, field=draft.field, theme=draft.theme, year=draft.year, size=size)
    state.communities.remember(draft.team)


def _place_everyone(state: _State, drafts: list[Draft]) -> None:
    """Give the prolific author a fifth of the papers, and everyone without a paper one."""
    dice, cast = state.dice, state.people
    prolific = cast[0]
    open_to = [draft for draft in drafts if draft.team and draft.title and _is_open(draft)]
    near = [d for d in open_to if (d.field, d.theme) in prolific.communities and d.year >= 1996]
    nearby = set(near)
    far = [draft for draft in open_to if draft not in nearby]
    wanted = len(drafts) // 5 - sum(0 in draft.team for draft in drafts)
    chosen = dice.sample(near, wanted) or []
    chosen += dice.sample(far, wanted - len(chosen))
    taken = set(chosen)
    for draft in chosen:
        place = 0 if dice.chance(0.3) else dice.between(1, len(draft.team))
        draft.team.insert(place, 0)
    seen = {number for draft in drafts if _is_open(draft) for number in draft.team}
    for number, person in enumerate(cast):
        if number not in seen:
            field, theme = person.communities[0]
            same = [d for d in open_to if d.field == field and person.works_in(d.year)]
            best = [d for d in same if d.theme == theme and d not in taken]
            draft = dice.pick(best or same or open_to)
            draft.team.insert(dice.between(0, len(draft.team)), number)


def _is_open(draft: Draft) -> bool:
    return draft.kind != "thesis" and not draft.is_statement


def _appeal(draft: Draft, cast: list[Person]) -> float:
    """How readily a paper is cited: by its theme, its approach and the most gifted of its authors."""
    theme = _THEME_APPEAL[(draft.theme + draft.field) % len(_THEME_APPEAL)]
    approach = _APPROACH_APPEAL[draft.approach % len(_APPROACH_APPEAL)]
    return theme * approach * max((cast[number].talent for number in draft.team), default=1.0)


def _give_citations(dice: Dice, drafts: list[Draft], cast: list[Person], *, seed: int) -> None:
    papers = [Citable(n, draft.year, draft.field, draft.theme, _appeal(draft, cast)) for n, draft in enumerate(drafts)]
    cite(dice, papers)
    retracted = set(
        dice.sample(
            [n for n, draft in enumerate(drafts) if _is_open(draft) and 2004 < draft.year < 2023],
            max(1, len(drafts) // 500),
        )
    )
    for number, (draft, paper) in enumerate(zip(drafts, papers, strict=True)):
        draft.number, draft.seed = number, seed
        draft.references, draft.cited = paper.references, paper.cited
        draft.is_retracted = number in retracted


__all__ = ["DEFAULT_PAPERS", "DEFAULT_SEED", "PROLIFIC_NAME", "STATEMENT_AUTHORS", "records", "write"]

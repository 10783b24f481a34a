"""What a corpus holds before it is written: every number drawn, every planted author placed."""

from dataclasses import dataclass

import numpy as np

from bench.corpus import names, sampling
from bench.corpus.sampling import Groups, Ints

SCALES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}


@dataclass(frozen=True, slots=True)
class Planted:
    """An author with a known name and a known number of papers."""

    name: str
    papers: int


PLANTED = (
    Planted("Oluwaseun Quenneville", 10),
    Planted("Marisol Featherstonhaugh", 400),
    Planted("Thorvald Castellanos Iyer", 2000),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """All draws of a corpus. Papers are numbered by date, authors as they come, planted ones last."""

    rng: np.random.Generator
    days: Ints
    fields: Ints
    teams: Groups
    references: Groups
    names: list[str]
    planted: dict[int, list[int]]

    @property
    def papers(self) -> int:
        """How many papers there are."""
        return len(self.days)


def make_plan(*, papers: int, seed: int) -> Plan:
    """Draw a corpus of `papers` papers; the same for the same arguments and version of numpy."""
    rng = np.random.default_rng([seed, papers])
    days = sampling.dates(rng, papers)
    teams, authors, position = sampling.bylines(rng, sampling.team_sizes(rng, papers))
    known = names.author_names(rng, authors)
    references = sampling.citations(rng, days, position)
    planted = _plant(rng, teams, first=len(known))
    known += [each.name for each in PLANTED]
    return Plan(rng, days, position * sampling.FIELDS // papers, teams, references, known, planted)


def _plant(rng: np.random.Generator, teams: Groups, *, first: int) -> dict[int, list[int]]:
    """Paper to the planted authors on it; in a corpus too small for one, they get half of the papers."""
    ordinary = np.flatnonzero(np.diff(teams.starts) < 20)
    placed: dict[int, list[int]] = {}
    for offset, author in enumerate(PLANTED):
        number = min(author.papers, len(ordinary) // 2)
        for paper in rng.choice(ordinary, number, replace=False).tolist():
            placed.setdefault(paper, []).append(first + offset)
    return placed

"""Vectorised draws: dates, teams, productivity, who writes with whom, who cites whom."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

type Ints = npt.NDArray[np.int64]
type Floats = npt.NDArray[np.float64]

FIELDS = 6
FIRST_DAY = np.datetime64("1995-01-01")
LAST_DAY = np.datetime64("2026-11-15")
DAYS = int((LAST_DAY - FIRST_DAY).astype(int))
_TEAM_SHARES = (0.28, 0.26, 0.18, 0.115, 0.065, 0.038, 0.018, 0.012, 0.007, 0.005, 0.004, 0.004)
_LARGEST_TEAM = 3000
_MOST_PAPERS = 813
_UNCITABLE = 0.48
_SAME_FIELD = 0.88
_NEIGHBOUR = 0.08


@dataclass(frozen=True, slots=True)
class Groups:
    """Ragged rows: row i is `values[starts[i]:starts[i + 1]]`."""

    starts: Ints
    values: Ints

    def row(self, number: int) -> Ints:
        """The values of one row."""
        return self.values[self.starts[number] : self.starts[number + 1]]


def dates(rng: np.random.Generator, papers: int) -> Ints:
    """Days since FIRST_DAY in ascending order; the yearly number of papers grows fivefold."""
    chance = rng.random(papers)
    growth = 4.0
    # The inverse of the distribution function whose density is 1 + growth * x on 0 to 1.
    place = (np.sqrt(1.0 + chance * (2.0 * growth + growth**2)) - 1.0) / growth
    return np.sort((place * DAYS).astype(np.int64))


def team_sizes(rng: np.random.Generator, papers: int) -> Ints:
    """Authors per paper: mean 3, median 2, 99th percentile 12, a few up to 3,000."""
    steps = np.cumsum(_TEAM_SHARES)
    chance = rng.random(papers)
    sizes = np.searchsorted(steps, chance, side="right") + 1
    large = sizes > len(_TEAM_SHARES)
    tail = 13.0 * (1.0 - rng.random(int(large.sum()))) ** (-1.0 / 1.5)
    sizes[large] = np.minimum(tail, min(_LARGEST_TEAM, papers // 20)).astype(np.int64)
    return sizes.astype(np.int64)


def productivity(rng: np.random.Generator, bylines: int) -> Ints:
    """Papers per author, as many authors as it takes to fill `bylines`: 45 % have one, exponent 2.3."""
    most = max(20, min(_MOST_PAPERS, bylines // 60))
    papers = np.arange(2, most + 1, dtype=np.float64)
    tail = papers**-2.3
    shares = np.concatenate(([0.45], 0.55 * tail / tail.sum()))
    mean = float((shares * np.arange(1, most + 1)).sum())
    steps = np.cumsum(shares)
    drawn = np.searchsorted(steps, rng.random(int(bylines / mean * 1.05) + 50)) + 1
    authors = int(np.searchsorted(np.cumsum(drawn), bylines)) + 1
    counts = np.minimum(drawn[:authors], most).astype(np.int64)
    counts[-1] -= int(counts.sum()) - bylines
    return counts[counts > 0]


def bylines(rng: np.random.Generator, sizes: Ints) -> tuple[Groups, int, Ints]:
    """Teams from neighbourhoods: (authors of each paper, number of authors, each paper's neighbourhood order).

    Every author has a place on a line and writes near it, within a stretch that grows with
    their productivity, so that teams meet again. A person drawn twice for a paper counts once.
    """
    total = int(sizes.sum())
    counts = productivity(rng, total)
    authors = len(counts)
    writer = np.repeat(np.arange(authors), counts)
    home = rng.random(authors) * total
    spread = 60.0 + 40.0 * counts
    place = home[writer] + rng.standard_normal(len(writer)) * spread[writer] / 2.0
    writer = writer[np.argsort(place, kind="stable")][:total]
    order = rng.permutation(len(sizes))
    paper = np.repeat(order, sizes[order])[: len(writer)]
    pairs = _distinct(paper * np.int64(authors) + writer)
    starts = np.searchsorted(pairs, np.arange(len(sizes) + 1) * np.int64(authors))
    position = np.empty(len(sizes), dtype=np.int64)
    position[order] = np.arange(len(sizes))
    return Groups(starts, _shuffled_rows(rng, pairs, authors)), authors, position


def _distinct(values: Ints) -> Ints:
    """The values in ascending order, each once."""
    ordered = np.sort(values)
    keep = np.ones(len(ordered), dtype=bool)
    keep[1:] = ordered[1:] != ordered[:-1]
    return ordered[keep]


def _shuffled_rows(rng: np.random.Generator, pairs: Ints, authors: int) -> Ints:
    """The authors of `pairs` with each paper's in random order."""
    paper = pairs // authors
    found: Ints = (pairs % authors)[np.lexsort((rng.random(len(pairs)), paper))]
    return found


def citations(rng: np.random.Generator, days: Ints, position: Ints) -> Groups:
    """References of each paper (numbers of earlier papers): 12 on average, ages of median 4 years."""
    papers = len(days)
    wanted = np.minimum(80, rng.lognormal(np.log(13.2), 0.6, papers)).astype(np.int64)
    citing = np.repeat(np.arange(papers), wanted)
    field = position * FIELDS // papers
    cited = _by_age(rng, days, field, citing)
    near = rng.random(len(citing)) < _NEIGHBOUR
    by_position = np.argsort(position)
    step = rng.integers(1, 6, int(near.sum()))
    cited[near] = by_position[np.maximum(position[citing[near]] - step, 0)]
    earlier = (cited >= 0) & (cited < citing)
    pairs = _distinct(citing[earlier] * np.int64(papers) + cited[earlier])
    starts = np.searchsorted(pairs, np.arange(papers + 1) * np.int64(papers))
    return Groups(starts, pairs % papers)


def _by_age(rng: np.random.Generator, days: Ints, field: Ints, citing: Ints) -> Ints:
    """A cited paper for each reference (-1 where its age falls before the corpus), by age and fame."""
    fame = (1.0 - rng.random(len(days))) ** (-1.0 / 1.3)
    fame = np.minimum(fame, 150.0)
    fame[rng.random(len(days)) < _UNCITABLE] = 0.0
    target_field = field[citing]
    away = rng.random(len(citing)) > _SAME_FIELD
    target_field[away] = rng.integers(0, FIELDS, int(away.sum()))
    age = rng.lognormal(np.log(1620.0), 0.95, len(citing))
    day = days[citing] - age
    found = np.full(len(citing), -1, dtype=np.int64)
    for number in range(FIELDS):
        shelf = np.flatnonzero(field == number)
        rows = np.flatnonzero((target_field == number) & (day > 0))
        found[rows] = shelf[_near_day(rng, days[shelf], fame[shelf], day[rows])]
    return found


def _near_day(rng: np.random.Generator, shelf: Ints, fame: Floats, day: Floats) -> Ints:
    """Places on a shelf sorted by day, within four months of each wanted day, drawn by fame."""
    totals = np.concatenate(([0.0], np.cumsum(fame)))
    low = np.searchsorted(shelf, day - 120.0)
    high = np.maximum(np.searchsorted(shelf, day + 120.0), low + 1)
    low, high = np.minimum(low, len(shelf) - 1), np.minimum(high, len(shelf))
    wanted = totals[low] + rng.random(len(day)) * (totals[high] - totals[low])
    found: Ints = np.searchsorted(totals, wanted, side="right") - 1
    return np.clip(found, 0, len(shelf) - 1)

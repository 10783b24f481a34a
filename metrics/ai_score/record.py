"""The earlier record of authors, institutions and venues: what was known the day before, or at the turn
of the year where percentiles are concerned (they need whole reference sets)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from metrics.ai_score.corpus import Corpus, Groups, Integers, Values, known_percentiles

UNDECIDED = 50.0
MEMORY_YEARS = 4.0
TOP = 80.0
AT_ONCE = 100_000


def turn_of(year: int) -> int:
    """Day number of January 1."""
    return date(year, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Of each member (author, institution or venue) by its papers' percentiles; arrays over members.

    mean: NaN without a paper. leaning: the mean drawn towards 50, recent papers weighing more; 50 without
    a paper. best: the best paper's percentile, NaN without one. top: papers at 80 or above.
    """

    mean: Values
    leaning: Values
    best: Values
    top: Values


def track_record_of(
    *, owners: Integers, members: Integers, size: int, percentiles: Values, ages: Values, caution: float
) -> TrackRecord:
    """Standing of members over their papers that have a percentile.

    owners, members: one pair a membership. ages: years since each paper. caution: how many imagined
    papers at 50 the mean is drawn by.
    """
    known = ~np.isnan(percentiles[owners])
    papers, who = owners[known], members[known]
    values, weights = percentiles[papers], np.exp(-ages[papers] / MEMORY_YEARS)
    number = np.bincount(who, minlength=size)
    total = np.bincount(who, weights=values, minlength=size)
    weight = np.bincount(who, weights=weights, minlength=size)
    weighted = np.bincount(who, weights=weights * values, minlength=size)
    best = np.full(size, -np.inf)
    np.maximum.at(best, who, values)
    return TrackRecord(
        mean=np.divide(total, number, out=np.full(size, np.nan), where=number > 0),
        leaning=(weighted + UNDECIDED * caution) / (weight + caution),
        best=np.where(number > 0, best, np.nan),
        top=np.bincount(who, weights=values >= TOP, minlength=size).astype(np.float64),
    )


def yearly_standings(corpus: Corpus) -> Mapping[int, Values]:
    """For each year with papers: every earlier paper's percentile as known when the year began."""
    return {int(year): known_percentiles(corpus, turn_of(int(year))) for year in np.unique(corpus.years)}


@dataclass(frozen=True, slots=True)
class AuthorsBefore:
    """One value an authorship, of its author on the day before the paper appeared.

    papers: earlier papers. active_years: since the first of them (NaN without one). h and citations:
    NaN everywhere where citations carry no days.
    """

    papers: Values
    active_years: Values
    h: Values
    citations: Values


class _Ledger:
    """Running totals of every author while days go by."""

    def __init__(self, size: int, papers: int) -> None:
        self.papers = [0] * size
        self.since: list[int | None] = [None] * size
        self.citations = [0] * size
        self.h = [0] * size
        self._cited = [0] * papers
        self._at_least: list[dict[int, int]] = [{} for _ in range(size)]

    def publish(self, authors: list[int], day: int) -> None:
        for author in authors:
            self.papers[author] += 1
            if self.since[author] is None:
                self.since[author] = day

    def cite(self, paper: int, authors: list[int]) -> None:
        self._cited[paper] += 1
        count = self._cited[paper]
        for author in authors:
            self.citations[author] += 1
            at_least = self._at_least[author]
            at_least[count] = at_least.get(count, 0) + 1
            if at_least.get(self.h[author] + 1, 0) > self.h[author]:
                self.h[author] += 1


def authors_before(corpus: Corpus) -> AuthorsBefore:
    """Walk through time once; a paper sees what happened on days before its first possible day."""
    groups = corpus.authors
    byline = [groups.members[a:b].tolist() for a, b in zip(groups.starts[:-1], groups.starts[1:], strict=True)]
    ledger = _Ledger(groups.size, len(corpus))
    count = len(groups.members)
    seen = {name: np.full(count, np.nan) for name in ("papers", "active_years", "h", "citations")}
    for day, kind, paper in _events(corpus):
        authors = byline[paper]
        if kind == 0:
            _note(seen, ledger, authors, int(groups.starts[paper]), day)
        elif kind == 1:
            ledger.publish(authors, day)
        else:
            ledger.cite(paper, authors)
    if corpus.citations.events is None:
        seen["h"][:] = seen["citations"][:] = np.nan
    elif (is_dated := corpus.citations.is_dated) is not None:
        # An author whose works are in reported sets would look uncited.
        undated = ~is_dated[groups.owners]
        seen["h"][undated] = seen["citations"][undated] = np.nan
    return AuthorsBefore(**seen)


def _note(seen: dict[str, Values], ledger: _Ledger, authors: list[int], start: int, day: int) -> None:
    for place, author in enumerate(authors, start=start):
        seen["papers"][place] = ledger.papers[author]
        seen["h"][place] = ledger.h[author]
        seen["citations"][place] = ledger.citations[author]
        since = ledger.since[author]
        if since is not None:
            seen["active_years"][place] = (day - since) / 365.25


def _events(corpus: Corpus) -> Iterator[tuple[int, int, int]]:
    """(day, kind, paper) in order: on a day, papers look (0) before anything is published (1) or cited (2)."""
    rows = np.arange(len(corpus), dtype=np.int64)
    cited, days = corpus.citations.events or (rows[:0], rows[:0])
    day = np.concatenate((corpus.first_days, corpus.last_days, days))
    kind = np.repeat(np.array([0, 1, 2]), (len(rows), len(rows), len(days)))
    paper = np.concatenate((rows, rows, cited))
    order = np.lexsort((paper, kind, day))
    for start in range(0, len(order), AT_ONCE):
        part = order[start : start + AT_ONCE]
        yield from zip(day[part].tolist(), kind[part].tolist(), paper[part].tolist(), strict=True)


def team(groups: Groups, values: Values, rows: Integers) -> dict[str, Values]:
    """First, last, most, mean and least over each paper's members; NaN where none is known.

    values: one a membership. rows: papers wanted.
    """
    out = {name: np.full(len(rows), np.nan) for name in ("first", "last", "most", "mean", "least")}
    manned = np.flatnonzero(groups.lengths[rows] > 0)
    if not len(manned):
        return out
    starts, lengths = groups.starts[rows[manned]], groups.lengths[rows[manned]]
    cuts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)[:-1]))
    own = values[np.repeat(starts - cuts, lengths) + np.arange(lengths.sum())]
    number = np.add.reduceat(~np.isnan(own), cuts, dtype=np.int64)
    total = np.add.reduceat(np.nan_to_num(own), cuts)
    out["first"][manned], out["last"][manned] = own[cuts], own[cuts + lengths - 1]
    out["most"][manned], out["least"][manned] = np.fmax.reduceat(own, cuts), np.fmin.reduceat(own, cuts)
    out["mean"][manned] = np.divide(total, number, out=np.full(len(manned), np.nan), where=number > 0)
    return out

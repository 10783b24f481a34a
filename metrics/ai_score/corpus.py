"""What the score is learned from, as arrays over the same papers in any fixed order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from metrics.embedding.model import Vectors
from metrics.novelty.percentiles import percentiles_in_cells

Integers = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
SMALLEST_CELL = 10  # papers with a figure, of which a percentile is learned
# Of a reference set's known figures, so many must be above 0. A percentile that is shown asks for a mean of 1; one that is learned
# from asks for less: what is young or of a young field is cited little, and still some of it more than the rest.
FEWEST_CITED = 0.1
FOREVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Groups:
    """Ragged lists: members[starts[i]:starts[i + 1]] belong to paper i, in order."""

    starts: Integers
    members: Integers

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Groups:
        """Groups made of one list a paper; members are codes from 0."""
        lengths = np.fromiter((len(part) for part in lists), dtype=np.int64, count=len(lists))
        members = np.fromiter((member for part in lists for member in part), dtype=np.int64)
        return cls(starts=np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths))), members=members)

    @property
    def lengths(self) -> Integers:
        """Members of each paper."""
        return np.diff(self.starts)

    @property
    def owners(self) -> Integers:
        """The paper of each member."""
        return np.repeat(np.arange(len(self.starts) - 1, dtype=np.int64), self.lengths)

    @property
    def size(self) -> int:
        """One more than the largest code."""
        return int(self.members.max(initial=-1)) + 1


class Citations(Protocol):
    """What is known of citations, as of a day."""

    def counts_before(self, day: int) -> Values:
        """Citations of each paper known before a day; NaN where unknown."""

    @property
    def events(self) -> tuple[Integers, Integers] | None:
        """(cited paper, day) of every citation; None where days are not known."""

    @property
    def is_dated(self) -> npt.NDArray[np.bool_] | None:
        """Papers whose citations carry days; None where all or none do."""


@dataclass(frozen=True, slots=True)
class DatedCitations:
    """Citations by works whose dates are known: cited[i] is cited on days[i]."""

    papers: int
    cited: Integers
    days: Integers

    def counts_before(self, day: int) -> Values:
        """Citations made before the day; 0 is a fact here."""
        return np.bincount(self.cited[self.days < day], minlength=self.papers).astype(np.float64)

    @property
    def events(self) -> tuple[Integers, Integers]:
        """Every citation with its day."""
        return self.cited, self.days

    @property
    def is_dated(self) -> None:
        """All are."""
        return


@dataclass(frozen=True, slots=True)
class ReportedCitations:
    """Figures as of today (NaN unknown): what was known on an earlier day cannot be told.

    An earlier paper's percentile made of them knows the future a little; whoever reads a backtest on
    such figures has to be told.
    """

    counts: Values

    def counts_before(self, day: int) -> Values:
        """The same figures whatever the day."""
        return self.counts

    @property
    def events(self) -> None:
        """Days are not known."""
        return

    @property
    def is_dated(self) -> None:
        """None is."""
        return


@dataclass(frozen=True, slots=True)
class SetCitations:
    """Figures of one kind in each reference set: counted with their days, or reported as of today.

    counted: those of papers in counted sets. reported: figures of the others, NaN where unknown. is_counted: which papers
    are in counted sets.
    """

    counted: DatedCitations
    reported: Values
    is_counted: npt.NDArray[np.bool_]

    def counts_before(self, day: int) -> Values:
        """Counted ones as of the day, reported ones whatever the day."""
        return np.where(self.is_counted, self.counted.counts_before(day), self.reported)

    @property
    def events(self) -> tuple[Integers, Integers] | None:
        """Of counted papers; None without any."""
        return self.counted.events if self.is_counted.any() else None

    @property
    def is_dated(self) -> npt.NDArray[np.bool_]:
        """Those in counted sets."""
        return self.is_counted


@dataclass(frozen=True, slots=True)
class Corpus:
    """Papers with what was known of each at publication, and their citations.

    fields: the category of the reference set (-1 unknown). venues: -1 unknown. first_days, last_days: the days
    between which it was published; years: of the first day. references: NaN unknown. distances: novelty
    distance, NaN unknown. neighbours: (papers, k) rows of the nearest earlier papers, -1 where none.
    Rows without an abstract carry an empty one and are neither learned from nor scored.
    """

    titles: Sequence[str]
    abstracts: Sequence[str]
    vectors: Vectors
    first_days: Integers
    last_days: Integers
    years: Integers
    fields: Integers
    venues: Integers
    authors: Groups
    institutions: Groups
    references: Values
    distances: Values
    neighbours: Integers
    citations: Citations

    def __len__(self) -> int:
        """Papers."""
        return len(self.years)

    @property
    def scorable(self) -> npt.NDArray[np.bool_]:
        """Papers with an abstract and at least one author."""
        worded = np.fromiter((bool(text) for text in self.abstracts), dtype=np.bool_, count=len(self))
        return worded & (self.authors.lengths > 0)


def known_percentiles(corpus: Corpus, day: int = FOREVER) -> Values:
    """Citation percentile of each paper in its reference set (field and year), as far as it is known before a day.

    NaN for papers not certainly published before it, without a figure, or in a reference set of fewer than 10 or with under a tenth
    of them cited: hardly anything can be told apart there.
    """
    counts = np.where(corpus.last_days < day, corpus.citations.counts_before(day), np.nan)
    return percentiles_in_cells(
        values=np.where(_is_cited_enough(corpus, counts), counts, np.nan),
        categories=corpus.fields,
        years=corpus.years,
        reach=0,
        smallest=SMALLEST_CELL,
    )


def _is_cited_enough(corpus: Corpus, counts: Values) -> npt.NDArray[np.bool_]:
    """Papers whose reference set has at least FEWEST_CITED of its known counts above 0."""
    _cells, cell = np.unique(np.stack((corpus.fields, corpus.years)), axis=1, return_inverse=True)
    known = np.bincount(cell[~np.isnan(counts)], minlength=len(_cells[0]))
    cited = np.bincount(cell[counts > 0], minlength=len(_cells[0]))
    return np.asarray((cited >= FEWEST_CITED * known)[cell], dtype=np.bool_)

"""What every explanation starts from."""

from dataclasses import dataclass
from datetime import date

from metrics.models import AuthorMetrics
from metrics.selectors.authors import numbers_of
from papers.models import Author
from profiles.selectors.numbers.works import WorkFacts, works_facts


@dataclass(frozen=True, slots=True)
class Inputs:
    """An author, the numbers stored of them (None before the first refresh), and their works, most cited first.

    `kind` is what the works' figures are: counted here, or the source that reports them; "" where none is known.
    """

    author: Author
    stored: AuthorMetrics | None
    kind: str
    works: tuple[WorkFacts, ...]
    today: date

    @property
    def figures(self) -> list[int | None]:
        return [work.figure for work in self.works]

    @property
    def known(self) -> tuple[WorkFacts, ...]:
        """The works that have a figure."""
        return tuple(work for work in self.works if work.figure is not None)


def inputs_of(author: Author, *, today: date) -> Inputs:
    """Two queries."""
    stored = numbers_of(author.pk)
    kind, works = works_facts(author.pk)
    return Inputs(author, stored, kind, works, today)

"""What every explanation starts from."""

from dataclasses import dataclass
from datetime import date

from metrics.models import AuthorMetrics
from metrics.selectors.authors import numbers_of
from papers.models import Author
from profiles.selectors.numbers.works import WorkFacts, works_facts


@dataclass(frozen=True, slots=True)
class Inputs:
    """An author, the numbers stored of them (None before the first refresh), and their works, most cited first."""

    author: Author
    stored: AuthorMetrics | None
    works: tuple[WorkFacts, ...]
    today: date

    @property
    def shown(self) -> list[int]:
        return [work.shown for work in self.works]


def inputs_of(author: Author, *, today: date) -> Inputs:
    """Two queries."""
    stored = numbers_of(author.pk)
    return Inputs(author, stored, works_facts(author.pk), today)

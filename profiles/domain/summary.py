"""What is known about an author in numbers: one summary, whether stored or computed on the spot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from common.rendering.year_counts import YearCount

NAMED_SUBJECTS = 2
NAMED_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class TopicCount:
    """A category or topic of an author's works: how many works, and pairs of a year and the works in it.

    `code` is "" for a topic; `topic_id` is None for a category that no page stands for.
    """

    name: str
    code: str
    topic_id: int | None
    topic_name: str
    works: int
    years: Sequence[Sequence[int]] = ()

    @property
    def short_code(self) -> str:
        """`LG` for `cs.LG`."""
        return self.code.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Collaborator:
    """A co-author by papers of at most 20 authors; `strength` = Σ 1 / (authors − 1) over joint works."""

    author_id: int
    name: str
    works: int
    strength: float
    first_year: int | None
    last_year: int | None
    is_close: bool


def is_close(*, works: int, recent_works: int) -> bool:
    """At least 3 joint works, or 2 in the last 5 years."""
    return works >= 3 or recent_works >= 2


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An institution on the author's bylines and the years in which it stood there (None: undated)."""

    institution_id: int
    name: str
    works: int
    first_year: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """The numbers as they stood at the end of a month; None is unknown."""

    month: date
    works_count: int
    cited_by_count: int | None
    h_index: int | None
    novelty: float | None
    ai_score: float | None
    trust: int


@dataclass(frozen=True, slots=True)
class Scores:
    """What only a refresh can know. A score is None when unknown; the counts say over how many works it is a mean.

    `trust_points` are the lines of the trust card as metrics stores them; `history` is oldest first. `is_overdue`:
    citations have come since `computed_at` that the numbers do not hold yet. `has_model`: a model speaks for the AI Score.
    """

    novelty: float | None
    novelty_count: int
    ai_score: float | None
    ai_score_count: int
    verification_level: int
    trust: int
    trust_points: Sequence[Mapping[str, Any]]
    collaborator_count: int
    topic_count: int
    computed_at: datetime
    is_overdue: bool = False
    has_model: bool = False
    history: tuple[Month, ...] = ()


@dataclass(frozen=True, slots=True)
class AuthorSummary:
    """Numbers of an author. A work counts once however often it names the author.

    `cited_by_count` and `h_index` are over figures of one kind, which `known_count` works have; None is unknown, as both
    are before the first refresh. `collaborators` are in order of strength, `categories` and `topics` by works,
    `affiliations` newest first.
    `scores` is None before the first refresh.
    """

    works_count: int
    cited_by_count: int | None
    h_index: int | None
    first_year: int | None
    last_year: int | None
    years: tuple[YearCount, ...]
    categories: tuple[TopicCount, ...]
    topics: tuple[TopicCount, ...]
    collaborators: tuple[Collaborator, ...]
    affiliations: tuple[Affiliation, ...]
    kinds: tuple[str, ...] = ()
    scores: Scores | None = field(default=None, compare=False)
    known_count: int = 0
    figures: str = ""

    @property
    def close_collaborators(self) -> tuple[Collaborator, ...]:
        """Those with the most joint works first."""
        close = [person for person in self.collaborators if person.is_close]
        return tuple(sorted(close, key=lambda p: (-p.works, -p.strength, p.author_id)))

    @property
    def primary_category(self) -> TopicCount | None:
        return self.categories[0] if self.categories else None

    @property
    def main_subjects(self) -> tuple[str, ...]:
        """Names of the fields most worked on, each once, for the sentence under the name."""
        return tuple(dict.fromkeys(one.name for one in self.categories or self.topics))[:NAMED_SUBJECTS]

    @property
    def main_coauthors(self) -> tuple[Collaborator, ...]:
        """The most frequent co-authors, of at least two joint works."""
        frequent = sorted(self.collaborators, key=lambda p: (-p.works, -p.strength, p.author_id))
        return tuple(person for person in frequent if person.works >= 2)[:NAMED_PEOPLE]

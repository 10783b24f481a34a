"""What a search answers, ready to be shown."""

from dataclasses import dataclass
from typing import Literal

from search.domain.cursors import Cursor

type FoundBy = Literal["words", "beginnings", "any", "alike", "meaning"]


@dataclass(frozen=True, slots=True)
class Hits:
    """Ids in order. `total` counts all matches up to a bound, beyond which `is_more` is True.

    `found_by` says how: all the words, the last as a beginning, any of the words, spelling alike, or meaning.
    `tier` is how exactly the first is named so, 0 for the very name; None where that was not looked at.
    `uses` is how many works or bylines name the first, at most 200; 0 too where that was not looked at.
    """

    ids: tuple[int, ...]
    total: int
    is_more: bool
    found_by: FoundBy
    next: Cursor | None = None
    tier: int | None = None
    uses: int = 0


NO_HITS = Hits((), 0, is_more=False, found_by="words")


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person with what tells namesakes apart. None and "" mean not known; years are of dated works."""

    name: str
    url: str
    fields: tuple[str, ...]
    affiliation: str
    affiliation_url: str
    first_year: int | None
    last_year: int | None
    works_count: int
    identifier_label: str
    identifier_url: str
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityHit:
    """A topic, an institution or a venue; `note` is where it is or what kind it is."""

    section: str
    name: str
    url: str
    note: str

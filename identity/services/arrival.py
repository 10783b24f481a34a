"""Names of a batch that arrive, and the persons whom each may be; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from common.db.sql import fetch_value
from identity.domain.arrival import Block, Profile, Question, Work, likeliest
from identity.domain.name_shares import COMMON, NameShares
from identity.selectors.profiles import profiles_of
from papers.domain.names import NameKeys

SHIPPED = Path(__file__).resolve().parent.parent / "shipped" / "names.json.xz"
_SIZE = "SELECT coalesce(max(id), 0) FROM papers_author"


@lru_cache(maxsize=1)
def shipped_shares() -> NameShares:
    """The table of names in the repository; raises UnreadableShares, OSError where the file is gone."""
    return NameShares.from_bytes(SHIPPED.read_bytes())


@lru_cache(maxsize=65_536)
def share_of(name: NameKeys) -> float:
    """The share of people who are called so in full."""
    return shipped_shares().of(name)


@lru_cache(maxsize=65_536)
def share_of_initial(block: Block) -> float:
    """The share of people who are called by this initial and family name."""
    return shipped_shares().of_initial(block)


class Arrival:
    """Profiles of the candidates of a batch, kept up with what the batch adds. How many people are called so is told
    from the table that ships and from how many authors the portal has."""

    def __init__(self) -> None:
        self._size: int | None = None
        self._profiles: dict[int, Profile] = {}

    @property
    def size(self) -> int:
        """How many authors the portal has, about."""
        if self._size is None:
            self._size = fetch_value(_SIZE)
        return self._size

    def bearers(self, name: NameKeys) -> float:
        """How many people here are likely to be called so in full."""
        return share_of(name) * self.size

    def rivals(self, block: Block) -> float:
        """How many people here are likely to be called by this initial and family name."""
        return share_of_initial(block) * self.size

    def is_common(self, name: NameKeys) -> bool:
        """Whether several people may be called so: then the name alone says too little."""
        return self.bearers(name) > COMMON

    def read(self, author_ids: Iterable[int]) -> None:
        """Get to know candidates; whoever is known already stays as they are."""
        if new := set(author_ids) - self._profiles.keys():
            self._profiles |= profiles_of(new)

    def begin(self, author_id: int) -> None:
        """Somebody whom this batch makes is a candidate for the rest of it."""
        self._profiles.setdefault(author_id, Profile())

    def knows(self, author_id: int) -> bool:
        """Whether the author is somebody's candidate."""
        return author_id in self._profiles

    def add(self, author_id: int, work: Work, own: Block) -> None:
        """One more work of an author whom it knows."""
        self._profiles[author_id].add(work, own)

    def likeliest(
        self, question: Question, name: NameKeys, work: Work, own: Block, candidates: Collection[int]
    ) -> int | None:
        """Whom of the candidates, all known, the name on a work belongs to; None where nobody is likely enough."""
        if not candidates:
            return None
        bearers = self.bearers(name) if question is Question.COMMON else self.rivals(own)
        known = {author_id: self._profiles[author_id] for author_id in candidates}
        return likeliest(question, work, own, known, bearers=bearers, rivals=self.rivals)

"""Names on bylines of a batch, on their way to an author."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from harvest.domain.record import MAX_KEY_CHARS
from papers.domain.identifiers import Identifier
from papers.domain.name_parts import NameParts, keys_of_parts
from papers.domain.names import NameKeys

MAX_INITIALS_CHARS = 40  # what the column holds
_NOBODY: Mapping[int, int] = MappingProxyType({})


@lru_cache(maxsize=65_536)
def name_keys(parts: NameParts) -> NameKeys:
    """What resolution compares of a name, cut to what columns hold; a name without letters is its own key."""
    keys = keys_of_parts(parts)
    return NameKeys(
        (keys.key or parts.name.casefold())[:MAX_KEY_CHARS],
        keys.family_key[:MAX_KEY_CHARS],
        keys.initials[:MAX_INITIALS_CHARS],
        keys.is_initials,
    )


@dataclass(slots=True)
class Mention:
    """A name on a byline; `author_id` is 0 until it is resolved. `kept` is the author that an earlier import or a
    person gave to this name on this paper, None for a new one. `pinned` is who it is by a person's word; `barred` are
    authors who by such a word are not on this byline, each with who stands there instead."""

    paper_id: int
    position: int
    parts: NameParts
    ids: tuple[Identifier, ...]
    byline_length: int
    kept: int | None = None
    author_id: int = 0
    pinned: int | None = None
    barred: Mapping[int, int] = _NOBODY
    name: NameKeys = field(init=False)

    def __post_init__(self) -> None:
        self.name = name_keys(self.parts)

    @property
    def printed(self) -> str:
        return self.parts.name

    @property
    def slot(self) -> str:
        """The name by which works without an id find their author: groups and people of one name are apart."""
        return self.name.key if self.parts.kind == "person" else f"{self.parts.kind}: {self.name.key}"

    @property
    def by_initials(self) -> bool:
        return (
            not self.ids
            and self.kept is None
            and self.pinned is None
            and self.name.is_initials
            and self.parts.kind == "person"
        )

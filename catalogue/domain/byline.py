"""A whole byline with numbered affiliations, as journals print it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from papers.domain.citable import CitableName

NAMES_FIRST = 20
LONGEST_RAW = 300


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An affiliation: its number in the list, and its institution's address or ""."""

    number: int
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Name:
    """One name as printed, its address, the numbers of its affiliations, and whether it takes letters.

    `url` is "" where a person asked for no page and where a name names nobody; a group's leads to its works. `cited` is
    the name in parts; `role` is "author" or what else somebody did ("editor").
    """

    position: int
    name: str
    url: str
    numbers: tuple[int, ...]
    is_corresponding: bool
    cited: CitableName
    role: str = "author"


@dataclass(frozen=True, slots=True)
class Byline:
    """`first` is the part shown at once; `rest` the names behind it. `total` is how many there are where a source cut
    the list, None where it did not."""

    names: tuple[Name, ...]
    places: tuple[Affiliation, ...]
    total: int | None = None

    @property
    def first(self) -> tuple[Name, ...]:
        return self.names[:NAMES_FIRST] if self.is_long else self.names

    @property
    def is_long(self) -> bool:
        return len(self.names) > NAMES_FIRST + 5


@dataclass(frozen=True, slots=True)
class ByRow:
    """A row of the byline before it is numbered."""

    key: int
    position: int
    name: str
    url: str
    raw_affiliation: str
    is_corresponding: bool
    cited: CitableName
    role: str = "author"


def numbered_byline(
    rows: Iterable[ByRow], affiliations: Mapping[int, Sequence[tuple[str, str]]], *, total: int | None = None
) -> Byline:
    """Number affiliations in the order they first appear.

    `places` maps a row's key to (name, address) of its institutions; a row without any falls back on its raw text.
    """
    numbers: dict[tuple[str, str], int] = {}
    names = []
    for row in rows:
        found = list(affiliations.get(row.key, ()))
        if not found and row.raw_affiliation:
            found = [(row.raw_affiliation[:LONGEST_RAW], "")]
        own = tuple(numbers.setdefault(place, len(numbers) + 1) for place in found)
        names.append(Name(row.position, row.name, row.url, own, row.is_corresponding, row.cited, row.role))
    listed = tuple(Affiliation(number, name, url) for (name, url), number in numbers.items())
    return Byline(tuple(names), listed, total)

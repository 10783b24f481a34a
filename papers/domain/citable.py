"""A work as reference managers want it, and what their formats share."""

import re
from dataclasses import dataclass
from datetime import date

from anyascii import anyascii

from papers.domain.name_parts import NameParts
from papers.domain.names import PersonName, parse_person_name

_NICKNAME = re.compile(r"(?<=[\w.]) (?:\([^()]+\)|[\"“„][^\"“”„]+[\"“”])$")
_JOINERS = "\u200c\u200d"  # which Persian, Indic scripts and emoji need inside of words


@dataclass(frozen=True, slots=True)
class CitableName:
    """A name on a byline: as printed, and in its parts. A group and a single name have no `given`.

    `family` holds no particle that a source states apart; `particle` is one that sorts with the name ("van den").
    """

    printed: str
    family: str
    given: str
    particle: str = ""
    suffix: str = ""
    is_group: bool = False

    @property
    def full_family(self) -> str:
        """The family name with its particle."""
        return f"{self.particle} {self.family}".strip()


def citable_name(parts: NameParts) -> CitableName:
    """The name as reference managers want it: in the stated parts, else as it is split when read."""
    if parts.kind != "person":
        return CitableName(parts.name, parts.name, "", is_group=True)
    if parts.family:
        return CitableName(parts.name, parts.family, parts.given, parts.particle, parts.suffix)
    split = parse_person_name(parts.name)
    return CitableName(parts.name, split.family or parts.name, _with_nickname(parts.name, split), suffix=split.suffix)


def _with_nickname(printed: str, split: PersonName) -> str:
    """The given name with the nickname that is printed behind it, which no comparison of names sees: "Hao (Rick)"."""
    given = printed.removesuffix(split.family).rstrip()
    is_left_out = not split.suffix and printed.endswith(f" {split.family}") and _NICKNAME.search(given) is not None
    return given if is_left_out else split.given


@dataclass(frozen=True, slots=True)
class CitableWork:
    """One work to cite. Texts are plain with TeX between $ signs; "" and None mean not known.

    `precision` says how much of `published_date` is known: Y, M, D, or "" for nothing. `identifiers` are all (scheme,
    value) of the work, those with fields of their own among them. `notice` is what was said of the work later:
    "retraction", "withdrawal", "concern" or "".
    """

    public_id: str
    title: str
    kind: str
    names: tuple[CitableName, ...]
    published_date: date | None
    precision: str
    venue: str
    venue_kind: str
    doi: str
    arxiv: str
    category: str
    url: str
    abstract: str
    language: str = ""
    editors: tuple[CitableName, ...] = ()
    translators: tuple[CitableName, ...] = ()
    authors_total: int | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    publisher: str = ""
    book_title: str = ""
    series: str = ""
    edition: str = ""
    isbns: tuple[str, ...] = ()
    issns: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    notice: str = ""

    @property
    def other_identifiers(self) -> tuple[tuple[str, str], ...]:
        """Identifiers that the formats have no field for, but for a second one of a scheme that they have."""
        known = {("doi", self.doi), ("arxiv", self.arxiv)}
        return tuple(one for one in self.identifiers if one not in known and one[0] not in ("pmid", "pmcid", "isbn"))

    def identifier(self, scheme: str) -> str:
        """The first value in a scheme, "" when there is none."""
        return next((value for name, value in self.identifiers if name == scheme), "")

    @property
    def date_parts(self) -> tuple[int, ...]:
        """Year, month and day as far as they are known."""
        day = self.published_date
        if day is None:
            return ()
        return (day.year, day.month, day.day)[: {"Y": 1, "M": 2}.get(self.precision, 3)]

    @property
    def key(self) -> str:
        """A citation key that no other work has: "Xu2022Wkdmqzrt"."""
        family = self.names[0].full_family if self.names else ""
        if not family.isascii():
            family = anyascii(family)
        stem = "".join(c for c in family if c.isascii() and c.isalnum())
        year = str(self.published_date.year) if self.published_date else ""
        return f"{stem[:24]}{year}{self.public_id}"


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which would end a field in the line formats."""
    kept = text if text.isprintable() else "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(kept.split())

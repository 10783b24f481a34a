"""A work as reference managers want it, and what their formats share."""

from dataclasses import dataclass
from datetime import date

_JOINERS = "\u200c\u200d"  # which Persian, Indic scripts and emoji need inside of words


@dataclass(frozen=True, slots=True)
class CitableName:
    """A name on a byline: as printed, and split. `given` is "" for a group or a single name."""

    printed: str
    family: str
    given: str


@dataclass(frozen=True, slots=True)
class CitableWork:
    """One work to cite. Texts are plain with TeX between $ signs; "" and None mean not known.

    `precision` says how much of `published_date` is known: Y, M, D, or "" for nothing.
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
        family = self.names[0].family if self.names else ""
        stem = "".join(c for c in family if c.isascii() and c.isalnum())
        year = str(self.published_date.year) if self.published_date else ""
        return f"{stem[:24]}{year}{self.public_id}"


def one_line(text: str) -> str:
    """The text without line breaks and control characters, which would end a field in the line formats."""
    kept = text if text.isprintable() else "".join(c if c.isprintable() or c in _JOINERS else " " for c in text)
    return " ".join(kept.split())

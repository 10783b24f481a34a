"""What a digest says besides events: sections of lines, from whoever else has something to say."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, in plain words, and the path of the page where it is."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title; `more` of them are only on the page at `path`."""

    title: str
    lines: tuple[Line, ...]
    more: int
    path: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody for whom something waits to be said in a digest of this cadence, the first of it since `since`."""

    user_id: int
    cadence: str
    since: datetime

"""Where a page of results starts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which row the page starts: how the rows were found, and the numbers that they are ordered by."""

    found_by: str
    key: tuple[float, ...]

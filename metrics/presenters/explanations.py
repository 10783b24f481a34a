"""What a page says of a number: the value or why there is none, the inputs in words and tables, the formula."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from metrics.models import AuthorMetrics, PaperMetrics
from metrics.presenters.formula_pages import Section, formula_page
from metrics.presenters.formula_text import name_of

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, with an address or "" and mark-up of it or ""; `is_number` ones stand to the right."""

    text: Words
    url: str = ""
    html: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under as many column names; the first cell of a row names it."""

    caption: Words
    columns: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Words = ""

    @property
    def heads(self) -> list[tuple[Words, bool]]:
        """The column names, and whether numbers stand beneath."""
        first = self.rows[0] if self.rows else ()
        return [(name, bool(first) and first[place].is_number) for place, name in enumerate(self.columns)]


@dataclass(frozen=True, slots=True)
class Derivation:
    """What one number is made of. `value` is "" when it is unknown, and then `why` says why."""

    value: str
    why: Words = ""
    words: tuple[Words, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One number of one record, ready for a page.

    `formula` is "" for a figure that is only counted, such as papers; `computed_at` is None for one computed now.
    `is_overdue`: citations have come since that wait to be computed in.
    """

    name: str
    title: Words
    derivation: Derivation
    formula: str = ""
    computed_at: datetime | None = None
    is_overdue: bool = False
    feeds: Section | None = None
    silent: Section | None = None


def explanation(
    name: str, derivation: Derivation, *, formula: str, stored: AuthorMetrics | PaperMetrics | None
) -> Explanation:
    """`told` with what the formula's own page says of it; `formula` is its name, "" for none."""
    page = formula_page(formula) if formula else None
    return Explanation(
        name=name,
        title=name_of(name),
        derivation=derivation,
        formula=page.identifier if page else "",
        computed_at=stored.computed_at if stored else None,
        is_overdue=stored is not None and stored.is_overdue,
        feeds=page.section("What feeds it") if page else None,
        silent=page.section("What it does not say") if page else None,
    )


def number(text: str) -> Cell:
    """A cell that stands to the right."""
    return Cell(text, is_number=True)

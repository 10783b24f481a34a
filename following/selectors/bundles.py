"""Events as a reader sees them: those of one day and one thing together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from following.selectors.names import Target, targets_named
from following.selectors.windows import Found
from papers.selectors.cards import PaperCard, paper_cards

REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `card` is its paper's, None for events without one; those have `text` and `url`.

    `reasons` are the most telling of what else leads to it, and `more_reasons` how many there are besides.
    """

    event_id: int
    kind: str
    card: PaperCard | None
    text: str
    url: str
    reasons: tuple[Target, ...]
    more_reasons: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """What happened on a day to one thing that is followed; `target` None: to the reader."""

    day: date
    kind: str
    target: Target | None
    entries: tuple[Entry, ...]

    @property
    def first(self) -> tuple[Entry, ...]:
        return self.entries[:3]

    @property
    def rest(self) -> tuple[Entry, ...]:
        return self.entries[3:]

    @property
    def is_new(self) -> bool:
        return any(entry.is_new for entry in self.entries)


def bundles_of(found: Sequence[Found], *, today: date) -> tuple[Bundle, ...]:
    """The bundles in the order of their first events. Two queries."""
    cards = {card.id: card for card in paper_cards(sorted({f.paper_id for f in found if f.paper_id}), today=today)}
    names = targets_named(pair for one in found for pair in one.targets)
    bundled: dict[tuple[date, str, Target | None], list[Entry]] = {}
    for one in found:
        named = [names[pair] for pair in one.targets if pair in names]
        card = cards.get(one.paper_id) if one.paper_id else None
        reasons = tuple(named[1 : REASONS_SHOWN + 1])
        more = one.targets_count - len(one.targets) + len(named) - 1 - len(reasons)
        entry = Entry(one.event_id, one.kind, card, one.text, one.url, reasons, max(more, 0), one.is_new)
        bundled.setdefault((one.day, one.kind, _first(named)), []).append(entry)
    return tuple(Bundle(*key, tuple(entries)) for key, entries in bundled.items())


def _first(reasons: Iterable[Target]) -> Target | None:
    return next(iter(reasons), None)

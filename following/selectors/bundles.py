"""Events as a reader sees them: those of one day and one thing together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Subquery
from django.db.models.functions import Coalesce

from following.models import Event, Reader
from following.selectors.names import Subject, subjects_named
from following.selectors.windows import Found
from papers.selectors.cards import PaperCard, paper_cards


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `card` is its paper's, None for events without one; those have `words` and `url`."""

    event_id: int
    kind: str
    card: PaperCard | None
    words: str
    url: str
    reasons: tuple[Subject, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """What happened on a day to one thing that is followed; `subject` None: to the reader."""

    day: date
    kind: str
    subject: Subject | None
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


def bundles_of(found: Sequence[Found], *, user_id: int, today: date) -> tuple[Bundle, ...]:
    """The bundles in the order of their first events. Three queries."""
    seen = Subquery(Reader.objects.filter(user_id=user_id).values("seen_event_id"))
    rows = Event.objects.filter(pk__in=[f.event_id for f in found]).annotate(seen_event_id=Coalesce(seen, 0))
    events = {event.pk: event for event in rows}
    cards = {
        card.id: card
        for card in paper_cards(sorted({e.paper_id for e in events.values() if e.paper_id}), today=today)
    }
    names = subjects_named(pair for one in found for pair in one.subjects)
    bundled: dict[tuple[date, str, Subject | None], list[Entry]] = {}
    for one in found:
        event = events.get(one.event_id)
        if event is None:
            continue
        reasons = tuple(names[pair] for pair in one.subjects if pair in names)
        card = cards.get(event.paper_id) if event.paper_id else None
        entry = Entry(
            event.pk, event.kind, card, event.words, event.url, reasons[1:], event.pk > event.seen_event_id
        )
        bundled.setdefault((event.day, event.kind, _first(reasons)), []).append(entry)
    return tuple(Bundle(*key, tuple(entries)) for key, entries in bundled.items())


def _first(reasons: Iterable[Subject]) -> Subject | None:
    return next(iter(reasons), None)

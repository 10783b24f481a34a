"""What a run asks a curator to look at, in sentences with the records they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from papers.models import Author, Paper

MOST_SHOWN = 100  # of each kind

type Stored = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A name on a work, as a link of a chain of ties."""

    printed_name: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sentence about `author`, None where it is about the works of `chain` alone."""

    text: str
    author: Author | None = None
    chain: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Alarms of one kind; `count` is how many there are in all, of which the first are shown."""

    title: str | Promise
    alarms: tuple[Alarm, ...]
    count: int


def _held_back(alarm: Stored) -> str:
    n = int(alarm["changes"])
    return ngettext(
        "Somebody owns or follows this record, and %(n)s of its works would have changed. It was left as it is.",
        "Somebody owns or follows this record, and %(n)s of its works would have changed. It was left as it is.",
        n,
    ) % {"n": n}


def _many_a_year(alarm: Stored) -> str:
    return _("%(n)s works of the year %(year)s: one person seldom writes so many.") % {
        "n": int(alarm["papers"]),
        "year": alarm["year"],
    }


def _many_groups(alarm: Stored) -> str:
    return _("%(n)s groups of works without a common co-author, among %(works)s works.") % {
        "n": int(alarm["groups"]),
        "works": int(alarm["papers"]),
    }


def _contradiction(alarm: Stored) -> str:
    return _(
        "People decided that these names are one person, each with the next, and that the first and the last are two."
    )


_KINDS: Mapping[str, tuple[str | Promise, Callable[[Stored], str]]] = {
    "contradiction": (gettext_lazy("Decisions that cannot all hold"), _contradiction),
    "claimed or followed": (gettext_lazy("Owned or followed records that were left as they are"), _held_back),
    "many papers a year": (gettext_lazy("Records with very many works in a year"), _many_a_year),
    "many groups": (gettext_lazy("Records with many groups of co-authors"), _many_groups),
}


def alarm_groups(stored: Sequence[Stored]) -> list[Group]:
    """The alarms of a run by kind, those of a later version left out. Two queries."""
    by_kind = {why: [alarm for alarm in stored if alarm.get("why") == why] for why in _KINDS}
    shown = {why: found[:MOST_SHOWN] for why, found in by_kind.items()}
    every = [alarm for found in shown.values() for alarm in found]
    authors = Author.objects.in_bulk([alarm["author"] for alarm in every if "author" in alarm])
    papers = Paper.objects.in_bulk([paper_id for alarm in every for paper_id, *_rest in alarm.get("chain", ())])
    return [
        Group(_KINDS[why][0], tuple(_worded(found, why, authors, papers)), len(by_kind[why]))
        for why, found in shown.items()
        if found
    ]


def _worded(
    found: Iterable[Stored], why: str, authors: Mapping[int, Author], papers: Mapping[int, Paper]
) -> Iterable[Alarm]:
    words = _KINDS[why][1]
    for alarm in found:
        chain = tuple(Step(name, papers[pk]) for pk, _position, name in alarm.get("chain", ()) if pk in papers)
        yield Alarm(words(alarm), authors.get(alarm.get("author", 0)), chain)

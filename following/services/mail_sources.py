"""What floors above have to say in digests: registered when the application is ready."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from accounts.models import User
from following.domain.mail import Section, Waiting


class MailSource(Protocol):
    """Something that is told by digest to those who chose so."""

    def waiting(self) -> Iterable[Waiting]:
        """Everybody whose digest has something of this to say."""

    def take(self, *, user: User, cadence: str, now: datetime) -> Section | None:
        """What this person's digest says, said herewith: in the transaction that writes the mail, and never again."""

    def peek(self, *, user: User, cadence: str) -> Section | None:
        """The same for a preview; nothing is marked."""

    def stop(self, *, user: User, cadence: str, now: datetime) -> None:
        """The person wants no mail any more that comes with this cadence."""


_sources: list[MailSource] = []


def register_source(source: MailSource) -> None:
    """Ask `source` for every digest from now on (once, when the application is ready)."""
    _sources.append(source)


def sources() -> Sequence[MailSource]:
    return tuple(_sources)

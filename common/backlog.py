"""What follows an import, as stages that apps register: how much of each is left.

Whoever shows them asks for all of them anew: who does the work, this process or a worker, makes no difference.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class StageLeft:
    """A stage and how much of it is left; `of` is how much it was, None where only what is left is known."""

    label: str | Promise
    left: int
    of: int | None = None


type Reader = Callable[[], Iterable[StageLeft]]
_readers: dict[str, Reader] = {}


def register_stages(app: str, reader: Reader) -> None:
    """Have the stages of an app among the rest, in the order of registration (called once, when the app is ready)."""
    _readers[app] = reader


def backlog() -> list[StageLeft]:
    """Stages of which something is left, in the order in which they are worked on. A few queries that counts bound."""
    return [stage for reader in _readers.values() for stage in reader() if stage.left]

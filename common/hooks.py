"""Where a lower app lets higher ones take part: every such place is here, with what it hands over.

An app registers in its `AppConfig.ready`, so what takes part can be found by searching for the hook's name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from common.queue import enqueue, run_here


@dataclass(frozen=True, slots=True)
class ClaimApproved:
    """From now on `author_id`, a record that is not merged into another, has an owner."""

    author_id: int


@dataclass(frozen=True, slots=True)
class OwnershipLost:
    """`user_id` no longer owns `author_id`, a record that is not merged into another."""

    author_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class UserErased:
    """The account `user_id` is about to be deleted; inside that transaction."""

    user_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SearchAsked:
    """Which works a query finds: at most `most`, the latest first; `among` these ids alone, None for among all."""

    query: str
    most: int
    among: Sequence[int] | None = None


class Hook[Event, Answer]:
    """Functions of apps that are called with an event: from the lowest app up, or from the highest down."""

    def __init__(self, *, from_the_top: bool = False) -> None:
        self._receivers: dict[str, Callable[[Event], Answer]] = {}
        self._from_the_top = from_the_top

    def register(self, app: str, receiver: Callable[[Event], Answer]) -> None:
        """Call `receiver` too; one an app. Django makes lower apps ready first, which gives the order."""
        self._receivers[app] = receiver

    def apps(self) -> tuple[str, ...]:
        return tuple(reversed(self._receivers)) if self._from_the_top else tuple(self._receivers)

    def answers(self, event: Event) -> Iterator[tuple[str, Answer]]:
        """Each app with what it answers, one after the other as they are read."""
        for app in self.apps():
            yield app, self._receivers[app](event)

    def call(self, event: Event) -> None:
        for _answer in self.answers(event):
            pass


class TaskHook:
    """Tasks without arguments that apps want to have run; each finds in rows what it has to do."""

    def __init__(self) -> None:
        self._tasks: dict[str, str] = {}

    def register(self, app: str, task: str) -> None:
        self._tasks[app] = task

    def enqueue(self) -> None:
        """Have them run by workers once the present transaction is committed."""
        for task in self._tasks.values():
            enqueue(task)

    def run_here(self) -> None:
        """Run them now, in this process; for commands, which may run with no worker."""
        for task in self._tasks.values():
            run_here(task)


# Works or authors were written, moved, merged or corrected, and stand in `papers_change`.
on_record_changed = TaskHook()
# A person owns a record, or no longer does; inside the transaction that decides it.
on_claim_approved: Hook[ClaimApproved, None] = Hook()
on_ownership_lost: Hook[OwnershipLost, None] = Hook()
# The id of a user is answered with all that an app keeps on them: plain values by the name of a part.
on_user_exported: Hook[int, Mapping[str, Any]] = Hook()
# What refers to a row goes before the row.
on_user_erased: Hook[UserErased, object] = Hook(from_the_top=True)
# A query with filters is answered with the ids of the works that it finds.
on_search_asked: Hook[SearchAsked, Sequence[int]] = Hook()
# The id of a paper is answered with the ids of works that are about the same, the most similar first.
on_similar_works_asked: Hook[int, Sequence[int]] = Hook()

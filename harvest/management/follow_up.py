"""What follows the records of an import, shown while it is done: stage, done of all, rate and time left.

The work is done by this process and the portal's workers together; what is left is read from the database, so that the
bar is right whoever does it. The run's row keeps the same for the admin.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from common.backlog import StageLeft, backlog
from harvest.models import ImportRun

LOOK_SECONDS = 1.0
# Where standard error is no terminal a line is written this often instead.
LINE_SECONDS = 15.0


class Watcher:
    """Asks what is left again and again in a thread of its own, and has it shown."""

    def __init__(self, run: ImportRun | None, show: Callable[[str, int, int], None]) -> None:
        self.run_ids, self.show = [run.pk] if run else [], show
        self.most: dict[str, int] = {}
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch, name="follow-up", daemon=True)

    def watch(self) -> None:
        try:
            while not self.ended.wait(LOOK_SECONDS):
                self.look()
        except DatabaseError:  # the database went away: the work itself says so
            return
        finally:
            connection.close()

    def look(self) -> None:
        """The first stage of which something is left."""
        stage = next(iter(backlog()), None)
        if stage is None:
            return
        label, done, total = self.of(stage)
        ImportRun.objects.filter(pk__in=self.run_ids).update(stage=label, stage_done=done, stage_total=total)
        self.show(label, done, total)

    def of(self, stage: StageLeft) -> tuple[str, int, int]:
        """Label, done and all. Where only what is left is known, all is the most that ever was."""
        label = str(stage.label)
        if stage.of is not None:
            return label, stage.of - stage.left, stage.of
        most = self.most[label] = max(self.most.get(label, 0), stage.left)
        return label, most - stage.left, most


@contextmanager
def shown(run: ImportRun | None, console: Console) -> Iterator[None]:
    """Show what follows the run, or another change of the record, until the block ends."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        watcher = Watcher(run, _on_bar(bar) if console.is_terminal else _in_lines(console))
        watcher.thread.start()
        try:
            yield
        finally:
            watcher.ended.set()
            watcher.thread.join(timeout=10)
            ImportRun.objects.filter(pk__in=watcher.run_ids).update(stage="", stage_done=0, stage_total=0)


def _on_bar(bar: Progress) -> Callable[[str, int, int], None]:
    tasks: dict[str, TaskID] = {}

    def show(label: str, done: int, total: int) -> None:
        if label not in tasks:
            for other in tasks.values():
                bar.update(other, completed=bar.tasks[other].total)
            tasks[label] = bar.add_task(label, total=total, rate="")
        speed = bar.tasks[tasks[label]].speed
        bar.update(tasks[label], completed=done, total=total, rate=f"{speed:,.0f} a second" if speed else "")

    return show


def _in_lines(console: Console) -> Callable[[str, int, int], None]:
    last: list[tuple[str, float, int, float]] = []

    def show(label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if last and last[-1][0] == label and now - last[-1][1] < LINE_SECONDS:
            return
        rate = (done - last[-1][2]) / (now - last[-1][1]) if last and last[-1][0] == label else 0.0
        left = f", {rate:,.0f} a second, about {(total - done) / rate:,.0f} s left" if rate > 0 else ""
        console.print(f"{label}: {done:,} of {total:,}{left}", highlight=False, soft_wrap=True)
        last[:] = [(label, now, done, 0.0)]

    return show

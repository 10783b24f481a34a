"""How far a command is: stage, done of all, rate and time left; a bar in a terminal, a line now and then elsewhere."""

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

LINE_SECONDS = 15.0


class ProgressBars:
    """A context in which `show(stage, done, total)` may be called often; total 0 stands for an end not known."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began: dict[str, float] = {}
        self._told = 0.0
        self._tasks: dict[str, TaskID] = {}
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._bar = Progress(*columns, console=console, disable=not console.is_terminal)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        is_new = stage not in self._began
        began = self._began.setdefault(stage, now)
        rate = done / (now - began) if done and now - began > 1 else 0.0
        if self._console.is_terminal:
            self._on_bar(stage, done, total, rate)
        elif is_new or now - self._told >= LINE_SECONDS or 0 < total == done:
            self._told = now
            self._console.print(line(stage, done, total, rate), highlight=False, soft_wrap=True)

    def _on_bar(self, stage: str, done: int, total: int, rate: float) -> None:
        if stage not in self._tasks:
            for task in self._tasks.values():
                self._bar.update(
                    task, total=max(self._bar.tasks[task].completed, 1), completed=self._bar.tasks[task].completed
                )
            self._tasks[stage] = self._bar.add_task(stage, total=total or None, count="")
        text = f"{done:,}" + (f" of {total:,}" if total else "") + (f", {rate:,.0f} a second" if rate else "")
        self._bar.update(self._tasks[stage], completed=done, total=total or None, count=text)


def line(stage: str, done: int, total: int, rate: float) -> str:
    """One line of progress in words."""
    text = f"{stage}: {done:,}" + (f" of {total:,}" if total else "")
    if rate:
        text += f", {rate:,.0f} a second"
    if rate and total > done:
        text += f", about {(total - done) / rate:,.0f} s left"
    return text

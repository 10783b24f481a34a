"""What every import command does with its paths, its progress bar and its last line."""

import sys
from argparse import ArgumentParser
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import orjson
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from common import clock
from common.hooks import on_record_changed
from harvest.domain.raw_records import Source
from harvest.management import follow_up
from harvest.models import ImportRun
from harvest.services import importing

FINISHES = "All records are in; the portal makes their numbers by itself while it runs."
GOES_ON = "What was written is complete in itself; the same command takes the run up from there."


class ImportCommand(BaseCommand):
    """Imports files of `source`. Exit status 0: complete; 2: unusable arguments; 1: otherwise."""

    source: Source

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="plain, .gz, .xz or .zst")
        parser.add_argument("--json", action="store_true", help="print the last line as JSON")
        parser.add_argument(
            "--no-refresh", action="store_true", help="leave numbers and search to the next refresh or worker"
        )

    def handle(self, *, paths: list[Path], json: bool, no_refresh: bool, **_options: object) -> None:
        try:
            run = self._run(paths)
        except (importing.UnusablePaths, importing.AlreadyRunning) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except KeyboardInterrupt as stop:
            raise CommandError(f"Stopped. {GOES_ON}", returncode=1) from stop
        except (OSError, MemoryError, DatabaseError, BrokenProcessPool) as problem:
            raise CommandError(f"The run stopped ({_first_line(problem)}). {GOES_ON}", returncode=1) from problem
        if not no_refresh:
            self._follow(run, json=json)
        self.stdout.write(last_line(run, as_json=json))
        if run.state != ImportRun.State.COMPLETE:
            raise CommandError(run.failure, returncode=1)

    def _follow(self, run: ImportRun, *, json: bool) -> None:
        """Bring numbers and search up to the records, and show how far that is."""
        try:
            with follow_up.shown(run, Console(file=sys.stderr)):
                on_record_changed.run_here()
        except KeyboardInterrupt as stop:
            self.stdout.write(last_line(run, as_json=json))
            raise CommandError(f"Stopped. {FINISHES}", returncode=1) from stop
        except DatabaseError as problem:
            self.stdout.write(last_line(run, as_json=json))
            raise CommandError(f"The refresh stopped ({_first_line(problem)}). {FINISHES}", returncode=1) from problem

    def _run(self, paths: list[Path]) -> ImportRun:
        console = Console(file=sys.stderr)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[counts]}"),
        )
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task(self.source.name, total=None, counts="")

            def show(progress: importing.Progress) -> None:
                counts = f"{progress.created:,} created · {progress.rejected:,} rejected"
                bar.update(task, total=progress.total_bytes, completed=progress.done_bytes, counts=counts)

            return importing.import_files(source=self.source, paths=paths, clock=clock.now, on_progress=show)


def _first_line(problem: BaseException) -> str:
    return (str(problem) or type(problem).__name__).splitlines()[0]


def last_line(run: ImportRun, *, as_json: bool) -> str:
    """The counts of a run as the contract words them."""
    counts = {
        "created": run.created_count,
        "updated": run.updated_count,
        "unchanged": run.unchanged_count,
        "rejected": run.rejected_count,
    }
    if as_json:
        return orjson.dumps(counts).decode()
    return " ".join(f"{name}={count}" for name, count in counts.items())

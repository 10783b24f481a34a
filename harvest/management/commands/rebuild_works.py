"""manage.py rebuild_works: every work anew from what its sources said, with progress."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from common import clock
from common.hooks import on_record_changed
from harvest.services.rebuilding import rebuild_works


class Command(BaseCommand):
    help = "Rebuild every work from its source assertions: locations, notices, matching, venues. Can be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ROW", help="take a stopped run up behind this row")
        parser.add_argument("--no-refresh", action="store_true", help="leave numbers and search to the workers")

    def handle(self, *, after: int, no_refresh: bool, **_options: object) -> None:
        console = Console(file=sys.stderr)
        columns = (TextColumn("works"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("works", total=None)
            written = rebuild_works(
                clock=clock.now,
                after=after,
                on_progress=lambda done, total: bar.update(task, completed=done, total=total),
            )
        if not no_refresh:
            on_record_changed.run_here()
        self.stdout.write(f"rebuilt={written}")

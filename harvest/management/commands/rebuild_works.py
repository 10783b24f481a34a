"""manage.py rebuild_works: every work anew from what its sources said, with progress."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from common import clock
from common.hooks import on_record_changed
from common.progress_bars import ProgressBars
from harvest.management import follow_up
from harvest.services.rebuilding import rebuild_works


class Command(BaseCommand):
    help = "Rebuild every work from its source assertions: locations, notices, matching, venues. Can be run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--after", type=int, default=0, metavar="ROW", help="continue a stopped run after this row")
        parser.add_argument("--no-refresh", action="store_true", help="leave numbers and search to the workers")

    def handle(self, *, after: int, no_refresh: bool, **_options: object) -> None:
        console = Console(file=sys.stderr)
        behind = after

        def show(stage: str, done: int, total: int, row: int) -> None:
            nonlocal behind
            behind = row
            bars.show(stage, done, total)

        try:
            with ProgressBars(console) as bars:
                written = rebuild_works(clock=clock.now, after=after, on_progress=show)
            if not no_refresh:
                with follow_up.shown(None, console):
                    on_record_changed.run_here()
        except KeyboardInterrupt as stop:
            raise CommandError(f"Stopped. Take it up with: manage.py rebuild_works --after {behind}") from stop
        self.stdout.write(f"rebuilt={written}")

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from common import clock
from common.hooks import on_record_changed
from common.progress_bars import ProgressBars
from identity.domain.judge import UnreadableJudge
from identity.models import IdentityRun
from identity.services.constraints import broken_constraints
from identity.services.disambiguation import AlreadyRunning, settle
from identity.services.undoing import RunRefused, undo_run


class Command(BaseCommand):
    help = "Recompute which works belong to which author. A stopped run continues where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--marked", action="store_true", help="only names with new information")
        parser.add_argument("--no-refresh", action="store_true", help="leave numbers and search to the workers")
        parser.add_argument("--undo", type=int, metavar="RUN", help="take the latest run back")

    def handle(self, *, marked: bool, no_refresh: bool, undo: int | None, **_options: object) -> None:
        if undo is not None:
            self._undo(undo, no_refresh)
            return
        try:
            run = self._settle(marked)
        except AlreadyRunning as problem:
            raise CommandError("Another process settles at this moment.", returncode=1) from problem
        except (UnreadableJudge, OSError) as problem:
            raise CommandError(f"The model cannot be read: {problem}", returncode=1) from problem
        if run is None:
            self.stdout.write("nothing marked")
            return
        if not no_refresh:
            on_record_changed.run_here()
        broken = broken_constraints()
        self.stdout.write(f"run={run.pk} moved={run.moved_count} alarms={len(run.alarms)} broken={len(broken)}")
        if broken:
            raise CommandError(f"Constraints that are not kept: {broken[:20]}", returncode=1)

    def _settle(self, marked: bool) -> IdentityRun | None:
        with ProgressBars(Console(file=sys.stderr)) as bars:
            return settle(clock=clock.now, marked_only=marked, on_progress=bars.show)

    def _undo(self, run_id: int, no_refresh: bool) -> None:
        try:
            run = undo_run(run_id=run_id, now=clock.now())
        except (RunRefused, IdentityRun.DoesNotExist) as problem:
            raise CommandError("Only the latest complete run can be undone.", returncode=2) from problem
        if not no_refresh:
            on_record_changed.run_here()
        self.stdout.write(f"run={run.pk} undone")

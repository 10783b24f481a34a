import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError

from common import clock
from common.queue import run_here, send
from metrics.models import RefreshRun, ScoreJob, Stage
from metrics.presenters.score_text import sentence_of_failure
from metrics.selectors.refreshes import progress_of
from metrics.services.ai_score import jobs
from metrics.services.refresh import changes, runs, working
from metrics.services.refresh.locks import RefreshBusy
from papers.domain.public_ids import decode

POLL_SECONDS = 0.5
# A command has no time limit, and nobody takes its job while it is at work.
SCORING_LEASE = timedelta(hours=2)


class Command(BaseCommand):
    help = "Recompute numbers: those affected by waiting changes, of one author (--author), or all (--full). With --wait the command returns when that is done, and computes itself if no worker runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--author", metavar="ID", help="public id (A…) or row id of one author")
        parser.add_argument("--full", action="store_true", help="every paper and author, over all workers")
        parser.add_argument("--citations", action="store_true", help="with --full: only counts and indices")
        parser.add_argument("--no-novelty", action="store_true", help="with --full: without Novelty and AI Score")
        parser.add_argument("--items", metavar="IDS", type=int, help="with --full: ids that one item covers")
        parser.add_argument("--wait", action="store_true", help="return when it is done")
        parser.add_argument("--retry", metavar="RUN", type=int, help="queue the failed items of a run again")

    def handle(
        self,
        *,
        author: str | None,
        full: bool,
        citations: bool,
        no_novelty: bool,
        items: int | None,
        wait: bool,
        retry: int | None,
        **_options: Any,
    ) -> None:
        if author is not None:
            self._refresh_author(author)
        elif retry is not None:
            self._retry(retry, wait=wait)
        elif full:
            sizes = dict.fromkeys(Stage, items) if items else None
            scope = RefreshRun.Scope.NUMBERS if no_novelty else RefreshRun.Scope.ALL
            scope = RefreshRun.Scope.CITATIONS if citations else scope
            run = working.refresh_everything(clock=clock.now, wait=False, reason="command", scope=scope, sizes=sizes)
            self._follow(run, wait=wait)
        elif wait:
            run_here("metrics.refresh_changes")
            self.stdout.write("Numbers are up to date.")
        else:
            is_heard = send("metrics.refresh_changes", {})
            self.stdout.write("Workers were told." if is_heard else "The queue is away: the sweep will see to it.")

    def _refresh_author(self, author: str) -> None:
        found = decode(author)
        if found is not None and found[0] == "A":
            author_id = found[1]
        elif author.isdecimal():
            author_id = int(author)
        else:
            raise CommandError(f"{author!r} is no author id.", returncode=2)
        try:
            written = changes.refresh_authors(author_ids=[author_id], now=clock.now(), wait=True)
        except RefreshBusy as busy:
            raise CommandError("Another computation is still running; try again later.", returncode=1) from busy
        self.stdout.write(f"rows={written}")

    def _retry(self, run_id: int, *, wait: bool) -> None:
        try:
            count = runs.retry_failed(run_id=run_id)
        except (RefreshRun.DoesNotExist, runs.AlreadyRunning) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        self.stdout.write(f"retried={count}")
        self._follow(RefreshRun.objects.get(pk=run_id), wait=wait)

    def _follow(self, run: RefreshRun, *, wait: bool) -> None:
        """Say how far the run is; with `wait` until it ends, working on it when nobody else is."""
        while wait and run.state == RefreshRun.State.RUNNING:
            if worker_is_alive():
                time.sleep(POLL_SECONDS)
                run = runs.close_if_finished(run_id=run.pk, now=clock.now())
            else:
                run, _ = working.work_on(run_id=run.pk, clock=clock.now, seconds=5.0)
            if self.stderr.isatty():
                self.stderr.write(f"\r{progress_of(run).sentence}", ending="")
        self.stdout.write(f"run={run.pk} state={run.state} {progress_of(run).sentence}")
        if run.state == RefreshRun.State.FAILED:
            raise CommandError(f"Some items failed; refresh_metrics --retry {run.pk} tries them again.", returncode=1)
        if wait and run.scope == RefreshRun.Scope.ALL:
            self._follow_scoring()

    def _follow_scoring(self) -> None:
        """A full refresh asks for a scoring of all papers: go on until none is open, working where no worker does."""
        while jobs.is_scoring_open():
            if worker_is_alive():
                time.sleep(POLL_SECONDS)
                continue
            # Training and scoring load large libraries: only when there is something to score.
            from metrics.services.ai_score.working import work_on_job

            job = work_on_job(clock=clock.now, kinds=(ScoreJob.Kind.SCORE,), lease=SCORING_LEASE)
            if job is None:
                time.sleep(POLL_SECONDS)  # another process has it
            elif job.state == ScoreJob.State.FAILED:
                raise CommandError(f"{sentence_of_failure(job.failure)} ({job.detail})", returncode=1)
            else:
                self.stdout.write(f"scored={job.written_count}")


def worker_is_alive() -> bool:
    """Whether any Celery worker answers within a second."""
    try:
        return bool(current_app.control.ping(timeout=1.0))
    except OSError:
        return False

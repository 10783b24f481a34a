from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError

from common import clock
from metrics.models import ScoreJob, ScoreModel
from metrics.presenters.backtest import BASELINE_NAMES, BLINDED_NAMES, MODEL_NAME, Words
from metrics.presenters.score_text import sentence_of_failure
from metrics.services.ai_score import activation, jobs, working

# A command has no time limit, and nobody takes its job while it is at work.
LEASE = timedelta(hours=2)


class Command(BaseCommand):
    help = "Train the AI Score on the portal's own data, test it on later years against its baselines and store it as a new version. With --activate it becomes active if it beats all of them, and every paper is scored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--before", type=int, metavar="YEAR", help="train on the years before this one, test from it on"
        )
        parser.add_argument("--activate", action="store_true", help="activate it and score every paper")
        parser.add_argument("--json", action="store_true", help="print the backtest as JSON")

    def handle(self, *, before: int | None, activate: bool, json: bool, **_options: Any) -> None:
        jobs.request_training(now=clock.now(), before_year=before)
        job = self._work(ScoreJob.Kind.TRAIN)
        model = _trained_by(job)
        self._show(model, as_json=json)
        if activate:
            try:
                activation.activate_model(model_id=model.pk, now=clock.now())
            except activation.MayNotBeShown as problem:
                raise CommandError(str(problem), returncode=1) from problem
            done = self._work(ScoreJob.Kind.SCORE)
            self.stderr.write(f"version {model.version} is active, {done.written_count} papers written")

    def _work(self, kind: str) -> ScoreJob:
        """Work until a job of the kind is done, in this process. Raises CommandError with the reason of a failure."""
        job = working.work_on_job(clock=clock.now, kinds=(kind,), lease=LEASE)
        if job is None:
            raise CommandError(f"Another process is at it: {kind}. Its job is in the admin.", returncode=1)
        if job.state != ScoreJob.State.DONE:
            raise CommandError(f"{sentence_of_failure(job.failure)} ({job.detail})", returncode=1)
        return job

    def _show(self, model: ScoreModel, *, as_json: bool) -> None:
        figures = model.backtest
        if as_json:
            about = {name: value for name, value in figures.items() if name != "sample"}
            told = {"version": model.version, "beats_baselines": model.beats_baselines, **about}
            self.stdout.write(orjson.dumps(told).decode())
            return
        self.stdout.write(
            f"{figures['papers']} papers, {figures['figures']} citations; trained on {figures['trained_on']} papers "
            f"before {figures['before_year']}, judged on {figures['judged_on']} to {figures['last_year']}"
        )
        rows: dict[Words, dict[str, Any]] = {MODEL_NAME: figures["model"]}
        rows |= {BLINDED_NAMES[name]: row for name, row in figures["blinded"].items()}
        rows |= {BASELINE_NAMES[name]: row for name, row in figures["baselines"].items()}
        for name, row in rows.items():
            spearman = "–" if row["spearman"] is None else f"{row['spearman']:.3f}"
            lift = "–" if row["decile_lift"] is None else f"{row['decile_lift']:.2f}"
            self.stdout.write(f"{name!s:<48}{spearman:>8}{lift:>8}{row['coverage']:>7.0%}")
        if figures["interval_coverage"] is not None:
            self.stdout.write(f"intervals of 80 % held {figures['interval_coverage']:.1%} of the judged papers")
        self.stdout.write(
            f"version={model.version} beats_baselines={'yes' if model.beats_baselines else 'no'} "
            f"papers={model.paper_count} cut_off={model.cut_off_date:%Y-%m-%d}"
        )


def _trained_by(job: ScoreJob) -> ScoreModel:
    assert job.model_id is not None  # a training that is done has its model
    return ScoreModel.objects.defer("content").get(pk=job.model_id)

"""All numbers of a test's record, computed as a worker would, at a fixed hour."""

from datetime import UTC, datetime

from metrics.models import RefreshRun
from metrics.services.refresh import runs, working

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def refresh_everything() -> RefreshRun:
    run = runs.start_refresh(now=NOW)
    run, _ = working.work_on(run_id=run.pk, clock=lambda: NOW, seconds=60)
    assert run.state == RefreshRun.State.DONE, list(run.items.exclude(failure="").values_list("stage", "failure"))
    return run

"""How far refreshes are, and what holds them up."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q

from metrics.models import RefreshItem, RefreshRun, Stage


@dataclass(frozen=True, slots=True)
class Progress:
    """Items of a run by state; `stage` is the earliest that is not done, None when all are."""

    total: int
    done: int
    running: int
    failed: int
    stage: Stage | None

    @property
    def sentence(self) -> str:
        at = f", at {self.stage.label.lower()}" if self.stage is not None else ""
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.done} of {self.total} items done{at}{failed}"


def progress_of(run: RefreshRun) -> Progress:
    """One query."""
    state = RefreshItem.State
    found = RefreshItem.objects.filter(run=run).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(state=state.DONE)),
        running=Count("pk", filter=Q(state=state.RUNNING)),
        failed=Count("pk", filter=Q(state=state.FAILED)),
        stage=Min("stage", filter=~Q(state=state.DONE)),
    )
    stage = found.pop("stage")
    return Progress(**found, stage=Stage(stage) if stage is not None else None)

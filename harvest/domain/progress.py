"""How far an import is, from what its row says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A batch is committed every few seconds; a run that has said nothing for this long has most likely died.
SILENT_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Of a run: `percent` by bytes, None without any; records and seconds so far; records a second, None at first.

    `silent_for` is the time since the last sign of life of a run that is not finished, None for one that is.
    """

    percent: float | None
    records: int
    seconds: float
    rate: float | None
    silent_for: timedelta | None

    @property
    def seems_dead(self) -> bool:
        """Whether a run that should be alive has been silent for too long."""
        return self.silent_for is not None and self.silent_for > SILENT_AFTER


def progress_of(
    *,
    total_bytes: int,
    done_bytes: int,
    records: int,
    started_at: datetime,
    heartbeat_at: datetime,
    finished_at: datetime | None,
    now: datetime,
) -> RunProgress:
    """The progress of a run at `now`. Its rate is over the time until its last sign of life."""
    seconds = max(0.0, ((finished_at or heartbeat_at) - started_at).total_seconds())
    return RunProgress(
        percent=min(100.0, 100 * done_bytes / total_bytes) if total_bytes else None,
        records=records,
        seconds=seconds,
        rate=records / seconds if seconds >= 1 else None,
        silent_for=None if finished_at else now - heartbeat_at,
    )

"""Work that stands in rows: one worker at a time takes a row, and when that worker is gone another goes on.

A row is taken for as long as its lease runs, which its worker renews. Who took it is known by `attempts`, which every
take counts up: a worker whose lease ran out, and whose row somebody else took, changes nothing any more.
"""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models, transaction


class LeasedRows[Row: "LeasedRow"](models.QuerySet[Row]):
    """Rows to take and to let go."""

    def expired(self, *, now: datetime) -> Self:
        """Rows whose worker is gone: their lease ran out."""
        return self.filter(lease_until__lt=now)

    def take(self, *, now: datetime, lease: timedelta, **columns: Any) -> Row | None:
        """The first row of this queryset in its order that nobody else is taking, now in the state TAKEN; None when
        there is none. Which rows may be taken, waiting ones or expired ones, is what the queryset says."""
        with transaction.atomic():
            row = self.select_for_update(skip_locked=True, of=("self",)).first()
            if row is None:
                return None
            columns |= {"state": row.TAKEN, "attempts": row.attempts + 1, "lease_until": now + lease}
            self.model._base_manager.filter(pk=row.pk).update(**columns)
        for name, value in columns.items():
            setattr(row, name, value)
        return row

    def held(self, row: "LeasedRow") -> Self:
        """The row, if it is still the worker's who took it; empty when another took it meanwhile, or it is over."""
        return self.filter(pk=row.pk, attempts=row.attempts, lease_until__isnull=False)

    def renew(self, row: "LeasedRow", *, now: datetime, lease: timedelta, **columns: Any) -> bool:
        """Say that the row's worker lives; False when it is no longer theirs."""
        return bool(self.held(row).update(lease_until=now + lease, **columns))

    def give_back(self, row: "LeasedRow", *, state: str, **columns: Any) -> bool:
        """End the lease with the row in another state, done or waiting again; False when it is no longer theirs."""
        return bool(self.held(row).update(state=state, lease_until=None, **columns))

    def fail(self, row: "LeasedRow", *, state: str, failure: str, **columns: Any) -> bool:
        """End the lease of a row that cannot succeed by being tried again, with the reason."""
        return self.give_back(row, state=state, failure=failure, **columns)


class LeasedRow(models.Model):
    """Columns of a row that is taken under a lease. A subclass has its `state`, and says which one is TAKEN."""

    TAKEN: ClassVar[str] = "running"

    attempts = models.SmallIntegerField(default=0)  # how often a worker took it
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

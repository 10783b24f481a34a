"""A work on its way from the sources' words to the tables."""

from dataclasses import dataclass, field
from datetime import date

from harvest.domain.record import WorkRecord
from harvest.domain.versions import AssertedLocation
from papers.domain.relations import RETRACTING, gravest
from papers.models.identity import UNKNOWN_DATE


@dataclass(slots=True)
class Upsert:
    """One work of a batch.

    `said` are the records of this batch that state it; `record` is what they and the stored statements of other
    sources make together; `counted` is the number of citing works as the portal knows it, None when it
    does not. `noticed` are the
    kinds of notices that other works here state about it; `corrected_retraction` what a person set, None when nobody.
    `adds_nothing`: its records are copies of what a portal says, and the work has statements that are none.
    """

    sources: list[WorkRecord]
    record: WorkRecord
    paper_id: int = 0
    is_new: bool = True
    counted: int | None = None
    reported: int | None = None
    field_sources: dict[str, str] = field(default_factory=dict)
    locations: tuple[AssertedLocation, ...] = ()
    noticed: frozenset[str] = frozenset()
    corrected_retraction: bool | None = None
    adds_nothing: bool = False

    @property
    def published(self) -> date | None:
        return self.record.published.first_day if self.record.published else None

    @property
    def keyset_date(self) -> date:
        return self.published or UNKNOWN_DATE

    @property
    def shown(self) -> int | None:
        known = [figure for figure in (self.reported, self.counted) if figure is not None]
        return max(known, default=None)

    @property
    def notice(self) -> str:
        """The gravest notice about the work, "" when there is none; what a curator said stands above it."""
        kinds = {notice.kind for notice in self.record.notices} | self.noticed
        if self.record.is_retracted:
            kinds.add("retraction")
        if self.corrected_retraction is False:
            kinds -= RETRACTING
        elif self.corrected_retraction and not kinds & RETRACTING:
            kinds.add("retraction")
        return gravest(kinds)

    @property
    def is_retracted(self) -> bool:
        return self.notice in RETRACTING

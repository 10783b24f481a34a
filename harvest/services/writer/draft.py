"""A work on its way from the sources' words to the tables."""

from dataclasses import dataclass, field
from datetime import date

from harvest.domain.record import WorkRecord
from papers.models.identity import UNKNOWN_DATE


@dataclass(slots=True)
class Draft:
    """One work of a batch.

    `said` are the records of this batch that state it; `record` is what they and the stored statements of other
    sources make together; `counted` is the number of citing works that the portal already knows.
    """

    said: list[WorkRecord]
    record: WorkRecord
    paper_id: int = 0
    is_new: bool = True
    counted: int = 0
    reported: int | None = None
    field_sources: dict[str, str] = field(default_factory=dict)

    @property
    def published(self) -> date | None:
        return self.record.published.first_day if self.record.published else None

    @property
    def keyset_date(self) -> date:
        return self.published or UNKNOWN_DATE

    @property
    def shown(self) -> int:
        return max(self.reported or 0, self.counted)

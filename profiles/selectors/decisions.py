"""What an owner has said of single works, and of the record's name."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from claims.selectors.ownership import records_of
from papers.models import BylineDecision, Correction, RecordKind
from papers.selectors.addresses import address

SHOWN = 200


@dataclass(frozen=True, slots=True)
class OwnDecision:
    id: int
    is_theirs: bool
    printed_name: str
    title: str
    url: str
    at: datetime
    withdrawn_at: datetime | None


def decisions_of(*, user: User, author_id: int) -> tuple[OwnDecision, ...]:
    """The newest first; those taken back too."""
    rows = BylineDecision.objects.filter(by=user, author_id__in=records_of([author_id])).order_by("-at", "-pk")
    return tuple(
        OwnDecision(pk, theirs, printed, title, address("W", paper, title), at, withdrawn)
        for pk, theirs, printed, paper, title, at, withdrawn in rows.values_list(
            "pk", "is_theirs", "printed_name", "paper_id", "paper__title", "at", "withdrawn_at"
        )[:SHOWN]
    )


def name_correction(*, user: User, author_id: int) -> Correction | None:
    """The name that the owner set, with what sources say."""
    rows = Correction.objects.filter(kind=RecordKind.AUTHOR, object_id=author_id, field="name", by=user)
    return rows.first()

"""What was decided on an owner's record: their own words on single works and on the name, and works that left it because
the owner of another record said that they are theirs."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from claims.selectors.ownership import records_of
from papers.models import BylineDecision, Correction, RecordKind
from papers.models.identity import canonical
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


@dataclass(frozen=True, slots=True)
class LostWork:
    """`id` is the decision that moved it; `to_name` and `to_url` are the record that has it now."""

    id: int
    title: str
    url: str
    printed_name: str
    to_name: str
    to_url: str
    at: datetime


def lost_works(*, author_id: int, before: datetime | None) -> tuple[LostWork, ...]:
    """The newest first: what standing decisions moved from this record to another until `before`."""
    rows = moves_from(author_id).filter(at__lte=before).order_by("-at", "-pk") if before else ()
    return tuple(
        LostWork(
            id=row.pk,
            title=row.paper.title,
            url=address("W", row.paper_id, row.paper.title),
            printed_name=row.printed_name,
            to_name=row.to_author.name if row.to_author.is_listed else "",
            to_url=address("A", row.to_author_id, row.to_author.name) if row.to_author.is_listed else "",
            at=row.at,
        )
        for row in list(rows[:SHOWN])
    )


def moves_from(author_id: int) -> QuerySet[BylineDecision]:
    """Standing decisions by which bylines of this record belong to another."""
    ids = records_of([author_id])
    return (
        BylineDecision.objects.filter(from_author__in=ids, is_theirs=True, withdrawn_at=None)
        .annotate(canonical=canonical("to_author"))
        .exclude(canonical=author_id)
        .select_related("paper", "to_author")
    )

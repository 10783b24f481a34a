"""Everything that people did to an author record, from the log that nobody can change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from accounts.models import User
from claims.models import Claim
from papers.models import Author, BylineDecision, Correction, Paper, RecordKind, RecordRevision

ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened: when, what (a code with its facts), who (an address, "" for nobody or somebody
    forgotten), and why."""

    at: datetime
    code: str
    facts: Mapping[str, object]
    who: str
    why: str


def log_of(author: Author) -> list[LogLine]:
    """The newest hundred, newest first, of a record and of those merged into it. Seven queries."""
    ids = [author.pk, *author.merged_from.order_by("pk").values_list("pk", flat=True)]
    rows = [*_revisions(ids), *_decisions(ids), *_corrections(ids), *_claims(ids)]
    rows.sort(key=lambda line: (line.event.pgh_created_at, line.event.pgh_id), reverse=True)
    rows = rows[:ROWS_SHOWN]
    people = {row.user_id for row in rows if row.user_id}
    emails = dict(User.objects.filter(pk__in=people).order_by("pk").values_list("pk", "email"))
    return [
        LogLine(row.event.pgh_created_at, row.code, row.facts, emails.get(row.user_id or 0, ""), row.why)
        for row in rows
    ]


class Row(NamedTuple):
    """A row of a log, what it says, who did it (an id), and why."""

    event: Any
    code: str
    facts: Mapping[str, object]
    user_id: int | None
    why: str


def _log(model: Any, condition: Q, *related: str) -> QuerySet[Any]:
    log = model.log.rel.related_model._default_manager
    return log.filter(condition).order_by("-pgh_created_at", "-pgh_id")[:ROWS_SHOWN]  # type: ignore[no-any-return]  # a model made by pghistory


def _revisions(ids: list[int]) -> list[Row]:
    rows: list[Row] = []
    for row in _log(RecordRevision, Q(author_ids__overlap=ids)):
        undone = row.undone_at is not None
        if row.pgh_label != "update" or undone:
            actor = row.undone_by_id if undone else row.by_id
            rows.append(Row(row, "undone" if undone else row.kind, {"id": row.id}, actor, row.reason))
    return rows


def _decisions(ids: list[int]) -> list[Row]:
    found = list(_log(BylineDecision, Q(author__in=ids) | Q(from_author__in=ids) | Q(to_author__in=ids)))
    titles = dict(
        Paper.objects.filter(pk__in={row.paper_id for row in found}).order_by("pk").values_list("pk", "title")
    )
    rows: list[Row] = []
    for row in found:
        facts = {"title": titles.get(row.paper_id, ""), "name": row.printed_name}
        actor = (row.pgh_context or {}).get("by") if row.pgh_label == "delete" else row.by_id
        if row.pgh_label == "delete" or row.withdrawn_at is not None:
            code, actor = "decision_withdrawn", row.withdrawn_by_id or actor
        else:
            code = "theirs" if row.is_theirs else "not_theirs"
        rows.append(Row(row, code, facts, actor, row.reason))
    return rows


def _corrections(ids: list[int]) -> list[Row]:
    rows: list[Row] = []
    for row in _log(Correction, Q(kind=RecordKind.AUTHOR, object_id__in=ids)):
        gone = row.pgh_label == "delete"
        actor = (row.pgh_context or {}).get("by") if gone else row.by_id
        code = "correction_withdrawn" if gone else "corrected"
        rows.append(Row(row, code, {"field": row.field, "value": row.value}, actor, row.reason))
    return rows


def _claims(ids: list[int]) -> list[Row]:
    """Whose claim it was is said; who decided it stands with the claim itself."""
    rows: list[Row] = []
    for row in _log(Claim, Q(author__in=ids)):
        code = "claim_removed" if row.pgh_label == "delete" else "claim"
        rows.append(Row(row, code, {"state": row.state}, row.user_id, ""))
    return rows

"""Everything that people did to an author record, from the log that nobody can change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from claims.models import Claim
from papers.models import Author, BylineDecision, Correction, Paper, RecordKind, RecordRevision

ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that happened: when, what in words, who (an address, "" for nobody or somebody forgotten), and why."""

    at: datetime
    what: str
    who: str
    why: str


def log_of(author: Author) -> list[LogLine]:
    """The newest hundred, newest first, of a record and of those merged into it. Seven queries."""
    ids = [author.pk, *author.merged_from.order_by("pk").values_list("pk", flat=True)]
    rows = [*_revisions(ids), *_decisions(ids), *_corrections(ids), *_claims(ids)]
    rows.sort(key=lambda line: (line.event.pgh_created_at, line.event.pgh_id), reverse=True)
    rows = rows[:ROWS_SHOWN]
    people = {user for _row, _words, user, _why in rows if user}
    emails = dict(User.objects.filter(pk__in=people).order_by("pk").values_list("pk", "email"))
    return [LogLine(row.pgh_created_at, words, emails.get(user or 0, ""), why) for row, words, user, why in rows]


class Row(NamedTuple):
    """A row of a log, what it says, who did it (an id), and why."""

    event: Any
    what: str
    user_id: int | None
    why: str


def _log(model: Any, condition: Q, *related: str) -> QuerySet[Any]:
    log = model.log.rel.related_model._default_manager
    return log.filter(condition).order_by("-pgh_created_at", "-pgh_id")[:ROWS_SHOWN]  # type: ignore[no-any-return]  # a model made by pghistory


def _revisions(ids: list[int]) -> list[Row]:
    names: dict[str, Callable[[], str]] = {
        "merge": lambda: _("Records were merged (no. %(id)s)."),
        "split": lambda: _("The record was split (no. %(id)s)."),
    }
    rows: list[Row] = []
    for row in _log(RecordRevision, Q(author_ids__overlap=ids)):
        undone = row.undone_at is not None
        words = _("The merge or split no. %(id)s was undone.") if undone else names[row.kind]()
        if row.pgh_label != "update" or undone:
            rows.append(Row(row, words % {"id": row.id}, row.undone_by_id if undone else row.by_id, row.reason))
    return rows


def _decisions(ids: list[int]) -> list[Row]:
    found = list(_log(BylineDecision, Q(author__in=ids) | Q(from_author__in=ids) | Q(to_author__in=ids)))
    titles = dict(
        Paper.objects.filter(pk__in={row.paper_id for row in found}).order_by("pk").values_list("pk", "title")
    )
    rows: list[Row] = []
    for row in found:
        told = {"title": titles.get(row.paper_id, ""), "name": row.printed_name}
        actor = (row.pgh_context or {}).get("by") if row.pgh_label == "delete" else row.by_id
        if row.pgh_label == "delete" or row.withdrawn_at is not None:
            words = _("A word on “%(title)s” was withdrawn.")
            actor = row.withdrawn_by_id or actor
        elif row.is_theirs:
            words = _("“%(name)s” on “%(title)s” was said to be a record's own.")
        else:
            words = _("“%(name)s” on “%(title)s” was said not to be a record's own.")
        rows.append(Row(row, words % told, actor, row.reason))
    return rows


def _corrections(ids: list[int]) -> list[Row]:
    rows: list[Row] = []
    for row in _log(Correction, Q(kind=RecordKind.AUTHOR, object_id__in=ids)):
        gone = row.pgh_label == "delete"
        words = _("The correction of %(field)s was withdrawn.") if gone else _("%(field)s was set to “%(value)s”.")
        actor = (row.pgh_context or {}).get("by") if gone else row.by_id
        rows.append(Row(row, words % {"field": row.field, "value": row.value}, actor, row.reason))
    return rows


def _claims(ids: list[int]) -> list[Row]:
    """Whose claim it was is said; who decided it stands with the claim itself."""
    rows: list[Row] = []
    for row in _log(Claim, Q(author__in=ids)):
        words = _("A claim was removed.") if row.pgh_label == "delete" else _("A claim: %(state)s.")
        rows.append(Row(row, words % {"state": row.state}, row.user_id, ""))
    return rows

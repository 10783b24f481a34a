"""Works that may be one: kept apart, joined, and parted again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from harvest.services.joined_papers import join_papers, part_papers
from papers.admin.bulk_actions import BulkAction, Preview
from papers.admin.filters import fixed
from papers.admin.panels import admin_url
from papers.admin.versions import ActingPartAdmin
from papers.models import PaperMatch
from papers.services.version_matches import decide_never, reopen

State = PaperMatch.State


def _preview(ids: Sequence[int], *, becomes: str, only: PaperMatch.State) -> list[Preview]:
    chosen = PaperMatch.objects.filter(pk__in=ids).select_related("one", "other").order_by("pk")
    return [
        Preview(
            one.pk,
            f"{one.one.title} · {one.other.public_id}",
            admin_url("papers_paper", one.one_id),
            one.get_state_display(),
            becomes,
            one.state == only,
        )
        for one in chosen
    ]


def _never_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    return _preview(ids, becomes=State.NEVER, only=State.OPEN)


def _open_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    return _preview(ids, becomes=State.OPEN, only=State.NEVER)


def _join_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    return _preview(ids, becomes=State.JOINED, only=State.OPEN)


def _part_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    return _preview(ids, becomes=State.NEVER, only=State.JOINED)


def _never(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    return decide_never(match_ids=ids, by=by, now=now)


def _reopen(ids: Sequence[int], _cleaned: dict[str, Any], _by: User, _now: datetime) -> list[int]:
    return reopen(match_ids=ids)


def _join(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    return join_papers(match_ids=ids, by=by, now=now)


def _part(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    return part_papers(match_ids=ids, by=by, now=now)


_RIGHT = "papers.change_papermatch"


@admin.register(PaperMatch)
class PaperMatchAdmin(ActingPartAdmin):
    bulk_actions = (
        BulkAction("join", _("Join"), _("These are one work; the older page stays."), _RIGHT, _join_preview, _join),
        BulkAction(
            "never", _("Keep apart"), _("These are two works; no import joins them."), _RIGHT, _never_preview, _never
        ),
        BulkAction(
            "part", _("Undo joining"), _("Both works stand again and are kept apart."), _RIGHT, _part_preview, _part
        ),
        BulkAction(
            "reopen", _("Decide again"), _("The pairs are undecided once more."), _RIGHT, _open_preview, _reopen
        ),
    )
    owners = {"one": "W", "other": "W"}
    list_display = ("one", "other", "reason", "state", "found_at", "decided_by")
    list_select_related = ("one", "other", "decided_by")
    list_filter = (fixed("state", _("state"), ("open", "never", "joined")),)
    fields = ("one", "other", "reason", "state", "found_at", "decided_by", "decided_at")
    search_help_text = _("The id or an identifier of a paper, in any form.")

"""Where versions are found, what works are to each other, and venues that were joined."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from papers.admin.bulk_actions import BulkAction, BulkActionsMixin, Preview
from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin
from papers.admin.panels import admin_url
from papers.models import PaperLocation, PaperRelation, VenueMerge, VenueName
from papers.services.venue_merges import MergeRefused, undo_venue_merge


class ActingPartAdmin(BulkActionsMixin, PartAdmin):
    """Parts of a record that actions can be done on."""

    def get_urls(self) -> list[URLPattern]:
        urls: list[Any] = super().get_urls()
        return [*self.bulk_action_urls(), *urls]


def _undo_preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    chosen = VenueMerge.objects.filter(pk__in=ids).select_related("kept", "merged").order_by("pk")
    return [
        Preview(
            one.pk,
            one.merged.name,
            admin_url("papers_venue", one.merged_id),
            one.kept.name,
            gettext("a venue of its own"),
            one.undone_at is None,
        )
        for one in chosen
    ]


def _undo(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    undone = []
    for pk in VenueMerge.objects.filter(pk__in=ids, undone_at=None).order_by("-pk").values_list("pk", flat=True):
        try:
            undo_venue_merge(merge_id=pk, by=by, now=now)
        except MergeRefused:
            continue  # what was merged on since is left as it is, and is not among those that were undone
        undone.append(pk)
    return undone


@admin.register(VenueMerge)
class VenueMergeAdmin(ActingPartAdmin):
    bulk_actions = (
        BulkAction(
            "undo",
            _("Undo merges"),
            _("Both venues are separate again, each with its works; no rule merges them again."),
            "papers.change_venuemerge",
            _undo_preview,
            _undo,
        ),
    )
    owners = {"kept": "S", "merged": "S"}
    list_display = ("merged", "kept", "rule", "by", "at", "undone_at")
    list_select_related = ("merged", "kept", "by")
    list_filter = (fixed("rule", _("rule"), ("name", "acronym", "issn", "curator")),)
    fields = ("merged", "kept", "rule", "by", "at", "undone_at", "undone_by")
    search_help_text = _("A venue's id or identifier in any form.")


@admin.register(VenueName)
class VenueNameAdmin(PartAdmin):
    owners = {"venue": "S"}
    list_display = ("name", "venue", "is_decided")
    list_select_related = ("venue",)
    search_help_text = _("A venue's id or identifier in any form.")


@admin.register(PaperLocation)
class PaperLocationAdmin(PartAdmin):
    owners = {"paper": "W"}
    list_display = ("paper", "position", "version", "venue_name", "volume", "pages", "source")
    list_select_related = ("paper", "venue_name")
    search_help_text = _("A paper's id or identifier in any form.")


@admin.register(PaperRelation)
class PaperRelationAdmin(PartAdmin):
    owners = {"paper": "W"}
    list_display = ("paper", "kind", "scheme", "value", "notice_date", "source")
    list_select_related = ("paper",)
    search_help_text = _("A paper's id or identifier in any form.")

"""What people said of bylines: made on an author's page or by a split, withdrawn here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from papers.admin.bulk_actions import BulkAction, BulkActionsMixin, Preview
from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin
from papers.admin.panels import admin_url
from papers.models import BylineDecision
from papers.services.bylines import withdraw_decision


def _preview(ids: Sequence[int], _cleaned: dict[str, Any]) -> list[Preview]:
    chosen = BylineDecision.objects.filter(pk__in=ids).select_related("paper", "from_author", "to_author")
    return [
        Preview(
            one.pk,
            one.paper.title,
            admin_url("papers_paper", one.paper_id),
            one.to_author.name,
            one.from_author.name,
            one.withdrawn_at is None,
        )
        for one in chosen.order_by("pk")
    ]


def _withdraw(ids: Sequence[int], _cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    standing = BylineDecision.objects.filter(pk__in=ids, withdrawn_at=None).order_by("pk")
    chosen = list(standing.values_list("pk", flat=True))
    for decision_id in chosen:
        withdraw_decision(decision_id=decision_id, by=by, now=now)
    return chosen


@admin.register(BylineDecision)
class BylineDecisionAdmin(BulkActionsMixin, PartAdmin):
    bulk_actions = (
        BulkAction(
            "withdraw",
            _("Withdraw decisions"),
            _("Each byline goes back to the record it was taken from."),
            "papers.change_bylinedecision",
            _preview,
            _withdraw,
        ),
    )
    owners = {"author": "A", "paper": "W"}
    list_display = ("printed_name", "author", "is_theirs", "paper", "reason", "by", "at", "withdrawn_at")
    list_select_related = ("author", "paper", "by")
    list_filter = (fixed("is_theirs", _("is the author"), ("True", "False")),)
    fields = (
        "paper",
        "printed_name",
        "position",
        "author",
        "is_theirs",
        "from_author",
        "to_author",
        "reason",
        "by",
        "at",
        "revision",
        "withdrawn_at",
        "withdrawn_by",
    )
    search_help_text = _("The id or an identifier of an author or a paper, in any form.")

    def get_urls(self) -> list[URLPattern]:
        urls: list[Any] = super().get_urls()
        return [*self.bulk_action_urls(), *urls]

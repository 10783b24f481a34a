"""Full refreshes and their items: how far they are, what holds them up, and the way to go on."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common import clock
from metrics.admin.confirmed import Confirmed, ConfirmedActionsAdmin
from metrics.models import RefreshItem, RefreshRun, Stage
from metrics.selectors.refreshes import progress_of
from metrics.services.refresh import runs
from papers.admin.filters import fixed
from papers.admin.lists import CuratedAdmin


def start(_row: None, request: HttpRequest) -> str:
    """Begin a full refresh; raises AlreadyRunning."""
    run = runs.start_refresh(now=clock.now(), reason="admin", requested_by_id=request.user.pk)
    return gettext("Refresh %(run)s has started.") % {"run": run.pk}


def retry(row: RefreshRun, _request: HttpRequest) -> str:
    """Queue failed items again; raises AlreadyRunning."""
    count = runs.retry_failed(run_id=row.pk)
    told = ngettext("%(count)s item is tried again.", "%(count)s items are tried again.", count)
    return told % {"count": count}


def cancel(row: RefreshRun, _request: HttpRequest) -> str:
    """Take no more items of the run."""
    if runs.cancel_refresh(run_id=row.pk, now=clock.now()):
        return gettext("The refresh is cancelled. Items in progress finish; no more are started.")
    return gettext("The refresh was not running.")


@admin.register(RefreshRun)
class RefreshRunAdmin(ConfirmedActionsAdmin):
    change_form_template = "admin/metrics/actions_change_form.html"
    change_list_template = "admin/metrics/actions_change_list.html"
    list_display = ("id", "state", "scope", "reason", "progress", "as_of_date", "started_at", "finished_at")
    list_filter = (fixed("state", _("state"), tuple(RefreshRun.State.values)),)
    ordering: ClassVar[tuple[str, ...]] = ("-started_at", "-pk")
    fields = (
        "state",
        "scope",
        "reason",
        "requested_by",
        "progress",
        "troubles",
        "as_of_date",
        "started_at",
        "finished_at",
    )
    confirmed_actions = (
        Confirmed(
            "start",
            _("Start a full refresh"),
            _(
                "Recompute all numbers of all papers and authors, on all workers. Pages show the old numbers until then."
            ),
            start,
            (runs.AlreadyRunning,),
            is_on_row=False,
        ),
        Confirmed(
            "retry",
            _("Try failed items again"),
            _("The failed items are queued again and the refresh continues."),
            retry,
            (runs.AlreadyRunning,),
        ),
        Confirmed("cancel", _("Cancel"), _("Items in progress finish; no more are started."), cancel),
    )

    @admin.display(description=_("Progress"))
    def progress(self, run: RefreshRun) -> str:
        return progress_of(run).sentence

    @admin.display(description=_("What failed"))
    def troubles(self, run: RefreshRun) -> str:
        failed = RefreshItem.objects.filter(run=run).exclude(failure="").order_by("stage", "pk")[:20]
        return "\n".join(f"{item} ({item.state}): {item.failure}" for item in failed) or "–"


@admin.register(RefreshItem)
class RefreshItemAdmin(CuratedAdmin):
    list_display = (
        "id",
        "run_id",
        "stage",
        "low_id",
        "high_id",
        "state",
        "attempts",
        "failures",
        "rows_written",
        "started_at",
        "finished_at",
        "failure",
    )
    list_filter = (
        fixed("state", _("state"), tuple(RefreshItem.State.values)),
        fixed("stage", _("stage"), tuple(str(value) for value in Stage.values)),
    )
    list_select_related = ()

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

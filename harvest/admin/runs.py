"""Import runs with their progress, and the records they could not take. Nothing is changed here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import clock
from common.backlog import backlog
from harvest.domain.progress import RunProgress, progress_of
from harvest.models import ImportRun, RejectedRecord
from papers.admin.bases import AnyModelAdmin
from papers.admin.filters import Choices, SourceFilter, fixed
from papers.admin.lists import CuratedAdmin

REJECTED_SHOWN = 50
REFRESH_SECONDS = 5
CODES = (
    "bad_bibtex",
    "bad_date",
    "bad_encoding",
    "bad_json",
    "bad_ris",
    "no_data",
    "no_id",
    "no_metadata",
    "no_name",
    "no_title",
    "not_an_object",
    "too_deep",
    "too_long",
    "unreadable",
    "warning",
)


class WatchedAdmin(CuratedAdmin):
    """Rows that an import writes."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def progress(run: ImportRun) -> RunProgress:
    """The run's progress at this moment."""
    done = run.created_count + run.updated_count + run.unchanged_count + run.rejected_count
    return progress_of(
        total_bytes=run.total_bytes,
        done_bytes=run.done_bytes,
        records=done,
        started_at=run.started_at,
        heartbeat_at=run.heartbeat_at,
        finished_at=run.finished_at,
        now=clock.now(),
    )


@admin.register(ImportRun)
class ImportRunAdmin(WatchedAdmin):
    change_form_template = "admin/harvest/run_change_form.html"
    change_list_template = "admin/harvest/run_change_list.html"
    list_display = (
        "source",
        "begun",
        "state",
        "percent",
        "created_count",
        "updated_count",
        "unchanged_count",
        "rejected_count",
        "rate",
        "sign_of_life",
    )
    list_filter = (
        fixed("state", _("state"), tuple(ImportRun.State.values)),
        SourceFilter,
    )
    ordering: ClassVar[tuple[str, ...]] = ("-started_at", "-pk")
    fields = (
        "source",
        "state",
        "failure",
        "percent",
        "created_count",
        "updated_count",
        "unchanged_count",
        "rejected_count",
        "rate",
        "sign_of_life",
        "follows",
        "started_at",
        "finished_at",
        "paths",
        "current_path",
        "position",
    )

    @admin.display(description=_("Started"))
    def begun(self, run: ImportRun) -> str:
        return f"{run.started_at:%Y-%m-%d %H:%M:%S}"

    @admin.display(description=_("Progress"))
    def percent(self, run: ImportRun) -> str:
        percent = progress(run).percent
        return "–" if percent is None else f"{percent:.0f} %"

    @admin.display(description=_("Records a second"))
    def rate(self, run: ImportRun) -> str:
        rate = progress(run).rate
        return "–" if rate is None else number_format(rate, 0, force_grouping=True)

    @admin.display(description=_("Last activity"))
    def sign_of_life(self, run: ImportRun) -> str:
        now = clock.now()
        words = gettext("%(time)s ago") % {"time": timesince(run.heartbeat_at, now)}
        if progress(run).seems_dead:
            return gettext("%(ago)s: it seems to have stopped; import the same files again to continue") % {
                "ago": words
            }
        return words

    @admin.display(description=_("After the records"))
    def follows(self, run: ImportRun) -> str:
        """What the command shows; once it is gone, what is left of the stages, which workers go on with."""
        if run.stage:
            return f"{run.stage}: {run.stage_done:,} / {run.stage_total:,}"
        left = [f"{stage.label}: {stage.left:,}" for stage in backlog()]
        return "; ".join(left) or gettext("nothing is left to do")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        watched = {"is_watched": True, "refresh_seconds": REFRESH_SECONDS}
        return super().changelist_view(request, watched | (extra_context or {}))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        if obj is not None:
            rows = list(RejectedRecord.objects.filter(run=obj).order_by("is_warning", "pk")[: REJECTED_SHOWN + 1])
            context |= {
                "run": obj,
                "progress": progress(obj),
                "is_watched": obj.state == ImportRun.State.RUNNING or bool(backlog()),
                "refresh_seconds": REFRESH_SECONDS,
                "rejected": rows[:REJECTED_SHOWN],
                "rejected_url": f"{reverse('admin:harvest_rejectedrecord_changelist')}?run={obj.pk}&what=all",
                "has_more_rejected": len(rows) > REJECTED_SHOWN,
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


class RunFilter(admin.SimpleListFilter):
    """The latest runs; any other run's records are reached from its own page."""

    title, parameter_name = _("run"), "run"
    LATEST = 15

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        latest = ImportRun.objects.order_by("-started_at", "-pk").values_list("pk", "source", "started_at")
        rows = list(latest[: self.LATEST])
        chosen = self.value() or ""
        if chosen.isdigit() and int(chosen) not in {pk for pk, _source, _at in rows}:
            rows += list(ImportRun.objects.filter(pk=int(chosen)).values_list("pk", "source", "started_at"))
        return [(str(pk), f"{source} {at:%Y-%m-%d %H:%M}") for pk, source, at in rows]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        value = self.value() or ""
        return queryset.filter(run_id=int(value)) if value.isascii() and value.isdigit() and len(value) < 19 else None


class WarningFilter(admin.SimpleListFilter):
    """Records that were left out come first, by themselves; among many more warnings nobody would find them."""

    title, parameter_name = _("what happened"), "what"

    def lookups(self, request: HttpRequest, model_admin: AnyModelAdmin) -> Choices:
        return [("warning", _("Part of the record was left out")), ("all", _("Both"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": _("The record was left out")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        shown = self.value() or ""
        return queryset if shown == "all" else queryset.filter(is_warning=shown == "warning")


@admin.register(RejectedRecord)
class RejectedRecordAdmin(WatchedAdmin):
    list_display = ("where", "code", "reason", "source", "outcome", "run", "at")
    list_select_related = ("run",)
    search_fields = ("code",)
    search_help_text = _("A code such as no_title, or the whole path of a file.")
    fields = ("run", "source", "path", "line", "code", "reason", "excerpt", "outcome", "at")
    list_filter: ClassVar[tuple[Any, ...]] = (
        RunFilter,
        WarningFilter,
        SourceFilter,
        fixed("code", _("code"), CODES),
    )

    @admin.display(description=_("File and line"))
    def where(self, row: RejectedRecord) -> str:
        return f"{row.path.rpartition('/')[2]}:{row.line}"

    @admin.display(description=_("What happened"))
    def outcome(self, row: RejectedRecord) -> str:
        return gettext("Part of the record was left out") if row.is_warning else gettext("The record was left out")

    def found_by(self, text: str) -> Q:
        return Q(path=text) if "/" in text else Q(code=text)

"""Attribution runs: what each moved, what it asks a curator to look at, and taking the latest back."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Func, IntegerField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.formats import number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.action_pages import ActionPagesMixin
from identity.models import IdentityMove, IdentityRun
from identity.presenters.alarms import alarm_groups
from identity.selectors.runs import may_be_undone
from identity.services.undoing import RunRefused, ask_to_undo
from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin

MOVES_SHOWN = 50
UNDO = "identity.undo_identityrun"


@admin.register(IdentityRun)
class IdentityRunAdmin(ActionPagesMixin, PartAdmin):
    change_form_template = "admin/identity/run.html"
    list_display = ("begun", "state", "took", "moved", "alarm_count", "model")
    list_filter = (fixed("state", _("state"), tuple(IdentityRun.State.values)),)
    fields = (("state", "model"), ("started_at", "finished_at", "undone_at"), ("moved", "settled"))
    ordering: ClassVar[tuple[str, ...]] = ("-started_at", "-pk")

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("css/claims_admin.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[IdentityRun]:
        """Alarms are counted where they are: there may be thousands in a run."""
        count = Func(F("alarms"), function="jsonb_array_length", output_field=IntegerField())
        runs: QuerySet[IdentityRun] = super().get_queryset(request)
        return runs.annotate(alarms_found=count)

    def get_urls(self) -> list[URLPattern]:
        return [self.action_url_pattern("<int:run_id>/undo/", self.undo_view, "undo"), *super().get_urls()]

    @admin.display(description=_("Started"))
    def begun(self, run: IdentityRun) -> str:
        return f"{run.started_at:%Y-%m-%d %H:%M}"

    @admin.display(description=_("Took"))
    def took(self, run: IdentityRun) -> str:
        return timesince(run.started_at, run.finished_at) if run.finished_at else "–"

    @admin.display(description=_("Alarms"))
    def alarm_count(self, run: Any) -> str:
        return number_format(run.alarms_found, force_grouping=True)

    @admin.display(description=_("Names on bylines that moved"))
    def moved(self, run: IdentityRun) -> str:
        return number_format(run.moved_count, force_grouping=True)

    @admin.display(description=_("Groups of names"))
    def settled(self, run: IdentityRun) -> str:
        """How far it is, of all that it was asked for."""
        done, total = (number_format(n, force_grouping=True) for n in (run.blocks_done, run.blocks_total))
        return total if run.blocks_done == run.blocks_total else gettext("%(n)s of %(of)s") % {"n": done, "of": total}

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
            moves = obj.moves.select_related("paper", "from_author", "to_author").order_by("paper", "position")
            context |= {
                "groups": alarm_groups(obj.alarms),
                "moves": list(moves[:MOVES_SHOWN]),
                "moves_url": f"{reverse('admin:identity_identitymove_changelist')}?run={obj.pk}",
                "may_undo": request.user.has_perm(UNDO) and may_be_undone(obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def undo_view(self, request: HttpRequest, run_id: int) -> HttpResponse:
        """GET says what it does, POST does it."""
        if not request.user.has_perm(UNDO):
            raise PermissionDenied
        run = IdentityRun.objects.filter(pk=run_id).first()
        if run is None:
            raise Http404
        if request.method == "POST":
            return self._undo(request, run)
        return self.action_page(
            request,
            "admin/identity/undo_run.html",
            gettext("Undo this run"),
            run=run,
            is_possible=may_be_undone(run),
            back_url=self.admin_url("change", run.pk),
        )

    def _undo(self, request: HttpRequest, run: IdentityRun) -> HttpResponse:
        try:
            ask_to_undo(run_id=run.pk)
        except RunRefused:
            told = gettext("Only the latest complete run can be undone.")
            return self.after_action(request, told, messages.ERROR, run.pk)
        self.log_change(request, run, gettext("Undo this run"))
        told = gettext("The run is being undone, which takes a few minutes. Reload this page to see how it stands.")
        return self.after_action(request, told, messages.SUCCESS, run.pk)


class OfRun(admin.SimpleListFilter):
    """The run from whose page the list was opened; the latest ones to choose from."""

    title, parameter_name = _("run"), "run"
    LATEST = 15

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        latest = IdentityRun.objects.order_by("-started_at", "-pk").values_list("pk", "started_at")[: self.LATEST]
        return [(str(pk), f"{at:%Y-%m-%d %H:%M}") for pk, at in latest]

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: QuerySet[IdentityMove]) -> QuerySet[IdentityMove] | None:
        value = self.value() or ""
        return queryset.filter(run_id=int(value)) if value.isascii() and value.isdigit() and len(value) < 19 else None


@admin.register(IdentityMove)
class IdentityMoveAdmin(PartAdmin):
    owners = {"paper": "W", "from_author": "A", "to_author": "A"}
    list_display = ("printed_name", "paper", "from_author", "to_author", "run")
    list_select_related = ("run", "paper", "from_author", "to_author")
    list_filter = (OfRun,)
    fields = ("run", "paper", "position", "printed_name", "from_author", "to_author")
    search_help_text = _("The id or an identifier of a paper or an author record, in any form.")

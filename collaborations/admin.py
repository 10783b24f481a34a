"""Reports and what was done about them. Of a conversation curators see what was reported, and nothing else."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.web import current_user
from collaborations.domain.states import ReportState
from collaborations.forms import REASONS
from collaborations.models import ModerationAction, Report
from collaborations.selectors.reported import context_of
from collaborations.services.moderation import LASTING, LONGEST_DAYS, decide_report, lift_limits
from common import clock
from common.action_pages import ActionPagesMixin
from common.db.state_table import IllegalTransition
from papers.admin.filters import fixed
from papers.admin.lists import CuratedAdmin

KINDS = {
    ModerationAction.Kind.WARN: _("Warn"),
    ModerationAction.Kind.LIMIT: _("Limit: no invitations for a time"),
    ModerationAction.Kind.SUSPEND: _("Suspend: neither invitations nor messages for a time"),
    ModerationAction.Kind.DISMISS: _("Dismiss the report"),
    ModerationAction.Kind.LIFT: _("Lift every limit and suspension"),
}


class DecisionForm(forms.Form):
    kind = forms.ChoiceField(label=_("What to do"))
    days = forms.IntegerField(
        label=_("For how many days"),
        required=False,
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("Of a limit or a suspension."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it, and it is kept permanently."),
    )

    def __init__(self, *args: Any, is_open: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(k.value, words) for k, words in KINDS.items() if (k != ModerationAction.Kind.LIFT) is is_open]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") in {k.value for k in LASTING} and not cleaned.get("days"):
            self.add_error("days", gettext("Say for how long."))
        return cleaned


@admin.register(Report)
class ReportAdmin(ActionPagesMixin, CuratedAdmin):
    """Open ones first; opened, a report shows its context and asks what to do."""

    list_display = ("pk", "state", "why", "thing", "made_at", "decided_at")
    list_filter = (fixed("state", _("state"), tuple(state.value for state in ReportState)),)
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)

    @admin.display(description=_("reason"))
    def why(self, report: Report) -> str:
        return str(REASONS[report.reason])

    @admin.display(description=_("about"))
    def thing(self, report: Report) -> str:
        return gettext("an invitation") if report.invitation_id else gettext("a conversation")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """GET shows it to those who may view reports; POST decides, for those who may change them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = Report.objects.select_related(
            "about",
            "reporter",
            "invitation__sender_author",
            "invitation__receiver_author",
            "invitation__paper",
            "invitation__topic",
        )
        report = get_object_or_404(rows, pk=object_id if object_id.isdigit() and len(object_id) < 19 else 0)
        is_open = report.state == ReportState.OPEN.value
        form = DecisionForm(request.POST or None, is_open=is_open)
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            if form.is_valid():
                return self._decide(request, report, form.cleaned_data)
        return self.action_page(
            request,
            "admin/collaborations/report.html",
            gettext("Report %(number)s") % {"number": report.pk},
            report=report,
            form=form,
            seen=context_of(report),
            reason=REASONS[report.reason],
            may_decide=self.has_change_permission(request),
        )

    def _decide(self, request: HttpRequest, report: Report, cleaned: dict[str, Any]) -> HttpResponse:
        kind, now = ModerationAction.Kind(cleaned["kind"]), clock.now()
        try:
            if kind == ModerationAction.Kind.LIFT:
                if report.about is not None:
                    lift_limits(about=report.about, reason=cleaned["reason"], by=current_user(request), now=now)
            else:
                decide_report(
                    report=report,
                    kind=kind,
                    reason=cleaned["reason"],
                    by=current_user(request),
                    now=now,
                    days=cleaned["days"] or 0,
                )
        except IllegalTransition:
            told = gettext("It was already decided by another curator.")
            return self.after_action(request, told, messages.ERROR)
        return self.after_action(request, gettext("Your decision is saved."), messages.SUCCESS)


@admin.register(ModerationAction)
class ModerationActionAdmin(CuratedAdmin):
    """The log: read here, changed nowhere."""

    list_display = ("made_at", "kind", "about_id", "by_id", "until", "reason")
    list_filter = (fixed("kind", _("action"), tuple(ModerationAction.Kind.values)),)
    fields = ("made_at", "kind", "about_id", "by_id", "until", "reason", "report_id")
    readonly_fields = fields

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

"""Authorship requests: the queue, and one page for all requests between the same two records."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.web import current_user
from common import clock
from common.action_pages import ActionPagesMixin
from papers.admin.filters import fixed
from papers.admin.lists import CuratedAdmin
from papers.services.bylines import BylineRefused
from profiles.domain.moves import WhyWait
from profiles.models import AttributionRequest
from profiles.models.attribution import STATES
from profiles.selectors.attribution import Comparison, comparison_of
from profiles.services.attribution import LONGEST_ANSWER, AnswerMissing, OwnRequest, decide_requests
from profiles.services.owned import Disputed, NotOwner

WHY_WAIT: dict[str, str | Promise] = {
    WhyWait.RECORD: _("the work stands on another record"),
    WhyWait.MANY: _("more than two works of that record are asked for"),
    WhyWait.NAME: _("no source gives the owner this name"),
    WhyWait.OWNER: _("another person owns that record, or its ownership is in dispute"),
}


class DecisionForm(forms.Form):
    """`chosen` are ids of the requests that are decided."""

    chosen = forms.TypedMultipleChoiceField(coerce=int, label=_("Works"))
    answer = forms.CharField(
        label=_("Your answer, as the owner will read it"),
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A refusal needs one."),
    )

    def __init__(self, data: Any, comparison: Comparison) -> None:
        super().__init__(data)
        ids = [str(work.request.pk) for work in comparison.asked if work.request.state == "waiting"]
        self.fields["chosen"].choices = [(pk, pk) for pk in ids]  # type: ignore[attr-defined]  # it is the choice field above


@admin.register(AttributionRequest)
class AttributionRequestAdmin(ActionPagesMixin, CuratedAdmin):
    list_display = ("paper", "printed_name", "author", "from_author", "state", "asked_at")
    list_filter = (fixed("state", _("state"), STATES),)
    list_select_related = ("paper", "author", "from_author")
    ordering: ClassVar[tuple[str, ...]] = ("-asked_at", "-pk")

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("css/claims_admin.css",)}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Both records side by side; posted, a decision on the works that are ticked."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404(object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        comparison = comparison_of(row)
        form = DecisionForm(request.POST if request.method == "POST" else None, comparison)
        if request.method == "POST" and form.is_valid() and self._decide(request, form):
            return HttpResponseRedirect(self.admin_url("changelist"))
        return self.action_page(
            request,
            "admin/profiles/attribution.html",
            _("Compare the records"),
            form=form,
            row=row,
            comparison=comparison,
            reasons=[WHY_WAIT[reason] for reason in row.reasons],
            may_decide=row.state == "waiting" and request.user.has_perm("profiles.decide_attributionrequest"),
            ticked=[int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 19],
            **(extra_context or {}),
        )

    def _decide(self, request: HttpRequest, form: DecisionForm) -> bool:
        is_approved = "approve" in request.POST
        try:
            rows = decide_requests(
                request_ids=form.cleaned_data["chosen"],
                by=current_user(request),
                is_approved=is_approved,
                answer=form.cleaned_data["answer"],
                now=clock.now(),
            )
        except AnswerMissing:
            form.add_error("answer", _("Give a reason. The owner will read it."))
            return False
        except (BylineRefused, Disputed, NotOwner, OwnRequest) as refusal:
            self.message_user(request, _why_refused(refusal), messages.ERROR)
            return False
        words = str(_("Approved") if is_approved else _("Refused"))
        LogEntry.objects.log_actions(current_user(request).pk, rows, CHANGE, change_message=words)
        done = ngettext("%(n)d request is decided.", "%(n)d requests are decided.", len(rows))
        self.message_user(request, done % {"n": len(rows)}, messages.SUCCESS)
        return True


def _why_refused(refusal: Exception) -> str:
    if isinstance(refusal, Disputed):
        return str(_("The requesting record is in dispute. Decide the claim first."))
    if isinstance(refusal, NotOwner):
        return str(_("The person who asked no longer owns that record. Refuse the request."))
    if isinstance(refusal, OwnRequest):
        return str(_("You asked for this yourself: another curator decides."))
    return str(refusal)

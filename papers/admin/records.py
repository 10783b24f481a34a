"""A record's page: fields that become corrections, what sources said beside them, and what belongs to it."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common import clock
from papers.admin.bases import AnyModelForm
from papers.admin.bulk_actions import BulkActionsMixin
from papers.admin.forms import CorrectionForm
from papers.admin.lists import RecordListAdmin
from papers.admin.panels import Panel
from papers.domain.correctable import CORRECTABLE, InvalidCorrection
from papers.models.identity import PublicRecord
from papers.selectors.corrections import as_text, corrections_of, kind_of
from papers.selectors.provenance import provenance_of
from papers.services.corrections import correct_record

_FORM_ONLY = ("reason", "seen_at")


class RecordAdmin(BulkActionsMixin, RecordListAdmin):
    """What is read-only here comes from sources; what can be changed becomes a correction that outlives imports."""

    change_form_template = "admin/papers/record_change_form.html"
    form: type[CorrectionForm]
    panels: ClassVar[Callable[[Any], list[Panel]]]
    facts: ClassVar[tuple[str, ...]] = ("public_address", "merged_into", "created_at", "changed_at")
    list_select_related: ClassVar[tuple[str, ...]] = ("merged_into",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        merged = obj is not None and obj.merged_into_id is not None
        return not merged and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.facts

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        correctable = list(CORRECTABLE[kind_of(self.model).value])
        fields = [*correctable, *(_FORM_ONLY if self.has_change_permission(request, obj) else ())]
        return [
            (None, {"fields": fields, "description": _("What you change here is kept as a correction.")}),
            (_("As it is"), {"fields": self.facts, "classes": ["collapse"]}),
        ]

    @admin.display(description=_("Public id"))
    def public_address(self, record: PublicRecord) -> str:
        return record.public_id

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except InvalidCorrection as problem:
            self.message_user(request, str(problem), messages.ERROR)
        except OperationalError:
            if request.method != "POST":
                raise
            busy = gettext("An import is writing to the record at this moment. Nothing was changed; try again.")
            self.message_user(request, busy, messages.ERROR)
        return HttpResponseRedirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: AnyModelForm, change: bool) -> None:
        """A correction for each changed field; the row itself is written by the service."""
        assert isinstance(form, CorrectionForm)
        assert request.user.is_authenticated
        changed = correct_record(
            kind=kind_of(self.model),
            object_id=obj.pk,
            values=form.values(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=clock.now(),
        )
        if changed:
            words = ngettext("Corrected: %(fields)s.", "Corrected: %(fields)s.", len(changed))
            self.message_user(request, words % {"fields": ", ".join(changed)})

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        if not form.corrected:
            return gettext("Nothing was changed.")
        told = "; ".join(
            f"{name}: {form.initial.get(name) or form[name].initial!s:.200} → {form.cleaned_data[name]!s:.200}"
            for name in form.corrected
        )
        return f"{told} ({form.cleaned_data['reason'] or gettext('no reason given')})"

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
            kind = kind_of(self.model)
            corrections = list(corrections_of(kind, obj.pk))
            context |= {
                "corrections": as_text(corrections),
                "may_withdraw": request.user.has_perm("papers.delete_correction"),
                "provenance": provenance_of(kind, obj, corrections),
                "panels": type(self).panels(obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self) -> list[URLPattern]:
        return [*self.bulk_action_urls(), *super().get_urls()]

"""Corrections: made on a record's page, withdrawn here."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, Q
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from papers.admin.bulk_actions import BulkActionsMixin
from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin
from papers.admin.panels import admin_url
from papers.admin.paper_actions import CORRECTION_ACTS
from papers.models import Correction, RecordKind
from papers.selectors.corrections import CorrectionText, as_text, kind_of
from papers.selectors.curating import records_referred_to
from papers.selectors.identified import RECORD_TYPES


@admin.register(Correction)
class CorrectionAdmin(BulkActionsMixin, PartAdmin):
    bulk_actions = CORRECTION_ACTS
    list_display = ("field", "kind", "record", "set_to", "source_value", "reason", "by", "at")
    list_select_related = ("by",)
    list_filter = (fixed("kind", _("kind"), tuple(RecordKind.values)),)
    fields = ("kind", "record", "field", "set_to", "source_value", "imported_source", "reason", "by", "at")
    search_help_text = _("The id or an identifier of a record, in any form, or a curator's e-mail address.")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    @admin.display(description=_("Record"))
    def record(self, correction: Correction) -> SafeString:
        return format_html(
            '<a href="{}">{} {}</a>',
            admin_url(f"papers_{correction.kind}", correction.object_id),
            correction.kind,
            correction.object_id,
        )

    @admin.display(description=_("Set to"))
    def set_to(self, correction: Correction) -> str:
        return _as_text(correction).set_to

    @admin.display(description=_("Sources say"))
    def source_value(self, correction: Correction) -> str:
        return _as_text(correction).stated

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The page's corrections in words, all at once."""
        changelist = super().get_changelist_instance(request)
        rows = list(changelist.result_list)
        for words in as_text(rows):
            vars(words.correction)["words"] = words
        changelist.result_list = rows
        return changelist

    def found_by(self, text: str) -> Q:
        condition = Q(by__email__iexact=text)
        for letter, record in RECORD_TYPES.items():
            if found := records_referred_to(letter, text):
                condition |= Q(kind=kind_of(record.model), object_id__in=found)
        return condition

    def get_urls(self) -> list[URLPattern]:
        urls: list[Any] = super().get_urls()
        return [*self.bulk_action_urls(), *urls]


def _as_text(correction: Correction) -> CorrectionText:
    found: CorrectionText = vars(correction).get("words") or as_text([correction])[0]
    return found

"""Citations between works and the queue of changes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin
from papers.models import Change, Citation, RecordKind, ReportedCitations, UnresolvedReference


@admin.register(Citation)
class CitationAdmin(PartAdmin):
    owners = {"citing": "W", "cited": "W"}
    list_display = ("citing", "cited", "source")
    list_select_related = ("citing", "cited")
    search_help_text = _("A paper's id or identifier in any form, citing or cited.")


@admin.register(UnresolvedReference)
class UnresolvedReferenceAdmin(PartAdmin):
    owners = {"citing": "W"}
    list_display = ("citing", "scheme", "value", "source")
    list_select_related = ("citing",)
    search_help_text = _("The citing paper's id or identifier in any form.")


@admin.register(ReportedCitations)
class ReportedCitationsAdmin(PartAdmin):
    owners = {"paper": "W"}
    list_display = ("paper", "source", "count", "as_of_date")
    list_select_related = ("paper",)
    search_help_text = _("A paper's id or identifier in any form.")


@admin.register(Change)
class ChangeAdmin(PartAdmin):
    list_display = ("kind", "object_id", "at")
    list_filter = (fixed("kind", _("kind"), tuple(RecordKind.values)),)

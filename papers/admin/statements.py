"""What sources said, as they said it."""

from typing import Any, ClassVar

import orjson
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from papers.admin.filters import SourceFilter, fixed
from papers.admin.lists import PartAdmin
from papers.models import EntityStatement, PaperStatement, RecordKind
from papers.selectors.corrections import kind_of
from papers.selectors.curating import records_referred_to
from papers.selectors.identified import RECORD_TYPES


class StatementAdmin(PartAdmin):
    """`statement` is shown indented; digests say nothing to people."""

    list_filter: ClassVar[tuple[Any, ...]] = (SourceFilter,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("digest")

    @admin.display(description=_("Statement"))
    def as_recorded(self, row: PaperStatement | EntityStatement) -> str:
        return orjson.dumps(row.statement, option=orjson.OPT_INDENT_2).decode()


@admin.register(PaperStatement)
class PaperStatementAdmin(StatementAdmin):
    owners = {"paper": "W"}
    list_display = ("source_key", "source", "paper", "changed_at")
    list_select_related = ("paper",)
    fields = ("paper", "source", "source_key", "first_seen_at", "changed_at", "as_recorded")
    search_help_text = _("A paper's id or identifier in any form.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).defer("digest", "other_digests", "paper__abstract", "paper__abstract_html")
        opened = request.resolver_match is not None and "object_id" in request.resolver_match.kwargs
        return rows if opened else rows.defer("statement", "digest", "other_digests", "paper__abstract")


@admin.register(EntityStatement)
class EntityStatementAdmin(StatementAdmin):
    list_display = ("source_key", "source", "kind", "object_id", "changed_at")
    list_filter: ClassVar[tuple[Any, ...]] = (
        SourceFilter,
        fixed("kind", _("kind"), tuple(RecordKind.values)),
    )
    fields = ("kind", "object_id", "source", "source_key", "first_seen_at", "changed_at", "as_recorded")
    search_help_text = _("The id or an identifier of an author, institution, venue or topic, in any form.")

    def found_by(self, text: str) -> Q:
        condition = Q(pk__in=())
        for letter in "AIST":
            if found := records_referred_to(letter, text):
                kind = kind_of(RECORD_TYPES[letter].model)
                condition |= Q(kind=kind, object_id__in=found)
        return condition

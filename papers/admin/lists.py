"""What every list of the admin shares: bounded pages, search by any identifier, nothing added and nothing deleted."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from papers.admin.bases import AnyModelAdmin
from papers.admin.paging import EstimatingPaginator
from papers.selectors.curating import records_found, records_referred_to


class CuratedAdmin(AnyModelAdmin):
    """Records come from sources and go by merging: nobody adds or deletes one here."""

    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = EstimatingPaginator
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    sortable_by: ClassVar[tuple[str, ...]] = ()

    class Media:
        css: ClassVar[dict[str, tuple[str, ...]]] = {"all": ("css/admin.css",)}

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        text = search_term.replace("\x00", "").strip()[:800]
        return (queryset.filter(self.found_by(text)), False) if text else (queryset, False)

    def found_by(self, text: str) -> Q:
        """The rows that a typed text means."""
        return Q(pk=int(text)) if text.isdigit() and len(text) <= 18 else Q(pk__in=())


class RecordListAdmin(CuratedAdmin):
    """A list of records with public ids, found by them, by identifiers and by names."""

    search_fields: ClassVar[tuple[str, ...]] = ("pk",)

    def found_by(self, text: str) -> Q:
        return Q(pk__in=records_found(self.model.public_id_letter, text))


class PartAdmin(CuratedAdmin):
    """Rows that belong to a record: to be read here, and found by the record they belong to.

    `owners` has, by foreign key, the letter of the record's kind; `text_lookups` are answered by an index.
    """

    owners: ClassVar[dict[str, str]] = {}
    text_lookups: ClassVar[tuple[str, ...]] = ()
    search_fields: ClassVar[tuple[str, ...]] = ("pk",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def found_by(self, text: str) -> Q:
        condition = super().found_by(text)
        for field, letter in self.owners.items():
            if found := records_referred_to(letter, text):
                condition |= Q(**{f"{field}_id__in": found})
        for lookup in self.text_lookups:
            condition |= Q(**{lookup: text})
        return condition

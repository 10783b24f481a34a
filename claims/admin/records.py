"""Merges and splits of author records: their list, the page of each with its undo, and the pages that make them."""

from collections import Counter
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims.admin import record_pages as pages
from common.action_pages import ActionPagesMixin
from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin
from papers.models import Author, RecordRevision
from papers.services.undoing import why_blocked

MOVES_SHOWN = 100


@admin.register(RecordRevision)
class RecordRevisionAdmin(ActionPagesMixin, PartAdmin):
    change_list_template = "admin/claims/revision_list.html"
    change_form_template = "admin/claims/revision.html"
    owners = {"author": "A"}
    list_display = ("kind", "author", "reason", "by", "at", "undone_at")
    list_select_related = ("author", "by")
    list_filter = (fixed("kind", _("kind"), tuple(RecordRevision.Kind.values)),)
    fields = ("kind", "author", "reason", "by", "at", "undone_at", "undone_by")
    ordering: ClassVar[tuple[str, ...]] = ("-at", "-pk")
    search_help_text = _("The id or an identifier of an author record, in any form.")

    def get_urls(self) -> list[URLPattern]:
        routes = (
            ("merge/", self.merge_view, "merge"),
            ("candidates/", self.candidates_view, "candidates"),
            ("one/", self.one_view, "one"),
            ("several/", self.several_view, "several"),
            ("split/<int:author_id>/", self.split_view, "split"),
            ("log/<int:author_id>/", self.log_view, "log"),
            ("<int:revision_id>/undo/", self.undo_view, "undo"),
        )
        return [*(self.action_url_pattern(*route) for route in routes), *super().get_urls()]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        return pages.merge_page(request, self.action_context(request))

    def split_view(self, request: HttpRequest, author_id: int) -> HttpResponse:
        return pages.split_page(request, self.action_context(request), author_id)

    def candidates_view(self, request: HttpRequest) -> HttpResponse:
        return pages.candidates_page(request, self.action_context(request))

    def one_view(self, request: HttpRequest) -> HttpResponse:
        return pages.one_page(request, self.action_context(request))

    def several_view(self, request: HttpRequest) -> HttpResponse:
        return pages.several_page(request, self.action_context(request))

    def log_view(self, request: HttpRequest, author_id: int) -> HttpResponse:
        return pages.log_page(request, self.action_context(request), author_id)

    def undo_view(self, request: HttpRequest, revision_id: int) -> HttpResponse:
        return pages.undo_page(request, revision_id)

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
            context |= _about(obj, request.user)
        return super().render_change_form(request, context, add, change, form_url, obj)


def _about(revision: RecordRevision, user: Any) -> dict[str, Any]:
    moves = revision.moves.select_related("paper").order_by("what", "pk")
    counts = Counter(revision.moves.order_by("pk").values_list("what", flat=True))
    authors = Author.objects.filter(pk__in=revision.author_ids).select_related("merged_into").order_by("pk")
    is_standing = revision.undone_at is None
    return {
        "authors": list(authors),
        "counts": sorted(counts.items()),
        "moves": list(moves[:MOVES_SHOWN]),
        "more": max(0, sum(counts.values()) - MOVES_SHOWN),
        "blocked": why_blocked(revision) if is_standing else None,
        "may_undo": is_standing and isinstance(user, User) and pages.may_undo(user, revision),
    }

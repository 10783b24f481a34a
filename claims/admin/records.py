"""Merges and splits of author records: the list of acts, the page of each with its undo, and the pages that act."""

from collections import Counter
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims.admin import record_pages as pages
from papers.admin.filters import fixed
from papers.admin.lists import PartAdmin
from papers.models import Author, RecordAct
from papers.selectors.record_acts import what_blocks

MOVES_SHOWN = 100


@admin.register(RecordAct)
class RecordActAdmin(PartAdmin):
    change_list_template = "admin/claims/act_list.html"
    change_form_template = "admin/claims/act.html"
    owners = {"author": "A"}
    list_display = ("kind", "author", "reason", "by", "at", "undone_at")
    list_select_related = ("author", "by")
    list_filter = (fixed("kind", _("kind"), tuple(RecordAct.Kind.values)),)
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
            ("<int:act_id>/undo/", self.undo_view, "undo"),
        )
        own = [
            path(route, self.admin_site.admin_view(view), name=f"papers_recordact_{name}")
            for route, view, name in routes
        ]
        return [*own, *super().get_urls()]

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        return pages.merge_page(request, self._context(request))

    def split_view(self, request: HttpRequest, author_id: int) -> HttpResponse:
        return pages.split_page(request, self._context(request), author_id)

    def candidates_view(self, request: HttpRequest) -> HttpResponse:
        return pages.candidates_page(request, self._context(request))

    def one_view(self, request: HttpRequest) -> HttpResponse:
        return pages.one_page(request, self._context(request))

    def several_view(self, request: HttpRequest) -> HttpResponse:
        return pages.several_page(request, self._context(request))

    def log_view(self, request: HttpRequest, author_id: int) -> HttpResponse:
        return pages.log_page(request, self._context(request), author_id)

    def undo_view(self, request: HttpRequest, act_id: int) -> HttpResponse:
        return pages.undo_page(request, act_id)

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


def _about(act: RecordAct, user: Any) -> dict[str, Any]:
    moves = act.moves.select_related("paper").order_by("what", "pk")
    counts = Counter(act.moves.order_by("pk").values_list("what", flat=True))
    authors = Author.objects.filter(pk__in=act.author_ids).select_related("merged_into").order_by("pk")
    is_standing = act.undone_at is None
    return {
        "authors": list(authors),
        "counts": sorted(counts.items()),
        "moves": list(moves[:MOVES_SHOWN]),
        "more": max(0, sum(counts.values()) - MOVES_SHOWN),
        "blocked": what_blocks(act) if is_standing else None,
        "may_undo": is_standing and isinstance(user, User) and pages.may_undo(user, act),
    }

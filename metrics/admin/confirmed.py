"""An action that is asked for once more on a page of its own before it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern
from django.utils.functional import Promise

from common.action_pages import ActionPagesMixin
from papers.admin.lists import CuratedAdmin


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An action: its address, its words, and what does it; `perform(row, request)` returns what to tell the curator.

    `row` is None for an action on no row (`is_on_row` False). It raises one of `refusals` when it may not be done now.
    """

    name: str
    title: str | Promise
    sentence: str | Promise
    perform: Callable[[Any, HttpRequest], str]
    refusals: tuple[type[Exception], ...] = ()
    is_on_row: bool = True


class ConfirmedActionsAdmin(ActionPagesMixin, CuratedAdmin):
    """Rows that are read here, with actions that ask before they are done."""

    confirmed_actions: ClassVar[tuple[Confirmed, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        """An address for each action, before the admin's own."""
        own = [
            self.action_url_pattern(
                f"<int:row_id>/{action.name}/" if action.is_on_row else f"{action.name}/",
                partial(self.confirm_view, action=action),
                action.name,
            )
            for action in self.confirmed_actions
        ]
        return [*own, *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def confirm_view(self, request: HttpRequest, *, action: Confirmed, row_id: int | None = None) -> HttpResponse:
        """GET says what will happen, POST does it. For those who may change such rows."""
        if not request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"):
            raise PermissionDenied
        row = get_object_or_404(self.model, pk=row_id) if action.is_on_row else None
        if request.method != "POST":
            return self.action_page(request, "admin/metrics/confirm.html", action.title, action=action, row=row)
        try:
            told = action.perform(row, request)
        except action.refusals as problem:
            return self.after_action(request, str(problem), messages.ERROR)
        if row is not None:
            self.log_change(request, row, str(action.title))
        return self.after_action(request, told, messages.SUCCESS)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        general = [
            (action.title, self.admin_url(action.name)) for action in self.confirmed_actions if not action.is_on_row
        ]
        return super().changelist_view(request, {"confirmed_actions": general} | (extra_context or {}))

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
            actions = [action for action in self.confirmed_actions if action.is_on_row]
            context["confirmed_actions"] = [(action.title, self.admin_url(action.name, obj.pk)) for action in actions]
        return super().render_change_form(request, context, add, change, form_url, obj)

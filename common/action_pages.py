"""Pages of the admin on which something is done: their addresses, what every one of them shows, and the way back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


class ActionPagesMixin(_ModelAdmin):
    """For an admin with pages of its own; their templates extend `admin/base_action.html`."""

    def action_url_pattern(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """`admin:<app>_<model>_<name>`, behind the admin's own login."""
        opts = self.opts
        return path(route, self.admin_site.admin_view(view), name=f"{opts.app_label}_{opts.model_name}_{name}")

    def admin_url(self, name: str, *args: Any) -> str:
        """The address of this model's list, form (`change`) or a page of its own."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    def action_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the admin shows around its own."""
        return {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media}

    def action_page(self, request: HttpRequest, template: str, title: str | Promise, **more: Any) -> TemplateResponse:
        """GET's answer: what will be done, to what, and the button."""
        return TemplateResponse(request, template, {**self.action_context(request), "title": title, **more})

    def after_action(self, request: HttpRequest, text: str, level: int, *row: Any) -> HttpResponse:
        """POST's answer: back to the list, or to the form of `row`, with what happened in a message."""
        self.message_user(request, text, level)
        return HttpResponseRedirect(self.admin_url("change", *row) if row else self.admin_url("changelist"))

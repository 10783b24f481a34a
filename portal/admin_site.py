"""The admin as people who curate meet it: their words, their order, the portal's login."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.views import PasswordResetConfirmView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.rate_limits import RateLimit, rate_limited
from portal.admin_proof import asks_for_proof

# What a curator comes for, in the order of how often; each section takes its models by "app.Model" in this order,
# and what no section names keeps its app's own.
SECTIONS: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (_("Records"), "papers", ("papers.Paper", "papers.Author", "papers.Institution", "papers.Venue", "papers.Topic")),
    (_("Claims"), "claims", ("claims.Claim",)),
    (_("Decisions"), "papers", ("papers.RecordRevision", "papers.BylineDecision", "papers.Correction")),
    (_("Imports"), "harvest", ("harvest.ImportRun", "harvest.RejectedRecord")),
    (_("Source statements"), "papers", ("papers.PaperStatement", "papers.EntityStatement", "papers.ReportedCitations")),
)


SET_PASSWORD = RateLimit(
    "set-password", per_address="20/minute", overall="120/minute", when_away="5/minute", counts_reading=True
)


class _SetPasswordView(SuccessMessageMixin[Any], PasswordResetConfirmView):
    success_message = _("Your password is set. Log in with it.")


class CuratorsSite(admin.AdminSite):
    site_title = _("Colophon curators")
    site_header = _("Colophon curators")
    index_title = _("Curation")

    def admin_view[V: Callable[..., HttpResponseBase]](self, view: V, cacheable: bool = False) -> V:
        """Every page of the admin, once its own rights have opened it, is behind `asks_for_proof`."""
        return super().admin_view(asks_for_proof(view), cacheable)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        view = rate_limited(SET_PASSWORD)(self.set_password)
        own = path("set-password/<uidb64>/<token>/", view, name="set_password")
        return [own, *super().get_urls()]

    def set_password(self, request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
        """Where a new curator chooses a password, once, by a link from `createcurator`."""
        view = _SetPasswordView.as_view(
            template_name="registration/password_reset_confirm.html",
            success_url=reverse_lazy("account_login"),
            extra_context={**self.each_context(request), "is_nav_sidebar_enabled": False},
        )
        return view(request, uidb64=uidb64, token=token)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By the portal's own login page: with its second step, its limits and its notices."""
        view = secure_admin_login(super().login)  # type: ignore[no-untyped-call]  # not typed there
        response: HttpResponse = view(request, extra_context)
        return response

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps: list[Any] = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {f"{app['app_label']}.{model['object_name']}": model for app in apps for model in app["models"]}
        urls = {app["app_label"]: app["app_url"] for app in apps}
        sections = []
        for name, label, wanted in SECTIONS:
            members = [models[key] for key in wanted if key in models]
            if members:
                sections.append(_section(name, label, urls[label], members))
        placed = {key for _name, _label, wanted in SECTIONS for key in wanted}
        for app in apps:
            app["models"] = [m for m in app["models"] if f"{app['app_label']}.{m['object_name']}" not in placed]
            if app["app_label"] == "papers":
                app["name"] = _("Record details")
        return [*sections, *(app for app in apps if app["models"])]


def _section(name: str | Promise, label: str, url: str, models: list[Any]) -> dict[str, Any]:
    return {"name": name, "app_label": label, "app_url": url, "has_module_perms": True, "models": models}

"""The admin as people who curate meet it: their words, their order, a limited login."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common import limits

# What a curator comes for, in the order of how often; each section takes its models by "app.Model" in this order,
# and what no section names keeps its app's own.
SECTIONS: tuple[tuple[str | Promise, str, tuple[str, ...]], ...] = (
    (_("Records"), "papers", ("papers.Paper", "papers.Author", "papers.Institution", "papers.Venue", "papers.Topic")),
    (_("Corrections"), "papers", ("papers.Correction",)),
    (_("Imports"), "harvest", ("harvest.ImportRun", "harvest.RejectedRecord")),
    (_("What sources said"), "papers", ("papers.PaperStatement", "papers.EntityStatement", "papers.ReportedCitations")),
)  # fmt: skip


class CuratorsSite(admin.AdminSite):
    site_title = _("Colophon curators")
    site_header = _("Colophon curators")
    index_title = _("What to look after")
    # Guessing a password is slow from one address, and for one account from many addresses.
    login_rates: ClassVar[tuple[str, str]] = ("10/minute", "30/hour")

    def get_urls(self) -> list[URLResolver | URLPattern]:
        own = path("set-password/<uidb64>/<token>/", self.set_password, name="set_password")
        return [own, *super().get_urls()]

    def set_password(self, request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
        """Where a new curator chooses a password, once, by a link from `createcurator`."""
        view = PasswordResetConfirmView.as_view(
            template_name="registration/password_reset_confirm.html",
            success_url=reverse_lazy("admin:login"),
            extra_context=self.each_context(request),
        )
        return view(request, uidb64=uidb64, token=token)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "POST":
            per_address, per_account = self.login_rates
            account = request.POST.get("username", "").strip().lower()[:254]
            verdicts = (
                limits.check(scope="admin-login", rate=per_address, who=limits.client_address(request)),
                limits.check(scope="admin-account", rate=per_account, who=account),
            )
            for verdict in verdicts:
                if not verdict.is_allowed:
                    answer = HttpResponse(
                        _("Too many attempts. Try again later."), status=429, content_type="text/plain"
                    )
                    answer["Retry-After"] = str(verdict.retry_after)
                    return answer
        return super().login(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        apps: list[Any] = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {
            f"{app['app_label']}.{model['object_name']}": model for app in apps for model in app["models"]
        }
        urls = {app["app_label"]: app["app_url"] for app in apps}
        sections = []
        for name, label, wanted in SECTIONS:
            members = [models[key] for key in wanted if key in models]
            if members:
                sections.append(_section(name, label, urls[label], members))
        placed = {key for _name, _label, wanted in SECTIONS for key in wanted}
        for app in apps:
            app["models"] = [
                m for m in app["models"] if f"{app['app_label']}.{m['object_name']}" not in placed
            ]
            if app["app_label"] == "papers":
                app["name"] = _("Parts of records")
        return [*sections, *(app for app in apps if app["models"])]


def _section(name: str | Promise, label: str, url: str, models: list[Any]) -> dict[str, Any]:
    return {"name": name, "app_label": label, "app_url": url, "has_module_perms": True, "models": models}

"""Versions of the AI Score: trained, watched, compared and activated with the backtest in view."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common import clock
from common.action_pages import ActionPagesMixin
from metrics.models import ScoreModel
from metrics.presenters.backtest import backtest_rows
from metrics.presenters.score_text import sentence_of_failure, sentence_of_status, sentence_of_verdict
from metrics.selectors.ai_score import ai_score_status
from metrics.selectors.score_models import comparison_of, latest_jobs
from metrics.services.ai_score import automatic
from metrics.services.ai_score.activation import MayNotBeShown, activate_model, retire_model
from metrics.services.ai_score.jobs import request_training
from papers.admin.lists import CuratedAdmin

REFRESH_SECONDS = 5
Page = Callable[..., HttpResponse]


@admin.register(ScoreModel)
class ScoreModelAdmin(ActionPagesMixin, CuratedAdmin):
    """Rows that training writes; the actions have pages of their own, with a GET that shows and a POST that does."""

    change_list_template = "admin/metrics/score_model_list.html"
    change_form_template = "admin/metrics/score_model.html"
    list_display = (
        "__str__",
        "trained_at",
        "cut_off_date",
        "paper_count",
        "spearman",
        "beats_baselines",
        "is_active",
    )
    ordering: ClassVar[tuple[str, ...]] = ("-version", "-pk")
    fields = ("version", "formula", "embedding", "trained_at", "cut_off_date", "paper_count", "is_active")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("Rank correlation in held-out years"))
    def spearman(self, model: ScoreModel) -> str:
        value = model.backtest.get("model", {}).get("spearman")
        return "–" if value is None else f"{value:.3f}"

    def get_urls(self) -> list[URLPattern]:
        pages: tuple[tuple[str, Page, str], ...] = (
            ("train/", self.train_view, "train"),
            ("automatic/", self.automatic_view, "automatic"),
            ("<int:pk>/activate/", self.activate_view, "activate"),
            ("<int:pk>/retire/", self.retire_view, "retire"),
            ("<int:pk>/compare/<int:other>/", self.compare_view, "compare"),
        )
        return [*(self.action_url_pattern(*page) for page in pages), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        jobs = latest_jobs()
        more = {
            "sentence": sentence_of_status(ai_score_status()),
            "jobs": [(job, sentence_of_failure(job.failure) if job.failure else "") for job in jobs],
            "is_watched": any(job.finished_at is None for job in jobs),
            "refresh_seconds": REFRESH_SECONDS,
            "may_manage": may_manage(request),
            "is_automatic": automatic.is_allowed(),
            "margin": automatic.MARGIN,
        }
        return super().changelist_view(request, more | (extra_context or {}))

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
            context |= _about(obj) | {"others": _others(obj), "may_manage": may_manage(request)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def train_view(self, request: HttpRequest) -> HttpResponse:
        """GET says what a training does; POST asks for one."""
        if not may_manage(request):
            raise PermissionDenied
        if request.method == "POST":
            job = request_training(now=clock.now(), by_id=request.user.pk)
            told = gettext("Training %(job)s is queued. This page shows its progress.")
            return self.after_action(request, told % {"job": job.pk}, messages.SUCCESS)
        return self._page(request, "train", gettext("Train a new version"))

    def automatic_view(self, request: HttpRequest) -> HttpResponse:
        """GET says what training by itself is; POST refuses or allows it."""
        if not may_manage(request):
            raise PermissionDenied
        is_allowed = automatic.is_allowed()
        if request.method == "POST":
            automatic.decide(is_allowed=not is_allowed, by_id=request.user.pk or 0, now=clock.now())
            told = (
                gettext("Models are trained by hand only.")
                if is_allowed
                else gettext("Models are trained automatically.")
            )
            return self.after_action(request, told, messages.SUCCESS)
        title = gettext("Stop automatic training") if is_allowed else gettext("Allow automatic training")
        return self._page(request, "automatic", title, is_automatic=is_allowed, margin=automatic.MARGIN)

    def activate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows the backtest and what would change; POST activates, when the model beats its baselines."""
        model = self._wanted(request, pk)
        if request.method == "POST":
            try:
                activate_model(model_id=pk, now=clock.now(), by_id=request.user.pk)
            except MayNotBeShown:
                return self.after_action(request, str(sentence_of_verdict(model)), messages.ERROR)
            self.log_change(request, model, "Activated.")
            told = gettext("Version %(version)s is active; papers are being scored.")
            return self.after_action(request, told % {"version": model.version}, messages.SUCCESS)
        active = ScoreModel.objects.filter(is_active=True).exclude(pk=pk).defer("content").first()
        more = _about(model) | {
            "active": active,
            "comparison": comparison_of(active, model) if active else None,
        }
        title = gettext("Activate version %(version)s") % {"version": model.version}
        return self._page(request, "activate", title, **more)

    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET says what happens to the scores; POST lets no model speak."""
        model = self._wanted(request, pk)
        if request.method == "POST":
            retire_model(model_id=pk, now=clock.now(), by_id=request.user.pk)
            self.log_change(request, model, "Deactivated.")
            told = gettext("No model is active; scores are being removed.")
            return self.after_action(request, told, messages.SUCCESS)
        title = gettext("Deactivate version %(version)s") % {"version": model.version}
        return self._page(request, "retire", title, **_about(model))

    def compare_view(self, request: HttpRequest, pk: int, other: int) -> HttpResponse:
        """Two versions over the same sample: nothing is changed."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        before, after = _found(pk), _found(other)
        title = gettext("Version %(one)s beside version %(other)s") % {
            "one": before.version,
            "other": after.version,
        }
        more = {
            "active": before,
            "model": after,
            "comparison": comparison_of(before, after),
            "rows": backtest_rows(before) + backtest_rows(after),
            "verdict": sentence_of_verdict(after),
        }
        return self._page(request, "compare", title, **more)

    def _wanted(self, request: HttpRequest, pk: int) -> ScoreModel:
        if not may_manage(request):
            raise PermissionDenied
        return _found(pk)

    def _page(self, request: HttpRequest, action: str, title: str, **more: Any) -> HttpResponse:
        return self.action_page(request, "admin/metrics/score_model_action.html", title, action=action, **more)


def may_manage(request: HttpRequest) -> bool:
    """Whether this person may train, activate and retire."""
    return request.user.has_perm("metrics.change_scoremodel")


def _found(pk: int) -> ScoreModel:
    model = ScoreModel.objects.defer("content").filter(pk=pk).first()
    if model is None:
        raise Http404
    return model


def _about(model: ScoreModel) -> dict[str, Any]:
    return {
        "model": model,
        "rows": backtest_rows(model),
        "figures": model.backtest,
        "verdict": sentence_of_verdict(model),
    }


def _others(model: ScoreModel) -> list[ScoreModel]:
    """Versions to compare with, the newest first."""
    rows = ScoreModel.objects.exclude(pk=model.pk).only("version", "is_active").order_by("-version")
    return list(rows[:10])

"""Versions of the AI Score's model: the backtest in view, and the switch."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from metrics.admin.confirmed import Confirmed, ConfirmedActsAdmin
from metrics.models import ScoreModel
from metrics.services.scores import NotShowable, activate_score_model, silence_score_models


def activate(row: ScoreModel, _request: HttpRequest) -> str:
    """Let this version speak; raises NotShowable."""
    activate_score_model(version=row.version)
    return gettext("Model %(version)s speaks from the next refresh on.") % {"version": row.version}


def silence(_row: None, _request: HttpRequest) -> str:
    """Let no version speak."""
    silence_score_models()
    return gettext("No model speaks: scores are unknown from the next refresh on.")


@admin.register(ScoreModel)
class ScoreModelAdmin(ConfirmedActsAdmin):
    change_form_template = "admin/metrics/acts_change_form.html"
    change_list_template = "admin/metrics/acts_change_list.html"
    list_display = (
        "version",
        "is_active",
        "beats_baselines",
        "reason",
        "cut_off_date",
        "paper_count",
        "trained_at",
    )
    ordering: ClassVar[tuple[str, ...]] = ("-version",)
    fields = (
        "version", "formula", "is_active", "beats_baselines", "reason", "backtest", "cut_off_date", "trained_at",
        "paper_count", "embedding", "features", "parameters",
    )  # fmt: skip
    confirmed_acts = (
        Confirmed(
            "activate", _("Let this version speak"),
            _("From the next refresh on, AI Scores are this version's. Only a model that beats its baselines may speak."),
            activate, (NotShowable,),
        ),
        Confirmed(
            "silence", _("Show no AI Score"), _("From the next refresh on, every AI Score is unknown."), silence,
            is_on_row=False,
        ),
    )  # fmt: skip

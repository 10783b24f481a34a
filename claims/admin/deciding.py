"""Decisions on one claim, each asked for once more on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.models import Claim
from claims.presenters.labels import refusal_text
from claims.selectors.ownership import owning_claims
from claims.selectors.review import possible_actions, rivals_of
from claims.services.approve import approve_claim
from claims.services.decisions import accept_evidence, ask_for_more, reject_claim, revoke_claim
from claims.services.disputes import decide_dispute
from common import clock
from common.action_pages import ActionPagesMixin
from common.db.state_table import IllegalTransition

_AREA = {"rows": 4, "cols": 60}


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("A note for curators"), required=False, max_length=2000, widget=forms.Textarea(attrs=_AREA)
    )


class ReasonForm(NoteForm):
    reason = forms.CharField(
        label=_("Reason, as the claimant will read it"), max_length=2000, widget=forms.Textarea(attrs=_AREA)
    )
    field_order = ("reason", "note")


class QuestionForm(forms.Form):
    question = forms.CharField(label=_("What you want to know"), max_length=2000, widget=forms.Textarea(attrs=_AREA))


class DisputeForm(forms.Form):
    """Who keeps or gets the record; the choices are the claims in the dispute."""

    winner = forms.TypedChoiceField(label=_("The record belongs to"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason, as those who lose will read it"), max_length=2000, widget=forms.Textarea(attrs=_AREA)
    )

    def __init__(self, *args: Any, claims: list[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["winner"].choices = [  # type: ignore[attr-defined]  # it is the choice field above
            (claim.pk, f"{claim.claimed_name} ({claim.user.email}), {claim.weight}") for claim in claims
        ]


@dataclass(frozen=True, slots=True)
class Decision:
    """Its address, its words, its form, and the service that does it."""

    name: str
    title: str | Promise
    effect: str | Promise
    form: type[forms.Form]
    perform: Callable[[Claim, User, dict[str, Any]], object]


def _dispute(claim: Claim, by: User, data: dict[str, Any]) -> object:
    owner = owning_claims([claim.author.canonical_id]).first()
    if owner is None:
        raise ClaimRefused("not_in_dispute")
    return decide_dispute(
        owner_claim_id=owner.pk, winner_claim_id=data["winner"], by=by, reason=data["reason"], now=clock.now()
    )


DECISIONS: tuple[Decision, ...] = (
    Decision(
        "approve",
        _("Approve"),
        _("The claimant owns the page at once and is notified. Other open claims on it are closed."),
        NoteForm,
        lambda claim, by, data: approve_claim(claim_id=claim.pk, by=by, note=data["note"], now=clock.now()),
    ),
    Decision(
        "reject",
        _("Reject"),
        _("The claim is closed. The claimant reads your reason."),
        ReasonForm,
        lambda claim, by, data: reject_claim(claim_id=claim.pk, by=by, now=clock.now(), **data),
    ),
    Decision(
        "ask",
        _("Ask for more"),
        _("The claim leaves the queue until the claimant answers."),
        QuestionForm,
        lambda claim, by, data: ask_for_more(claim_id=claim.pk, by=by, now=clock.now(), **data),
    ),
    Decision(
        "accept",
        _("Accept the new evidence"),
        _("It counts for verification and trust at once."),
        NoteForm,
        lambda claim, by, data: accept_evidence(claim_id=claim.pk, by=by, accepts=True, now=clock.now(), **data),
    ),
    Decision(
        "aside",
        _("Set the new evidence aside"),
        _("It stays on file and does not count."),
        NoteForm,
        lambda claim, by, data: accept_evidence(claim_id=claim.pk, by=by, accepts=False, now=clock.now(), **data),
    ),
    Decision(
        "dispute",
        _("Decide the dispute"),
        _("One of them owns the page at once; all are notified. The other claims are closed."),
        DisputeForm,
        _dispute,
    ),
    Decision(
        "revoke",
        _("Revoke"),
        _("The page is unclaimed at once. Its owner reads your reason."),
        ReasonForm,
        lambda claim, by, data: revoke_claim(claim_id=claim.pk, by=by, now=clock.now(), **data),
    ),
)
_BY_NAME = {decision.name: decision for decision in DECISIONS}


class DecisionsMixin(ActionPagesMixin):
    """The page of a decision: GET says what it does, POST does it."""

    def decision_view(self, request: HttpRequest, *, claim_id: int, name: str) -> HttpResponse:
        decision = _BY_NAME[name]
        claim = get_object_or_404(self.get_queryset(request), pk=claim_id)
        user = request.user
        if not isinstance(user, User) or not self.has_view_permission(request, claim):
            raise PermissionDenied
        if name not in possible_actions(claim, user):
            # Not this curator's to do, or no longer possible: the claim's page says what is.
            if request.method != "POST" or not user.has_perm("claims.decide_claim"):
                raise PermissionDenied
            return self.after_action(request, refusal_text("moved"), messages.ERROR, claim.pk)
        form = _form(decision, claim, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                decision.perform(claim, user, form.cleaned_data)
            except (ClaimRefused, IllegalTransition) as refused:
                return self.after_action(
                    request, refusal_text(getattr(refused, "code", "moved")), messages.ERROR, claim.pk
                )
            words = str(decision.title)
            self.log_change(request, claim, words)
            return self.after_action(request, words, messages.SUCCESS, claim.pk)
        back = self.admin_url("change", claim.pk)
        return self.action_page(
            request,
            "admin/claims/decide.html",
            decision.title,
            decision=decision,
            claim=claim,
            form=form,
            back_url=back,
        )


def _form(decision: Decision, claim: Claim, data: Any) -> forms.Form:
    if decision.form is not DisputeForm:
        return decision.form(data)
    return DisputeForm(data, claims=[claim, *rivals_of(claim)])

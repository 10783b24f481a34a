"""Decisions on many claims at once, looked at before they are taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from claims.domain.refusals import ClaimRefused
from claims.domain.states import State
from claims.models import Claim
from claims.presenters.labels import STATES
from claims.selectors.ownership import owners_of
from claims.services.approve import approve_claim
from claims.services.decisions import reject_claim
from common.db.state_table import IllegalTransition
from papers.admin.bulk_actions import BulkAction, BulkActionForm, Preview


class RejectForm(BulkActionForm):
    reason = forms.CharField(
        label=_("Reason, as the claimants will read it"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _preview(ids: Sequence[int], target: State) -> list[Preview]:
    """A claim is touched when it waits for a decision and nobody owns its record: the first of several on one."""
    claims = list(
        Claim.objects.filter(pk__in=ids).exclude(state="draft").select_related("author").order_by("-weight", "pk")
    )
    owned = owners_of({claim.author.canonical_id for claim in claims})
    rows, taken = [], set(owned)
    for claim in claims:
        record = claim.author.canonical_id
        is_touched = claim.at is State.PENDING and record not in taken
        if is_touched and target is State.APPROVED:
            taken.add(record)
        rows.append(
            Preview(
                pk=claim.pk,
                label=f"{claim.author.name} – {claim.claimed_name} ({claim.weight})",
                url=reverse("admin:claims_claim_change", args=[claim.pk]),
                old=str(STATES[claim.at]),
                new=str(STATES[target]),
                is_touched=is_touched,
            )
        )
    return rows


def _approve(ids: Sequence[int], cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    done = []
    for row in _preview(ids, State.APPROVED):
        if row.is_touched:
            try:
                approve_claim(claim_id=row.pk, by=by, now=now, note=cleaned["reason"])
            except (ClaimRefused, IllegalTransition):
                continue
            done.append(row.pk)
    return done


def _reject(ids: Sequence[int], cleaned: dict[str, Any], by: User, now: datetime) -> list[int]:
    done = []
    for row in _preview(ids, State.REJECTED):
        if row.is_touched:
            try:
                reject_claim(claim_id=row.pk, by=by, reason=cleaned["reason"], now=now)
            except (ClaimRefused, IllegalTransition):
                continue
            done.append(row.pk)
    return done


BULK: tuple[BulkAction, ...] = (
    BulkAction(
        name="approve",
        title=_("Approve these claims"),
        sentence=_("Each claimant owns the page at once. Claims on a record that somebody owns are left as they are."),
        permission="claims.decide_claim",
        preview=lambda ids, cleaned: _preview(ids, State.APPROVED),
        perform=_approve,
    ),
    BulkAction(
        name="reject",
        title=_("Reject these claims"),
        sentence=_("Each claimant reads your reason."),
        permission="claims.decide_claim",
        preview=lambda ids, cleaned: _preview(ids, State.REJECTED),
        perform=_reject,
        form=RejectForm,
    ),
)

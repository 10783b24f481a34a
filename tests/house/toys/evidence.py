"""A toy kind of evidence: whoever types the id of the record's page knows it."""

from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from claims.models import Claim, Evidence
from claims.policy import Worth
from claims.selectors.evidence_kinds import Action, EvidenceKind, Option, Ways
from claims.services.evidence import add_evidence
from claims.services.transitions import locked_claim
from claims.views.guards import claims_form, own_claim
from common import clock


class WordForm(forms.Form):
    code = forms.CharField(label="The id of the page", max_length=40)


@claims_form
def word(request: HttpRequest, key: UUID) -> HttpResponse:
    claim = own_claim(request, key)
    form = WordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["code"]
        with transaction.atomic():
            is_right = typed == claim.author.public_id
            add_evidence(
                locked_claim(claim.pk),
                TOY,
                subject=typed,
                against=claim.author.name,
                is_passed=is_right,
                now=clock.now(),
            )
        return redirect("claims:claim", key=key)
    return render(request, "claims/mail_code.html", {"form": form, "claim": claim})


def _option(claim: Claim, ways: Ways) -> Option:
    return Option("A toy word", "Type the id.", (Action("Type it", reverse("claims:toy", args=[claim.key])),))


def _explain(row: Evidence) -> str:
    return f"They typed {row.subject}."


TOY = EvidenceKind(
    name="toy",
    label="A toy kind",
    worth=Worth(weight=7),
    explain=_explain,
    option=_option,
    routes=(path("toy/", word, name="toy"),),
)

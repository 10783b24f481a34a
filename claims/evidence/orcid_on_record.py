"""The ORCID iD that the claimant has logged in with is the record's own. One that is typed anywhere is no evidence."""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.names import NameVerdict
from claims.domain.refusals import ClaimRefused
from claims.domain.states import OPEN, State
from claims.models import Claim, Evidence
from claims.policy import StrongKind, Worth, why_not_at_once
from claims.selectors.evidence_kinds import Action, EvidenceKind, Label, Option, Ways
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.ownership import owning_claims
from claims.selectors.record import orcids_of
from claims.services.approve import approve_locked
from claims.services.evidence import add_evidence, is_used_by_others
from claims.services.transitions import canonical_id, locked_claim
from claims.views.guards import claim_action
from common import clock
from identity.selectors.why import doubt_of

REASONS: Mapping[str, Label] = {
    "name": gettext_lazy("the name is another"),
    "owner": gettext_lazy("somebody owns the record"),
    "shared": gettext_lazy("another account uses the same iD"),
    "several": gettext_lazy("the record has several iDs"),
    "part": gettext_lazy("the claim is on some of the works"),
    "people": gettext_lazy("the works may be by several people"),
}


@transaction.atomic
def add_orcid(*, claim_id: int, now: datetime) -> Evidence:
    """Compare the claimant's authenticated iD with the record's; equal, it approves the claim at once where nothing
    speaks against it. Raises ClaimRefused ("no_orcid", "closed")."""
    claim = locked_claim(claim_id)
    orcid = authenticated_orcid(claim.user)
    if orcid is None:
        raise ClaimRefused("no_orcid")
    stated = orcids_of(canonical_id(claim))
    is_equal = orcid in stated
    reasons = _why_not_at_once(claim, orcid) if is_equal else []
    evidence = add_evidence(
        claim,
        ORCID_ON_RECORD,
        subject=orcid,
        against=", ".join(stated),
        is_passed=is_equal,
        found={"stands_against": reasons} if is_equal else {},
        now=now,
    )
    if is_equal and claim.at in OPEN and not _why_not_at_once(claim, orcid):
        approve_locked(claim, by=None, now=now)
    return evidence


def _why_not_at_once(claim: Claim, orcid: str) -> list[str]:
    author_id = canonical_id(claim)
    others = SocialAccount.objects.filter(provider="orcid", uid__icontains=orcid).exclude(user_id=claim.user_id)
    return why_not_at_once(
        name_differs=claim.name_verdict == NameVerdict.MISMATCH.value,
        is_owned=owning_claims([author_id]).exclude(user_id=claim.user_id).exists(),
        is_shared=others.exists() or is_used_by_others(claim, ORCID_ON_RECORD, orcid),
        has_several_ids=len(set(orcids_of(author_id))) > 1,
        is_part=bool(claim.works),
        may_be_several=doubt_of(author_id=author_id).may_be_several,
    )


@claim_action
def orcid(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    row = add_orcid(claim_id=claim.pk, now=clock.now())
    claim.refresh_from_db()
    if claim.at is State.APPROVED:
        messages.success(request, _("Your ORCID iD is the one on the record. The page is yours."))
    elif row.is_passed:
        messages.success(request, _("Your ORCID iD is the one on the record. Submit the claim: a curator reviews it."))
    else:
        messages.info(request, _("Your ORCID iD is not on the record. We can compare your works instead."))
    return None


def has_orcid_login() -> bool:
    """Whether the operator has set this portal up at ORCID."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return any(app["provider_id"] == "orcid" for app in apps)


def _option(claim: Claim, ways: Ways) -> Option | None:
    """The iD in one place: connecting it, using it, and comparing its works where it is not the record's."""
    title = _("Your ORCID iD")
    if not ways.orcid:
        if not has_orcid_login():
            return None
        text = _(
            "Log in at ORCID. If the record has your iD, the page is yours at once. An iD that is typed is never evidence."
        )
        return Option(title, text, (Action(_("Connect ORCID"), _connect_url(claim), is_post=True, is_first=True),))
    text = _("You are connected as %(id)s.") % {"id": ways.orcid}
    actions = []
    if ways.orcid_fits:
        text += " " + _("It is the iD on the record.")
        actions.append(Action(_("Use my iD"), reverse("claims:orcid", args=[claim.key]), is_post=True, is_first=True))
    elif ways.record_orcids:
        text += " " + _("The record has another iD.")
    else:
        text += " " + _("The record has no iD. We can compare your public works instead.")
    if not ways.orcid_fits or not claim.is_open:
        actions.append(Action(_("Compare my works"), reverse("claims:orcid_works", args=[claim.key]), is_post=True))
    return Option(title, text, tuple(actions))


def _connect_url(claim: Claim) -> str:
    back = reverse("claims:claim", args=[claim.key])
    query = urlencode({"process": "connect", "next": back})
    return f"{reverse('openid_connect_login', args=['orcid'])}?{query}"


def _explain(row: Evidence) -> str:
    if row.is_passed:
        text = _("You logged in at ORCID as %(id)s, the iD on the record.") % {"id": row.subject}
        if reasons := row.found.get("stands_against"):
            why = ", ".join(str(REASONS.get(reason, reason)) for reason in reasons)
            text += " " + _("A curator reviews it because %(why)s.") % {"why": why}
        return text
    if not row.against:
        return _("You logged in at ORCID as %(id)s. The record has no iD.") % {"id": row.subject}
    return _("You logged in at ORCID as %(id)s. The record's iD is %(other)s.") % {
        "id": row.subject,
        "other": row.against,
    }


ORCID_ON_RECORD = EvidenceKind(
    name="orcid_on_record",
    label=gettext_lazy("ORCID iD on the record"),
    worth=Worth(weight=100, proves=StrongKind.ORCID, proves_by_itself=True),
    explain=_explain,
    option=_option,
    routes=(path("orcid/", orcid, name="orcid"),),
)

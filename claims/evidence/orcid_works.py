"""The public works of the claimant's ORCID iD overlap the record's."""

from datetime import datetime
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.web import current_user
from claims.domain.orcid import UnreadableWorks, overlap_of, read_works
from claims.domain.refusals import ClaimRefused
from claims.models import Claim, Evidence, OutsideCheck
from claims.policy import StrongKind, Worth
from claims.selectors.evidence_kinds import EvidenceKind, Judgement, OutsideLookup, UnusableAnswer
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.record import identifiers_of
from claims.services.checks import ask_outside
from claims.services.submit import check_claimant
from claims.services.transitions import canonical_id, locked_claim
from claims.views.guards import claim_action
from common import clock, http
from papers.domain.titles import title_key


@transaction.atomic
def ask_orcid_works(*, claim_id: int, by: User, now: datetime) -> OutsideCheck:
    """Have the public works of the claimant's authenticated iD compared with the record's.

    Raises ClaimRefused ("no_orcid", "too_often", "not_yours", "closed").
    """
    claim = locked_claim(claim_id)
    check_claimant(claim, by)
    orcid = authenticated_orcid(claim.user)
    if orcid is None:
        raise ClaimRefused("no_orcid")
    return ask_outside(claim, ORCID_WORKS, subject=orcid, now=now)


def _fetch(check: OutsideCheck) -> http.Answer:
    host = urlsplit(settings.ORCID_API_URL).hostname
    url = f"{settings.ORCID_API_URL}/{quote(check.subject)}/works"
    return http.fetch(url, is_allowed=lambda asked: asked == host, accept="application/json", most_bytes=8_000_000)


def _is_current(check: OutsideCheck, claimant: User) -> bool:
    return authenticated_orcid(claimant) == check.subject


def _judge(check: OutsideCheck, answer: http.Answer) -> Judgement:
    identifiers, titles, count = identifiers_of(canonical_id(check.claim), check.claim.works)
    keys = [(pk, title_key(title)) for pk, title in titles]
    try:
        works = read_works(answer.body, orcid=check.subject)
    except UnreadableWorks as error:
        raise UnusableAnswer(str(error)) from None
    overlap = overlap_of(works, identifiers=identifiers, titles=keys, on_record=count)
    found: dict[str, object] = {
        "shared": overlap.shared,
        "from_others": overlap.from_others,
        "stated": overlap.stated,
        "on_record": count,
    }
    return Judgement(overlap.is_enough, check.claim.author.public_id, found)


@claim_action
def orcid_works(request: HttpRequest, claim: Claim) -> HttpResponse | None:
    ask_orcid_works(claim_id=claim.pk, by=current_user(request), now=clock.now())
    messages.success(request, _("We are asking ORCID for your works. Reload this page in a minute."))
    return None


def _explain(row: Evidence) -> str:
    shared, on_record = row.found.get("shared", 0), row.found.get("on_record", 0)
    text = ngettext(
        "%(shared)s of %(works)s work on the record is also on the ORCID record %(id)s.",
        "%(shared)s of %(works)s works on the record are also on the ORCID record %(id)s.",
        on_record,
    ) % {"shared": shared, "works": on_record, "id": row.subject}
    return text + " " + _("%(count)s of them were added there by others.") % {"count": row.found.get("from_others", 0)}


ORCID_WORKS = EvidenceKind(
    name="orcid_works",
    label=gettext_lazy("Works on your ORCID record"),
    worth=Worth(weight=60, proves=StrongKind.ORCID, proves_by_itself=True),
    explain=_explain,
    routes=(path("orcid/works/", orcid_works, name="orcid_works"),),
    lookup=OutsideLookup(fetch=_fetch, judge=_judge, is_current=_is_current),
)

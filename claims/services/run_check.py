"""Doing what was asked of another server, under a lease; what fails is tried again later, five times at most."""

from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from claims.domain.kinds import EvidenceKind
from claims.domain.links import links_back, record_addresses
from claims.domain.mail_domains import canonical_host, place_of
from claims.domain.orcid import UnreadableWorks, overlap_of, read_works
from claims.domain.states import CLOSED
from claims.models import OutsideCheck
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.record import identifiers_of, places_of
from claims.services.evidence import add_evidence, is_used_by_others
from claims.services.turning import locked_claim, standing_id
from common import http
from papers.domain.titles import title_key
from papers.selectors.addresses import address

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 5
FOUND, NOT_FOUND, AWAY, REFUSED, CHANGED = "found", "not_found", "away", "refused", "changed"


def run_check(*, check_id: int, now: datetime) -> str | None:
    """Fetch, compare, write the evidence; the outcome, or None when it is somebody else's turn or another attempt's."""
    mine = OutsideCheck.objects.filter(pk=check_id, state=OutsideCheck.State.QUEUED, not_before__lte=now)
    if not mine.update(attempts=F("attempts") + 1, not_before=now + LEASE):
        return None
    check = OutsideCheck.objects.select_related("claim__author", "claim__user").get(pk=check_id)
    if check.attempts > MOST_ATTEMPTS:  # workers died over it
        return _finish(check, AWAY, now)
    try:
        answer = _fetch(check)
    except http.HttpUnavailable as away:
        return _try_later(check, away, now)
    except http.HttpRefused as refused:
        log.info("claim_check_refused", check=check.pk, why=str(refused))
        return _finish(check, REFUSED, now)
    return _judge(check, answer, now)


def due_checks(*, now: datetime) -> list[int]:
    """Checks whose bell was lost, or whose worker was, or whose pause is over."""
    queued = OutsideCheck.objects.filter(state=OutsideCheck.State.QUEUED, not_before__lte=now)
    return list(queued.order_by("not_before", "pk").values_list("pk", flat=True)[:100])


def _fetch(check: OutsideCheck) -> http.Answer:
    if check.kind == EvidenceKind.ORCID_WORKS.value:
        host = urlsplit(settings.ORCID_API_URL).hostname
        url = f"{settings.ORCID_API_URL}/{quote(check.subject)}/works"
        return http.fetch(url, is_allowed=lambda asked: asked == host, accept="application/json", most_bytes=8_000_000)
    places = places_of(standing_id(check.claim))
    return http.fetch(
        check.subject,
        is_allowed=lambda asked: place_of(canonical_host(asked), places) is not None,
        accept="text/html",
        most_bytes=1_000_000,
    )


@transaction.atomic
def _judge(check: OutsideCheck, answer: http.Answer, now: datetime) -> str:
    claim = locked_claim(check.claim_id)
    if claim.at in CLOSED:
        return _finish(check, CHANGED, now)
    is_works = check.kind == EvidenceKind.ORCID_WORKS.value
    if is_works and authenticated_orcid(claim.user) != check.subject:
        return _finish(check, CHANGED, now)
    if answer.status != 200:
        return _finish(check, NOT_FOUND, now)
    try:
        is_passed, against, facts = (_works if is_works else _link)(check, answer)
    except UnreadableWorks as error:
        log.warning("orcid_answer_unreadable", check=check.pk, error=str(error))
        return _finish(check, REFUSED, now)
    kind = EvidenceKind(check.kind)
    facts["is_used_by_others"] = is_used_by_others(claim, kind, check.subject)
    add_evidence(claim, kind, subject=check.subject, against=against, is_passed=is_passed, found=facts, now=now)
    return _finish(check, FOUND if is_passed else NOT_FOUND, now)


def _works(check: OutsideCheck, answer: http.Answer) -> tuple[bool, str, dict[str, object]]:
    identifiers, titles, count = identifiers_of(standing_id(check.claim))
    keys = [(pk, title_key(title)) for pk, title in titles]
    overlap = overlap_of(
        read_works(answer.body, orcid=check.subject), identifiers=identifiers, titles=keys, on_record=count
    )
    facts: dict[str, object] = {
        "shared": overlap.shared,
        "from_others": overlap.from_others,
        "stated": overlap.stated,
        "on_record": count,
    }
    return overlap.is_enough, check.claim.author.public_id, facts


def _link(check: OutsideCheck, answer: http.Answer) -> tuple[bool, str, dict[str, object]]:
    author = check.claim.author
    wanted = record_addresses(settings.BASE_URL, address("A", author.pk, author.name))
    host = canonical_host(urlsplit(answer.url).hostname or "")
    fit = place_of(host, places_of(standing_id(check.claim)))
    found = fit is not None and links_back(answer.body, page_url=answer.url, record_urls=wanted)
    facts: dict[str, object] = {"fetched": answer.url, "institution": fit[0].name if fit else ""}
    return found, fit[1] if fit else host, facts


def _try_later(check: OutsideCheck, away: http.HttpUnavailable, now: datetime) -> str | None:
    if check.attempts >= MOST_ATTEMPTS:
        return _finish(check, AWAY, now)
    pause = timedelta(seconds=http.pause_seconds(attempt=check.attempts, asked_for=away.retry_after))
    OutsideCheck.objects.filter(pk=check.pk, attempts=check.attempts).update(not_before=now + pause)
    return None


def _finish(check: OutsideCheck, outcome: str, now: datetime) -> str:
    state = OutsideCheck.State.FAILED if outcome in {AWAY, REFUSED} else OutsideCheck.State.DONE
    OutsideCheck.objects.filter(pk=check.pk, state=OutsideCheck.State.QUEUED).update(
        state=state, outcome=outcome, finished_at=now
    )
    return outcome

"""Works that an owner says are theirs too: at once from a record of their own, after a curator's look from any other."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from claims.domain.names import NameVerdict, name_verdict
from claims.selectors.ownership import is_disputed, is_owner, owners_of, records_of
from common.richtext.user_text import clean_typed
from identity.services.answers import is_not_theirs
from papers.domain.bylines import Printed, found_again
from papers.models import Authorship, BylineDecision
from papers.services.bylines import BylineRefused, attribute_byline, canonical_author, canonical_paper
from papers.services.record_lock import lock_record
from profiles.domain.moves import MOST_WAITING, WhyWait, why_wait
from profiles.models import AttributionRequest
from profiles.selectors.known_names import known_names
from profiles.services.owned import NotOwner, owned_profile, require_undisputed
from profiles.services.work_notices import notify_decided, notify_losing_owner

LONGEST_ANSWER = 2_000


class TooManyWaiting(Exception):
    """MOST_WAITING requests of this owner wait for a curator already."""


class OwnRequest(Exception):
    """Nobody decides what they asked for themselves."""


class AnswerMissing(ValueError):
    """A refusal says why."""


@transaction.atomic
def attribute_work(
    *, user: User, author_id: int, paper_id: int, position: int, now: datetime
) -> BylineDecision | AttributionRequest:
    """Say that a name on a byline is theirs: the decision where the byline stood on a record of their own, else the
    request that waits for a curator.

    Raises NotOwner, Disputed, TooManyWaiting and BylineRefused.
    """
    owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    lock_record()
    paper = canonical_paper(paper_id)
    row = Authorship.objects.filter(paper=paper, position=position).select_related("author").first()
    if row is None:
        raise BylineRefused(_("There is no such name on the byline of that work."))
    reasons = _reasons(user=user, author_id=author_id, row=row)
    if reasons:
        return _ask(user=user, author_id=author_id, row=row, reasons=reasons, now=now)
    return attribute_byline(
        author_id=author_id, paper_id=paper.pk, position=position, by=user, reason="The owner: mine too", now=now
    )


def refuse_work(*, user: User, author_id: int, paper_id: int, now: datetime) -> None:
    """Say that a suggested work is not theirs: it is never suggested again. Raises NotOwner, BylineRefused."""
    owned_profile(user=user, author_id=author_id, now=now)
    paper = canonical_paper(paper_id)
    if Authorship.objects.filter(paper=paper, author__in=records_of([author_id])).exists():
        raise BylineRefused(_("This record is on that byline already."))
    is_not_theirs(author_id=author_id, paper_id=paper.pk, by=user, now=now)


def _reasons(*, user: User, author_id: int, row: Authorship) -> tuple[WhyWait, ...]:
    holder = row.author.canonical_id
    is_own = holder == author_id or owners_of([holder]).get(holder) == user.pk
    verdict = name_verdict(row.printed_name, known_names(user=user, author_id=author_id))
    waiting = AttributionRequest.objects.filter(author=author_id, from_author=holder, state="waiting")
    taken = BylineDecision.objects.filter(author=author_id, from_author=holder, is_theirs=True, withdrawn_at=None)
    return why_wait(
        is_own_record=is_own,
        name_fits=verdict is not NameVerdict.MISMATCH,
        has_other_owner=(not is_own and bool(owners_of([holder]))) or is_disputed(holder),
        asked_of_record=waiting.count() + taken.count() + 1,
    )


def _ask(
    *, user: User, author_id: int, row: Authorship, reasons: Collection[WhyWait], now: datetime
) -> AttributionRequest:
    if Authorship.objects.filter(paper=row.paper_id, author__in=records_of([author_id])).exists():
        raise BylineRefused(_("This record is on that byline already."))
    if AttributionRequest.objects.filter(author=author_id, state="waiting").count() >= MOST_WAITING:
        raise TooManyWaiting(MOST_WAITING)
    request, is_new = AttributionRequest.objects.get_or_create(
        author_id=author_id,
        paper_id=row.paper_id,
        state="waiting",
        defaults={
            "user": user,
            "position": row.position,
            "printed_name": row.printed_name,
            "from_author_id": row.author.canonical_id,
            "reasons": [reason.value for reason in reasons],
            "asked_at": now,
        },
    )
    if not is_new and request.position != row.position:
        raise BylineRefused(_("You asked for another name on this byline already; a curator looks at it."))
    return request


@transaction.atomic
def withdraw_request(*, user: User, author_id: int, request_id: int, now: datetime) -> None:
    """The owner no longer asks. Raises NotOwner, and AttributionRequest.DoesNotExist for what waits no more."""
    owned_profile(user=user, author_id=author_id, now=now)
    waiting = AttributionRequest.objects.filter(
        pk=request_id, user=user, author__in=records_of([author_id]), state="waiting"
    )
    if not waiting.update(state="withdrawn", decided_at=now):
        raise AttributionRequest.DoesNotExist(request_id)


@transaction.atomic
def decide_requests(
    *, request_ids: Collection[int], by: User, is_approved: bool, answer: str = "", now: datetime
) -> list[AttributionRequest]:
    """A curator's decision on requests that wait; all of them or none. Their owners, and the owner of a record that
    loses works, are told.

    Raises PermissionDenied, OwnRequest, AnswerMissing, and for an approval NotOwner, Disputed and BylineRefused. What
    was decided meanwhile is left as it is.
    """
    if not by.is_active or not by.has_perm("profiles.decide_attributionrequest"):
        raise PermissionDenied
    words = clean_typed(answer)[:LONGEST_ANSWER]
    if not is_approved and not words:
        raise AnswerMissing
    lock_record()
    waiting = AttributionRequest.objects.filter(pk__in=request_ids, state="waiting")
    rows = list(waiting.select_for_update(of=("self",)).select_related("author", "user", "paper").order_by("pk"))
    if any(row.user_id == by.pk for row in rows):
        raise OwnRequest
    for row in rows:
        if is_approved:
            row.decision = _move(row, now)
        row.state = "approved" if is_approved else "refused"
        row.decided_at, row.decided_by, row.answer = now, by, words
        row.save(update_fields=["state", "decided_at", "decided_by", "answer", "decision"])
    notify_decided(rows, now=now)
    return rows


def _move(request: AttributionRequest, now: datetime) -> BylineDecision:
    author = canonical_author(request.author_id)
    if not is_owner(user=request.user, author_id=author.pk):
        raise NotOwner(author.pk)
    require_undisputed(author.pk)
    paper = canonical_paper(request.paper_id)
    byline = [Printed(*pair) for pair in Authorship.objects.filter(paper=paper).values_list("position", "printed_name")]
    place = found_again(Printed(request.position, request.printed_name), byline)
    if place is None:
        raise BylineRefused(_("That name is not on the byline any more."))
    decision = attribute_byline(
        author_id=author.pk,
        paper_id=paper.pk,
        position=place.position,
        by=request.user,
        reason="The owner: mine too; a curator agreed",
        now=now,
    )
    notify_losing_owner(decision, now=now)
    return decision

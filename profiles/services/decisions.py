"""What an owner says of single works: not mine; taking such a word back; and taking a work back that had left before."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.selectors.ownership import owning_claims, records_of
from papers.models import BylineDecision
from papers.services.bylines import disown_byline, withdraw_decision
from profiles.models import PinnedWork
from profiles.selectors.decisions import moves_from
from profiles.services.owned import owned_profile, require_undisputed
from profiles.services.work_notices import notify_taken_back


@transaction.atomic
def disown_work(*, user: User, author_id: int, paper_id: int, now: datetime) -> BylineDecision:
    """Say that a work is not theirs. Raises NotOwner, Disputed and BylineRefused."""
    profile = owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    decision = disown_byline(author_id=author_id, paper_id=paper_id, by=user, reason="The owner: not mine", now=now)
    PinnedWork.objects.filter(profile=profile, paper=paper_id).delete()
    return decision


@transaction.atomic
def undo_decision(*, user: User, author_id: int, decision_id: int, now: datetime) -> BylineDecision:
    """Take one of the owner's own words back. Raises NotOwner, Disputed, BylineDecision.DoesNotExist, BylineRefused."""
    owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    own = BylineDecision.objects.filter(by=user, author_id__in=records_of([author_id]))
    return withdraw_decision(decision_id=own.get(pk=decision_id).pk, by=user, now=now)


@transaction.atomic
def take_work_back(*, user: User, author_id: int, decision_id: int, now: datetime) -> BylineDecision:
    """Withdraw the decision that moved a byline from this record to another's before this user owned it.

    Raises NotOwner, Disputed, BylineRefused, and BylineDecision.DoesNotExist for any other decision: what a curator
    moved while the record was theirs, a curator decides again.
    """
    owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    claim = owning_claims([author_id]).filter(user=user).get()
    found = moves_from(author_id).filter(at__lte=claim.approved_at).get(pk=decision_id)
    decision = withdraw_decision(decision_id=found.pk, by=user, now=now)
    notify_taken_back(decision, now=now)
    return decision

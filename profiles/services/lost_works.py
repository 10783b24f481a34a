"""A later owner takes back what had left their record before it was theirs."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.selectors.ownership import owning_claims
from papers.models import BylineDecision
from papers.services.bylines import withdraw_decision
from profiles.selectors.lost_works import moves_from
from profiles.services.owned import owned_profile, require_undisputed
from profiles.services.work_notices import notify_taken_back


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

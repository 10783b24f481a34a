"""What an owner says of single works: not mine; and taking such a word back."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.selectors.ownership import records_of
from papers.models import BylineDecision
from papers.services.bylines import disown_byline, withdraw_decision
from profiles.models import PinnedWork
from profiles.services.owned import owned_profile, require_undisputed


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

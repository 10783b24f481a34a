"""What an owner says of single works: not mine, or mine too. Each word stands until it is taken back."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from claims.domain.names import NameVerdict, name_verdict
from claims.selectors.ownership import owners_of, records_of
from papers.models import BylineDecision
from papers.services.bylines import attribute_byline, disown_byline, withdraw_decision
from profiles.models import PinnedWork
from profiles.selectors.known_names import known_names
from profiles.services.owned import owned_profile, require_undisputed


class NotTheirs(Exception):
    """A byline that the owner may not take: `str()` is "owned" or "name"."""


@transaction.atomic
def disown_work(*, user: User, author_id: int, paper_id: int, now: datetime) -> BylineDecision:
    """Say that a work is not theirs. Raises NotOwner, Disputed and BylineRefused."""
    profile = owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    decision = disown_byline(author_id=author_id, paper_id=paper_id, by=user, reason="The owner: not mine", now=now)
    PinnedWork.objects.filter(profile=profile, paper=paper_id).delete()
    return decision


@transaction.atomic
def attribute_work(*, user: User, author_id: int, paper_id: int, position: int | None, now: datetime) -> BylineDecision:
    """Say that a name on a byline is theirs: one like their own, on a record that nobody else owns.

    Raises NotOwner, Disputed, NotTheirs and BylineRefused.
    """
    owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    decision = attribute_byline(
        author_id=author_id,
        paper_id=paper_id,
        position=position,
        by=user,
        reason="The owner: mine too",
        now=now,
    )
    # Looked at once the byline is found and locked; what is refused here undoes the whole act.
    holder = decision.from_author_id
    if owners_of([holder]).get(holder, user.pk) != user.pk:
        raise NotTheirs("owned")
    names = known_names(user=user, author_id=author_id)
    if name_verdict(decision.printed_name, names) is NameVerdict.MISMATCH:
        raise NotTheirs("name")
    return decision


@transaction.atomic
def undo_decision(*, user: User, author_id: int, decision_id: int, now: datetime) -> BylineDecision:
    """Take one of the owner's own words back. Raises NotOwner, Disputed, BylineDecision.DoesNotExist, BylineRefused."""
    owned_profile(user=user, author_id=author_id, now=now)
    require_undisputed(author_id)
    own = BylineDecision.objects.filter(by=user, author_id__in=records_of([author_id]))
    return withdraw_decision(decision_id=own.get(pk=decision_id).pk, by=user, now=now)

"""Answers are due in three days: curators hear of it a day before, once a day at most."""

from datetime import datetime

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from claims.models import Claim
from claims.policy import REMINDED_BEFORE
from claims.services.notifications import remind_curator


@transaction.atomic
def remind_curators(*, now: datetime) -> int:
    """Write to every curator of claims that are due within a day or overdue; returns how many claims were new to it."""
    due = Claim.objects.awaiting_curators().filter(due_at__lte=now + REMINDED_BEFORE, reminded_at=None)
    waiting = list(due.select_for_update(skip_locked=True).order_by("due_at", "pk"))
    if not waiting:
        return 0
    claimants = {claim.user_id for claim in waiting}
    for curator in curators():
        mine = [claim for claim in waiting if claim.user_id != curator.pk] if curator.pk in claimants else waiting
        if mine:
            remind_curator(curator, claims=len(mine), now=now)
    Claim.objects.filter(pk__in=[claim.pk for claim in waiting]).update(reminded_at=now)
    return len(waiting)


def curators() -> QuerySet[User]:
    """Staff who may decide claims, by their group or by themselves."""
    right = Permission.objects.filter(codename="decide_claim", content_type__app_label="claims")
    may = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return User.objects.filter(may, is_active=True, is_staff=True).distinct().order_by("pk")

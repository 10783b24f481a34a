"""What people are told of a claim: a mail and a notice for each step, each once; and curators of what is due soon."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.notices import notify
from accounts.services.outgoing_mail import write_mail
from claims.models import Claim, VouchRequest
from claims.policy import REMINDED_BEFORE

# Template of the mail, and the line in the page; `{name}` is the record's.
STEPS: Mapping[str, str | Promise] = {
    "submitted": _("Your claim on “{name}” is with our curators"),
    "approved": _("The page of “{name}” is yours"),
    "rejected": _("Your claim on “{name}” was not approved"),
    "question": _("A question about your claim on “{name}”"),
    "disputed": _("Somebody else says that “{name}” is theirs"),
    "upheld": _("You keep the page of “{name}”"),
    "revoked": _("The page of “{name}” is no longer yours"),
    "superseded": _("Another claim on “{name}” was approved"),
    "accepted": _("More evidence for “{name}” was accepted"),
}


def notify_claimant(claim: Claim, step: str, *, now: datetime, reason: str = "") -> None:
    """Tell the claimant of a step; inside the transaction that takes it, so that nobody hears what did not happen."""
    url = reverse("claims:claim", args=[claim.key])
    key = f"{claim.pk}:{uuid4().hex[:12]}"
    context = {"name": claim.author.name, "url": url, "reason": reason, "due_at": claim.due_at}
    write_mail(
        to=claim.user,
        kind=f"claim.{step}",
        key=key,
        template=f"claims/email/{step}",
        context=context,
        now=now,
    )
    message = str(STEPS[step]).format(name=claim.author.name)
    notify(user=claim.user, kind=f"claim.{step}", key=key, message=message, url=url, now=now)


def notify_voucher(request: VouchRequest, *, now: datetime) -> None:
    """Ask a co-author whether they vouch."""
    url = reverse("claims:vouch", args=[request.key])
    name = request.claim.author.name
    context = {"name": name, "claimant": request.claim.claimed_name, "url": url}
    key = str(request.pk)
    write_mail(
        to=request.voucher,
        kind="claim.vouch",
        key=key,
        template="claims/email/vouch",
        context=context,
        now=now,
    )
    message = str(_("Do you know {name}? A claim asks you to vouch")).format(name=name)
    notify(user=request.voucher, kind="claim.vouch", key=key, message=message, url=url, now=now)


@transaction.atomic
def remind_curators(*, now: datetime) -> int:
    """Answers are due in three days: write to every curator of claims that are due within a day or overdue, once a day at
    most; returns how many claims were new to it."""
    due = Claim.objects.awaiting_curators().filter(due_at__lte=now + REMINDED_BEFORE, reminded_at=None)
    waiting = list(due.select_for_update(skip_locked=True).order_by("due_at", "pk"))
    if not waiting:
        return 0
    claimants = {claim.user_id for claim in waiting}
    for curator in curators():
        mine = [claim for claim in waiting if claim.user_id != curator.pk] if curator.pk in claimants else waiting
        if mine:
            _remind(curator, claims=len(mine), now=now)
    Claim.objects.filter(pk__in=[claim.pk for claim in waiting]).update(reminded_at=now)
    return len(waiting)


def curators() -> QuerySet[User]:
    """Staff who may decide claims, by their group or by themselves."""
    right = Permission.objects.filter(codename="decide_claim", content_type__app_label="claims")
    may = Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return User.objects.filter(may, is_active=True, is_staff=True).distinct().order_by("pk")


def _remind(curator: User, *, claims: int, now: datetime) -> None:
    """One mail a day at most, with how many claims are nearly due."""
    url = reverse("admin:claims_claim_changelist")
    write_mail(
        to=curator,
        kind="claim.reminder",
        key=f"{curator.pk}:{now.date().isoformat()}",
        template="claims/email/reminder",
        context={"count": claims, "url": url},
        now=now,
    )

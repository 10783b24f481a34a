"""Erasing a person: their claims, the evidence for them and the codes go, and their pages are unclaimed at once."""

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from accounts.services.erasure import begin_erasure
from claims.domain.states import OWNING, State
from claims.models import Claim, ClaimEvent, Evidence, VouchRequest
from claims.services.disputes import settle_undisputed
from claims.services.mail_code import codes_of
from claims.services.recompute_trust import recompute_trust
from claims.services.transitions import canonical_id, lock_claims_of
from common.hooks import UserErased


@transaction.atomic
def erase_user_data(event: UserErased) -> int:
    """Delete what claims hold on a person; how many claims. What they vouched stays, without saying who did."""
    user = User.objects.get(pk=event.user_id)
    claims = list(Claim.objects.filter(user=user).select_related("author").order_by("pk"))
    for author_id in sorted({canonical_id(claim) for claim in claims}):
        lock_claims_of(author_id)
    begin_erasure(user=user)
    VouchRequest.objects.filter(voucher=user).delete()
    unnamed = Concat(Value("forgotten "), Cast("pk", CharField()))
    Evidence.objects.filter(voucher=user).update(voucher=None, subject=unnamed, against="")
    ClaimEvent.objects.filter(by=user).update(by=None)
    codes_of([claim.pk for claim in claims]).delete()
    Claim.objects.filter(user=user).delete()
    for claim in claims:
        if claim.at in OWNING:
            recompute_trust(claim, now=event.at)
        elif claim.at is State.PENDING:
            settle_undisputed(claim, now=event.at)
    return len(claims)

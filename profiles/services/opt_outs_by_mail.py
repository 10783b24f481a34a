"""Not being listed, asked by mail alone: nothing is hidden until a curator decided, or seven days passed in which the
page's own known addresses were told and nobody objected. A claim on the page ends it in any case."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from claims.models import Claim
from claims.selectors.ownership import owner_of, records_of
from claims.selectors.record import orcids_of, printed_addresses
from papers.models import Author
from profiles.domain.listing_codes import OBJECTION_PERIOD
from profiles.models import OptOut
from profiles.services.listing import address_hash, end_all, grant, refuse
from profiles.services.mail import tell_by_mail

MOST_TOLD = 10
MOST_AT_ONCE = 500


class NoObjection(Exception):
    """The request is decided already, or there is none."""


def ask_by_mail(
    *, author_id: int, address: str, explanation: str, is_strong: bool, is_to_list: bool, now: datetime
) -> OptOut:
    """A request that waits; inside the caller's transaction. Where the address is likely the person's and others of
    theirs are known, these are told, and seven days later it is granted without a curator."""
    known = known_addresses(author_id) if is_strong and not is_to_list else []
    wish = OptOut.objects.create(
        author_id=author_id,
        proof="address" if known else "curator",
        state="asked",
        address=address,
        is_to_list=is_to_list,
        address_hash=address_hash(address),
        explanation=explanation,
        asked_at=now,
        takes_effect_at=now + OBJECTION_PERIOD if known else None,
    )
    author = Author.objects.get(pk=author_id)
    url = reverse("profiles:listing_object", args=[author.public_id, wish.objection_key])
    for told in known:
        context = {"name": author.name, "url": url, "until": wish.takes_effect_at}
        tell_by_mail("profiles/email/listing_asked", told, context)
    return wish


def known_addresses(author_id: int) -> list[str]:
    """Where the person can be told: of accounts with an ORCID iD of the record, and printed on its papers."""
    with_orcid = Q(pk__in=())
    for orcid in orcids_of(author_id):
        with_orcid |= Q(uid__iendswith=orcid)
    accounts = SocialAccount.objects.filter(with_orcid, provider="orcid", user__is_active=True).order_by("pk")
    found = [*accounts.values_list("user__email", flat=True), *printed_addresses(author_id)]
    return list(dict.fromkeys(address.lower() for address in found))[:MOST_TOLD]


@transaction.atomic
def object_to(*, author_id: int, key: str, now: datetime) -> OptOut:
    """Somebody who was told says no: the page stays. Raises NoObjection."""
    waiting = OptOut.objects.select_for_update(of=("self",)).filter(
        objection_key=key, author_id__in=records_of([author_id]), state="asked"
    )
    wish = waiting.first()
    if wish is None:
        raise NoObjection
    refuse(wish, now=now)
    return wish


def grant_due(*, now: datetime) -> int:
    """Grant what nobody objected to for seven days; returns how many pages went. Safe to run twice."""
    due = OptOut.objects.filter(state="asked", takes_effect_at__lte=now).order_by("takes_effect_at", "pk")
    return sum(_grant(pk, now) for pk in list(due.values_list("pk", flat=True)[:MOST_AT_ONCE]))


@transaction.atomic
def _grant(wish_id: int, now: datetime) -> bool:
    wish = OptOut.objects.select_for_update(of=("self",)).filter(pk=wish_id, state="asked").first()
    if wish is None:
        return False
    if owner_of(wish.author.canonical_id) is not None:
        refuse(wish, now=now)
        return False
    grant(wish, now=now)
    return True


def end_for_owner(claim: Claim, *, now: datetime) -> int:
    """The right person claimed the page: whatever others asked for it ends, and it is shown; how many requests ended.

    What the owner asked for themselves stays as it is.
    """
    author_id = claim.canonical_author.pk
    others = OptOut.objects.filter(author_id__in=records_of([author_id])).exclude(user_id=claim.user_id)
    waiting = list(others.filter(state="asked", is_to_list=False).order_by("pk"))
    for wish in waiting:
        refuse(wish, now=now)
    standing = others.filter(state="standing", asked_at__lte=claim.approved_at)
    count = len(waiting) + standing.count()
    if standing.exists():
        end_all(author_id=author_id, now=now)
    return count

"""Not being listed: asked by the owner, or by the person without an account; granted at once where it is proved."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import User
from claims.selectors.orcids import authenticated_orcid
from claims.selectors.ownership import is_owner, owner_of, records_of
from claims.selectors.record import orcids_of
from papers.models import Author
from papers.services.privacy import set_listed
from profiles.domain.listing_codes import hashed
from profiles.models import OptOut
from profiles.services.mail import tell_by_mail
from profiles.services.owned import NotOwner, require_undisputed


class NotProved(Exception):
    """What was shown does not say that it is they."""


@transaction.atomic
def opt_out_as_owner(*, user: User, author_id: int, now: datetime) -> OptOut:
    """Raises NotOwner and Disputed."""
    if not is_owner(user=user, author_id=author_id):
        raise NotOwner(author_id)
    require_undisputed(author_id)
    return stand(author_id=author_id, proof="owner", user=user, now=now)


@transaction.atomic
def opt_out_by_orcid(*, user: User, author_id: int, now: datetime) -> OptOut:
    """By the iD that the account is connected to at ORCID. Raises NotProved: also where somebody else is the owner."""
    owner = owner_of(author_id)
    orcid = authenticated_orcid(user)
    if orcid is None or orcid not in orcids_of(author_id) or (owner is not None and owner.pk != user.pk):
        raise NotProved(author_id)
    return stand(author_id=author_id, proof="orcid", user=user, now=now)


@transaction.atomic
def list_again(*, user: User, author_id: int, now: datetime) -> None:
    """The owner wants the page back. Raises NotOwner."""
    if not is_owner(user=user, author_id=author_id):
        raise NotOwner(author_id)
    end_all(author_id=author_id, now=now)


def stand(*, author_id: int, proof: str, user: User | None = None, address: str = "", now: datetime) -> OptOut:
    """Make a wish stand, once; inside the caller's transaction. The address is kept as a hash alone."""
    Author.objects.select_for_update(of=("self",)).only("pk").get(pk=author_id)
    known = OptOut.objects.filter(author_id__in=records_of([author_id]), state="standing").first()
    wish = known or OptOut.objects.create(
        author_id=author_id,
        user=user,
        proof=proof,
        state="standing",
        asked_at=now,
        decided_at=now,
        address_hash=address_hash(address) if address else "",
    )
    set_listed(author_id=author_id, is_listed=False, now=now)
    return wish


def end_all(*, author_id: int, now: datetime) -> None:
    """Take every standing wish of this record back; inside the caller's transaction."""
    standing = OptOut.objects.filter(author_id__in=records_of([author_id]), state="standing")
    standing.update(state="ended", ended_at=now)
    set_listed(author_id=author_id, is_listed=True, now=now)


def address_hash(address: str) -> str:
    return hashed(settings.SECRET_KEY, "listing-address", address.strip().lower())


@transaction.atomic
def decide_wish(*, wish_id: int, by: User, is_granted: bool, now: datetime) -> OptOut:
    """A curator's answer to what no address proved; told by mail, after which the address is forgotten.

    Raises OptOut.DoesNotExist for a wish that is decided already.
    """
    wish = OptOut.objects.select_for_update(of=("self",)).select_related("author").get(pk=wish_id, state="asked")
    author = Author.objects.get(pk=wish.author.merged_into_id or wish.author_id)
    wish.decided_at, wish.decided_by = now, by
    address, wish.address = wish.address, ""
    is_kept = is_granted and not wish.is_to_list
    wish.state = "standing" if is_kept else "ended" if is_granted else "refused"
    wish.ended_at = now if wish.state == "ended" else None
    if is_kept and OptOut.objects.filter(author_id__in=records_of([author.pk]), state="standing").exists():
        wish.state, wish.ended_at = "ended", now
    if is_granted and wish.is_to_list:
        end_all(author_id=author.pk, now=now)
    wish.author = author
    wish.save(update_fields=["author", "state", "address", "decided_at", "decided_by", "ended_at"])
    if is_kept:
        set_listed(author_id=author.pk, is_listed=False, now=now)
    tell_by_mail("profiles/email/listing_decided", address, {"is_granted": is_granted, "is_to_list": wish.is_to_list})
    return wish

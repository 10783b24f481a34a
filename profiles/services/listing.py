"""Not being listed: granted at once to the owner and to the ORCID iD on the record, to others by a curator."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

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
    known = _active_opt_outs(author_id).first()
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
    _active_opt_outs(author_id).update(state="ended", ended_at=now)
    set_listed(author_id=author_id, is_listed=True, now=now)


def address_hash(address: str) -> str:
    return hashed(settings.SECRET_KEY, "listing-address", address.strip().lower())


@transaction.atomic
def decide_wish(*, wish_id: int, by: User, is_granted: bool, now: datetime) -> OptOut:
    """A curator's answer to what was asked by mail; told by mail, after which the address is forgotten.

    Raises OptOut.DoesNotExist for a wish that is decided already.
    """
    wish = OptOut.objects.select_for_update(of=("self",)).get(pk=wish_id, state="asked")
    wish.decided_by = by
    if is_granted:
        grant(wish, now=now)
    else:
        refuse(wish, now=now)
    return wish


def grant(wish: OptOut, *, now: datetime) -> None:
    """Do what a wish asks, which is locked and not decided; inside the caller's transaction."""
    author = Author.objects.get(pk=wish.author_id)
    author_id = author.canonical_id
    stands = not wish.is_to_list and not _active_opt_outs(author_id).exists()
    if wish.is_to_list:
        end_all(author_id=author_id, now=now)
    wish.author_id, wish.ended_at = author_id, None if stands else now
    _answer(wish, "standing" if stands else "ended", is_granted=True, now=now)
    if not wish.is_to_list:
        set_listed(author_id=author_id, is_listed=False, now=now)


def refuse(wish: OptOut, *, now: datetime) -> None:
    """Leave the page as it is; inside the caller's transaction."""
    _answer(wish, "refused", is_granted=False, now=now)


def _answer(wish: OptOut, state: str, *, is_granted: bool, now: datetime) -> None:
    address, wish.address = wish.address, ""
    wish.state, wish.decided_at = state, now
    wish.save(update_fields=["author", "state", "address", "decided_at", "decided_by", "ended_at"])
    if address:
        context = {"is_granted": is_granted, "is_to_list": wish.is_to_list}
        tell_by_mail("profiles/email/listing_decided", address, context)


def _active_opt_outs(author_id: int) -> QuerySet[OptOut]:
    return OptOut.objects.filter(author_id__in=records_of([author_id]), state="standing")

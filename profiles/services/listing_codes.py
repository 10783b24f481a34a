"""Proving by mail that it is one's own page that shall go, or come back."""

import hmac
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string

from claims.domain.address_names import AddressForm, address_form
from claims.domain.mail_domains import MailVerdict, canonical_address, judge_address
from claims.selectors.ownership import owner_of, records_of
from claims.selectors.record import names_of, places_of, printed_addresses
from common.typed import clean_typed
from papers.models import Author
from profiles.domain.listing_codes import ALPHABET, LENGTH, LIVES, MOST_TRIES, canonical_code, hashed
from profiles.models import ListingCode, OptOut
from profiles.services.listing import address_hash, end_all
from profiles.services.opt_outs_by_mail import ask_by_mail

LONGEST_EXPLANATION = 1_000


class WrongCode(Exception):
    """Not the code, or one that is used, too old or tried too often: which, nobody is told."""


@transaction.atomic
def write_code(*, author: Author, address: str, explanation: str, now: datetime) -> tuple[ListingCode, str]:
    """A row, and the code that only the mail will hold. Whatever the address is, the answer is the same."""
    key = get_random_string(LENGTH, ALPHABET)
    row = ListingCode(
        author=author,
        address=canonical_address(address) or address.strip().lower(),
        explanation=clean_typed(explanation)[:LONGEST_EXPLANATION],
        is_to_list=not author.is_listed,
        is_strong=is_proof(author=author, address=address, now=now),
        sent_at=now,
        expires_at=now + LIVES,
    )
    row.code_hash = _code_hash(row, key)
    row.save(force_insert=True)
    return row, key


def is_proof(*, author: Author, address: str, now: datetime) -> bool:
    """Whether whoever reads this address's mail is likely the person, as far as papers tell.

    An address that a paper prints beside the name; or one of an institution on the papers whose whole local part is a
    form of the name, since everybody at a university has its domain. While somebody owns the page, only they decide;
    to come back, the address that the wish was made with.
    """
    canonical = canonical_address(address)
    if not canonical:
        return False
    if not author.is_listed:
        wishes = OptOut.objects.filter(author_id__in=records_of([author.pk]), state="standing")
        return wishes.filter(address_hash=address_hash(canonical)).exists()
    if owner_of(author.pk) is not None:
        return False
    if canonical in printed_addresses(author.pk):
        return True
    finding = judge_address(canonical, places_of(author.pk), year=now.year, full_weight=100)
    names_them = address_form(canonical, names_of(author.pk)) is AddressForm.NAMES_THEM
    return finding.verdict is MailVerdict.FITS and finding.is_recent and names_them


@transaction.atomic
def enter_code(*, key: str, code: str, now: datetime) -> ListingCode:
    """Use a code: three tries, once. Raises WrongCode.

    A try counts before the code is looked at, so that a hundred at once are three.
    """
    live = ListingCode.objects.filter(key=key, used_at=None, tries__lt=MOST_TRIES, sent_at__lte=now, expires_at__gt=now)
    if not live.update(tries=F("tries") + 1):
        raise WrongCode
    row = ListingCode.objects.select_for_update(of=("self",)).select_related("author").get(key=key)
    if row.used_at is not None or not hmac.compare_digest(row.code_hash, _code_hash(row, canonical_code(code))):
        return row
    ListingCode.objects.filter(pk=row.pk).update(used_at=now)
    row.used_at = now
    _act_on(row, now)
    return row


def _act_on(row: ListingCode, now: datetime) -> None:
    """To come back is done at once for whoever asked to go; to go waits for a curator, or for an objection."""
    author_id = row.author.merged_into_id or row.author_id
    if row.is_strong and row.is_to_list:
        end_all(author_id=author_id, now=now)
        return
    ask_by_mail(
        author_id=author_id,
        address=row.address,
        explanation=row.explanation,
        is_strong=row.is_strong,
        is_to_list=row.is_to_list,
        now=now,
    )


def _code_hash(row: ListingCode, code: str) -> str:
    return hashed(settings.SECRET_KEY, "listing-code", str(row.key), code)


def forget_old_codes(*, now: datetime) -> int:
    """Codes and the addresses they went to are kept for as long as they are good for something."""
    return ListingCode.objects.filter(expires_at__lt=now - LIVES).delete()[0]

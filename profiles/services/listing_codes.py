"""Proving by mail that it is one's own page that shall go, or come back."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.models import MailedCode
from accounts.services.mailed_codes import LIVES, try_code, use_code, write_code
from claims.domain.address_names import AddressForm, address_form
from claims.domain.mail_domains import MailVerdict, canonical_address, judge_address
from claims.selectors.ownership import owner_of, records_of
from claims.selectors.record import affiliations_of, names_of, printed_addresses
from common.richtext.user_text import clean_typed
from papers.models import Author
from profiles.domain.listing_codes import ALPHABET, LENGTH, canonical_code
from profiles.models import OptOut
from profiles.services.listing import address_hash, end_all
from profiles.services.opt_outs_by_mail import ask_by_mail

PURPOSE = "listing"
LONGEST_EXPLANATION = 1_000


@transaction.atomic
def write_listing_code(*, author: Author, address: str, explanation: str, now: datetime) -> tuple[MailedCode, str]:
    """A row, and the code that only the mail will hold. Whatever the address is, the answer is the same."""
    code = get_random_string(LENGTH, ALPHABET)
    details = {
        "explanation": clean_typed(explanation)[:LONGEST_EXPLANATION],
        "is_to_list": not author.is_listed,
        "is_strong": is_proof(author=author, address=address, now=now),
    }
    row = write_code(
        purpose=PURPOSE,
        about_id=author.pk,
        address=canonical_address(address) or address.strip().lower(),
        code=code,
        now=now,
        details=details,
    )
    return row, code


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
    finding = judge_address(canonical, affiliations_of(author.pk), year=now.year, full_weight=100)
    names_them = address_form(canonical, names_of(author.pk)) is AddressForm.NAMES_THEM
    return finding.verdict is MailVerdict.FITS and finding.is_recent and names_them


def listing_code(*, key: str, author_id: int) -> MailedCode | None:
    """The code on its way that a browser asked for; None when there is none of this key."""
    return MailedCode.objects.filter(purpose=PURPOSE, key=key, about_id=author_id).first()


def enter_code(*, row: MailedCode, code: str, now: datetime) -> None:
    """Use a code: three tries, once. Raises NoCode, or WrongCode; which of them, nobody is told."""
    try_code(row, code=canonical_code(code), now=now)
    with transaction.atomic():
        use_code(row, now=now)
        _carry_out(row, now)


def _carry_out(row: MailedCode, now: datetime) -> None:
    """To come back is done at once for whoever asked to go; to go waits for a curator, or for an objection."""
    author = Author.objects.get(pk=row.about_id)
    author_id = author.canonical_id
    if row.details["is_strong"] and row.details["is_to_list"]:
        end_all(author_id=author_id, now=now)
        return
    ask_by_mail(author_id=author_id, address=row.address, now=now, **row.details)


def forget_old_codes(*, now: datetime) -> int:
    """Codes and the addresses they went to are kept for as long as they are good for something."""
    return MailedCode.objects.filter(purpose=PURPOSE, expires_at__lt=now - LIVES).delete()[0]

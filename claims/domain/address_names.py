"""Whether the part of an e-mail address before the @ is a form of somebody's name."""

import re
from collections.abc import Iterable
from enum import StrEnum
from itertools import product

from claims.domain.names import family_words, given_words, name_spellings

MOST_GIVEN = 4
MOST_NAMES = 40


class AddressForm(StrEnum):
    NAMES_THEM = "names_them"  # the family name with the first given one, in full or as its initial
    FAMILY_ALONE = "family_alone"
    OTHER = "other"  # a number, an alias that somebody chose, another's name


def base_address(address: str) -> str:
    """Without what its reader may add behind a plus sign: "ada+lists@x.edu" is read by "ada@x.edu"."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def address_form(address: str, names: Iterable[str]) -> AddressForm:
    """What the whole local part is against the best of the names; a part behind a plus sign never counts.

    "ada.byron@", "a-byron@" and "byronada@" name "Ada Byron"; "x+ada.byron@", "abyron2@" and "the.ada.byron@" do not.
    """
    local = re.sub(r"[._-]", "", base_address(address).rpartition("@")[0].lower())
    best = AddressForm.OTHER
    if not local.isascii() or not local.isalpha():
        return best
    for name in list(names)[:MOST_NAMES]:
        for spelling in name_spellings(name):
            form = _form_of(local, spelling)
            if form is AddressForm.NAMES_THEM:
                return form
            if form is AddressForm.FAMILY_ALONE:
                best = form
    return best


def _form_of(local: str, name: str) -> AddressForm:
    families = _families(name)
    given = given_words(name)[:MOST_GIVEN]
    if given:
        first = (given[0], given[0][0])
        rest = [("", word, word[0]) for word in given[1:]]
        for parts in product(first, *rest):
            chosen = "".join(parts)
            if any(local in {chosen + family, family + chosen} for family in families):
                return AddressForm.NAMES_THEM
    return AddressForm.FAMILY_ALONE if local in families else AddressForm.OTHER


def _families(name: str) -> set[str]:
    """The family name whole, without its particles, and each part of a double one that is a name by itself."""
    whole, bare = family_words(name), family_words(name, with_particles=False)
    return {text for text in ("".join(whole), "".join(bare), *bare) if len(text) > 1}

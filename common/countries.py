"""Countries by name, as the Unicode consortium's CLDR has them."""

from functools import cache

from babel import Locale
from django.utils.translation import get_language, to_locale


def country_name(code: str) -> str:
    """What a country is called in the reader's language; the code itself where no name is known, "" for "".

    `code` is ISO 3166's of two letters, in capitals or not.
    """
    return _names(get_language() or "en").get(code.upper(), code.upper())


def in_country(place: str, code: str) -> str:
    """ "Leuven, Belgium"; either part may be ""."""
    return ", ".join(part for part in (place, country_name(code)) if part)


@cache
def _names(language: str) -> dict[str, str]:
    return dict(Locale.parse(to_locale(language)).territories)

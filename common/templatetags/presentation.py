"""Numbers and dates in the reader's language, and the one place that declares text to be mark-up."""

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import escape

from django import template
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from common import countries
from common.richtext.user_text import typed_html

register = template.Library()

_JSON_ESCAPES = {ord(c): f"\\u{ord(c):04X}" for c in "<>&\u2028\u2029"}


@register.filter
def count(value: int | None) -> str:
    """2666 -> "2,666" in English, "2.666" in German. None -> "", so that a template says why."""
    if value is None:
        return ""
    if -1000 < value < 1000:
        return str(value)
    return _grouped(value, get_language())


@lru_cache(maxsize=16_384)
def _grouped(value: int, language: str | None) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def in_country(place: str, code: str) -> str:
    """A place and the country of a code: "Leuven, Belgium"."""
    return countries.in_country(place, code)


@register.filter
def decimal(value: float | None, digits: int = 1) -> str:
    """0.5 -> "0.5" in English, "0,5" in German. None -> ""."""
    if value is None:
        return ""
    return number_format(round(value, digits), decimal_pos=digits, use_l10n=True, force_grouping=True)


@register.filter
def ratio(value: float | None) -> str:
    """Three figures of a ratio: 0.31, 12.4, 1307. None -> ""."""
    if value is None:
        return ""
    return decimal(value, 2 if value < 10 else 1 if value < 100 else 0)


def percentile(value: float | None) -> str:
    """A percentile as a whole number; what is below 100 is never shown as 100. None -> ""."""
    if value is None:
        return ""
    return str(min(round(value), 99) if value < 100 else 100)


def pattern_of(style: str) -> str:
    """Django's date pattern of a style, which translators set for their language."""
    match style:
        case "day":
            return pgettext("date in the current year, Django date format", "M j")
        case "month":
            return pgettext("month and year, Django date format", "M Y")
        case "year":
            return "Y"
        case _:
            return pgettext("full date, Django date format", "M j, Y")


@lru_cache(maxsize=16_384)
def _written(value: date, style: str, language: str | None) -> str:
    return date_format(value, pattern_of(style), use_l10n=True)


@register.filter
def dated(value: date | None, style: str = "date") -> str:
    """A date as far as it is known: style "day" (May 2), "date" (May 24, 2022), "month" or "year"."""
    if value is None:
        return ""
    return _written(value, style, get_language())


_HARMLESS = frozenset({SafeString, int})
_LONG = 120


def escaped(text: str) -> str:
    """Text as mark-up. Names and addresses come again and again, and are looked up."""
    return _escaped(text) if len(text) < _LONG else escape(text)


_escaped = lru_cache(maxsize=16_384)(escape)


def fill(pattern: str, *values: object) -> SafeString:
    """The pattern, which is ours, with values, each escaped unless it is mark-up already.

    Django's format_html does the same at twice the cost, which a page with twenty works pays a thousand times.
    """
    return SafeString(pattern.format(*[v if type(v) in _HARMLESS else escaped(str(v)) for v in values]))


def fill_each(pattern: str, rows: Iterable[Iterable[object]], *, between: str = "") -> SafeString:
    """The pattern for each row of values, one after the other."""
    return SafeString(between.join(fill(pattern, *row) for row in rows))


@register.filter
def markup(html: str) -> SafeString:
    """Stored mark-up that was sanitised when it was written. Never give it typed or imported text."""
    return SafeString(html)


@register.filter
def typed(text: str) -> SafeString:
    """What somebody typed, with mathematics and links; everything else in it is text."""
    return SafeString(typed_html(text))


@register.filter
def as_json_ld(facts: dict[str, object]) -> SafeString:
    """JSON that stays inside its script element whatever a title holds."""
    text = json.dumps(facts, ensure_ascii=False)
    return SafeString(text.translate(_JSON_ESCAPES))


@register.filter
def roughly(value: int) -> int:
    """An estimate to two figures: 57756 -> 58000."""
    return round(value, 2 - len(str(abs(value))))

"""The bundles of a feed, written at once: a page holds up to forty, and each template node would cost on all of them.

Functions that give `str` give mark-up whose every value is escaped where it enters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from common.templatetags.presentation import count, dated, escaped, fill, markup
from following.selectors.bundles import Bundle, Entry
from following.selectors.names import Target
from following.templatetags.following import happened
from papers.templatetags.cards import paper_card, paper_row

register = template.Library()

LONGEST_NAME = 160
LONGEST_REASON = 80


@dataclass(frozen=True, slots=True)
class Labels:
    """What bundles say in one language, as mark-up."""

    language: str | None
    new: str
    also_through: str


@lru_cache(maxsize=64)
def _labels_in(language: str | None) -> Labels:
    return Labels(
        language=language,
        new=fill('<span class="mark">{}</span> ', gettext("new")),
        also_through=fill("{} ", gettext("Also through")),
    )


@register.simple_tag
def feed_bundles(bundles: Iterable[Bundle]) -> SafeString:
    """What happened on each day to each thing: the first works as cards, the rest as rows behind a summary."""
    words = _labels_in(get_language())
    return markup("".join([_section(bundle, words) for bundle in bundles]))


def _section(bundle: Bundle, labels: Labels) -> str:
    is_new = bundle.is_new
    target = f": {_link(bundle.target, LONGEST_NAME)}" if bundle.target else ""
    first = "".join([_entry(entry, labels) for entry in bundle.first])
    return (
        f'<section class="bundle{" is-new" if is_new else ""}"><h3>{labels.new if is_new else ""}'
        f"{escaped(happened(bundle))}{target} "
        f'<time datetime="{bundle.day.isoformat()}">{escaped(dated(bundle.day, "date"))}</time></h3>'
        f"{first}{_rest(bundle.rest)}</section>\n"
    )


def _entry(entry: Entry, labels: Labels) -> str:
    if entry.card is None:
        return f'<p class="word">{_word(entry)}</p>'
    return f"{paper_card(entry.card)}{_because(entry, labels)}"


def _because(entry: Entry, labels: Labels) -> str:
    if not entry.reasons:
        return ""
    reasons = ", ".join([_link(reason, LONGEST_REASON) for reason in entry.reasons])
    more = f" {_more_in(entry.more_reasons, labels.language)}" if entry.more_reasons else ""
    return f'<p class="because">{labels.also_through}{reasons}{more}</p>'


def _rest(entries: tuple[Entry, ...]) -> str:
    if not entries:
        return ""
    number = len(entries)
    told = ngettext("%(number)s more", "%(number)s more", number) % {"number": count(number)}
    rows = "".join([paper_row(e.card) if e.card else f"<li>{_word(e)}</li>" for e in entries])
    return f'<details class="more"><summary>{escape(told)}</summary><ul class="rows">{rows}</ul></details>'


def _word(entry: Entry) -> str:
    return f'<a href="{escape(entry.url)}">{escape(entry.text)}</a>'


def _link(target: Target, longest: int) -> str:
    name = target.name if len(target.name) <= longest else truncatechars(target.name, longest)
    return f'<a href="{escaped(target.url)}">{escaped(name)}</a>'


@lru_cache(maxsize=1024)
def _more_in(number: int, language: str | None) -> str:
    told = ngettext("and %(number)s more", "and %(number)s more", number)
    return escape(told % {"number": count(number)})

"""Words for what owners say."""

from collections.abc import Iterable

from django import template

from collaborations.forms import PURPOSES

register = template.Library()


@register.filter
def purpose_names(purposes: Iterable[str]) -> str:
    """["co_author", "talk"] -> "write a paper together, give a talk"."""
    words = (str(PURPOSES[purpose]) for purpose in purposes if purpose in PURPOSES)
    return ", ".join(word[:1].lower() + word[1:] for word in words)

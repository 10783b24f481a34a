"""What pages of other apps show of following: the button, the feed's address, what is new."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.selectors.notices import unseen_count
from common.templatetags.presentation import count
from following.models import SavedSearch
from following.selectors.follows import FollowState, follow_state_of, followers_count, read_target
from following.services.follows import LONGEST_SEARCH
from following.targets import BY_NAME

register = template.Library()

EVENT_NAMES: dict[str, str | Promise] = {
    "": _("Everything"),
    "work": _("New work"),
    "citation": _("Citations"),
    "page_news": _("Page updates"),
    "moved": _("Moved"),
    "retraction": _("Retractions"),
}


@register.inclusion_tag("following/_follow_button.html", takes_context=True)
def follow_button(context: RequestContext, code: str) -> dict[str, Any]:
    """`{% follow_button page.public_id %}`: the form of a record's page. One query."""
    request = context["request"]
    pair = read_target(code)
    assert pair is not None
    state = follow_state_of(*pair, user_id=request.user.pk)
    request.follow_state_of_page = (code, state)
    return _button(context, state, target_code=code)


@register.inclusion_tag("following/_follow_button.html", takes_context=True)
def follow_search(context: RequestContext, query: str) -> dict[str, Any]:
    """The same for a search. At most two queries, none for a stranger."""
    request = context["request"]
    query = query[:LONGEST_SEARCH]
    state = FollowState(0, is_following=False)
    if request.user.is_authenticated:
        pk = SavedSearch.objects.filter(query=query).values_list("pk", flat=True).first()
        state = follow_state_of("search", pk, user_id=request.user.pk) if pk else state
    return _button(context, state, query=query)


@register.simple_tag
def search_atom_url(query: str) -> str:
    return f"{reverse('following:search_atom')}?{urlencode({'q': query[:LONGEST_SEARCH]})}"


@register.simple_tag(takes_context=True)
def followers(context: RequestContext, code: str) -> str:
    """How many follow a record, as a number in the reader's language. No query beside the record's button."""
    shown: tuple[str, FollowState] | None = getattr(context["request"], "follow_state_of_page", None)
    if shown is not None and shown[0] == code:
        return count(shown[1].followers)
    pair = read_target(code)
    assert pair is not None
    return count(followers_count(*pair))


@register.simple_tag(takes_context=True)
def unseen_notices(context: RequestContext) -> int:
    """How much somebody who is logged in was told and has not seen; 0 without a query for anybody else."""
    user = context.get("user")
    return unseen_count(user) if user is not None and user.is_authenticated else 0


@register.filter
def event_name(kind: str) -> str | Promise:
    return EVENT_NAMES[kind]


@register.filter
def target_label(kind: str) -> str | Promise:
    return BY_NAME[kind].label


@register.filter
def target_plural(kind: str) -> str | Promise:
    return BY_NAME[kind].plural if kind else EVENT_NAMES[""]


@register.filter
def happened(bundle: Any) -> str:
    """What a bundle says in its heading, before the name: "3 new works"."""
    number = len(bundle.entries)
    match bundle.kind:
        case "work":
            told = ngettext("%(number)s new work", "%(number)s new works", number)
        case "citation":
            told = ngettext("%(number)s new citation", "%(number)s new citations", number)
        case "retraction":
            told = ngettext("%(number)s work retracted", "%(number)s works retracted", number)
        case "moved":
            told = ngettext(
                "Merged: what you follow is now part of another record",
                "Merged: what you follow is now part of another record",
                number,
            )
        case _:
            told = ngettext("News", "News", number)
    return told % {"number": count(number)}


def _button(context: RequestContext, state: FollowState, *, target_code: str = "", query: str = "") -> dict[str, Any]:
    request = context["request"]
    is_known = request.user.is_authenticated
    asks = urlencode({"words": query} if query else {"target": target_code})
    return {
        "target_code": target_code,
        "words": query,
        "state": state,
        "user": request.user,
        "next": request.get_full_path(),
        "ask_url": f"{reverse('following:follow')}?{asks}",
        "csrf_token": context.get("csrf_token") if is_known else None,
    }

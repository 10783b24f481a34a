"""The inbox, what is past, what a search finds, and who one could work with."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.web import current_user
from collaborations.domain.purposes import Purpose
from collaborations.domain.quota import quotas_by_level
from collaborations.forms import PURPOSES
from collaborations.selectors import inbox as lists
from collaborations.selectors.identities import choice_of, conduct_of, own_author
from collaborations.selectors.people import candidates_for
from collaborations.selectors.refusal_reasons import remaining
from collaborations.views.asking import READING
from common import clock
from common.db.keyset import Cursor, Order, read_cursor, read_row_id
from common.rate_limits import rate_limited

LONGEST_QUERY = 200


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Invitations first, then conversations, the unread before the others."""
    user = current_user(request)
    is_archived = request.GET.get("show") == "archived"
    page = lists.conversations_of(user.pk, is_archived=is_archived, cursor=_cursor(request, lists.UNREAD_FIRST))
    is_first = not is_archived and not ({"after", "before"} & request.GET.keys())
    context = {"page": page, "is_archived": is_archived, "purposes": PURPOSES}
    if is_first:
        context |= {
            "received": lists.received_invitations(user.pk),
            "sent": lists.sent_invitations(user.pk),
            "additions": lists.asked_additions(user.pk),
            "own_author": own_author(user),
        }
    return render(request, "collaborations/inbox.html", context)


@login_required
@require_safe
def past(request: HttpRequest) -> HttpResponse:
    """Every invitation of one's own, either way."""
    user = current_user(request)
    page = lists.past_invitations(user.pk, _cursor(request, lists.NEWEST_SENT_FIRST))
    return render(request, "collaborations/past.html", {"page": page, "purposes": PURPOSES, "reader": user})


@login_required
@rate_limited(READING)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """In one's own conversations."""
    query = request.GET.get("q", "")[:LONGEST_QUERY].replace("\x00", "").strip()
    before = read_row_id(request.GET.get("before", "0"))
    found, next_before = lists.found_messages(current_user(request), query, before=before) if query else ((), 0)
    context = {"query": query, "found": found, "next_before": next_before}
    return render(request, "collaborations/search.html", context)


@login_required
@rate_limited(READING)
@require_safe
def people(request: HttpRequest) -> HttpResponseBase:
    """Who could I work with?"""
    user = current_user(request)
    purpose = request.GET.get("for", "")
    purpose = purpose if purpose in {p.value for p in Purpose} else ""
    own = own_author(user)
    found = candidates_for(own, user_id=user.pk, purpose=purpose, now=clock.now()) if own else ()
    context = {"own_author": own, "found": found, "purpose": purpose, "purposes": PURPOSES.items()}
    return render(request, "collaborations/people.html", context | {"purpose_names": PURPOSES})


@login_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """How this works, and what stands against the reader, if anything."""
    user, now = current_user(request), clock.now()
    own = own_author(user)
    context = {
        "conduct": conduct_of(user.pk, now=now),
        "left": remaining(user, own, now=now) if own else None,
        "choice": choice_of(user.pk),
        "by_level": quotas_by_level().items(),
    }
    return render(request, "collaborations/rules.html", context)


def _cursor(request: HttpRequest, order: Order) -> Cursor | None:
    return read_cursor(order, after=request.GET.get("after", ""), before=request.GET.get("before", ""))

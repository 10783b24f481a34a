"""Whether the person at the keyboard has shown lately who they are.

What is sensitive (a second factor, an address, a claim, a deletion) asks for it, so that a browser left open
does not give an account away.
"""

import math
import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from accounts.allauth_internals import get_authentication_records
from common.redirects import short_enough

USED_SESSION_KEY = "accounts_used_proof"


def is_proved(request: HttpRequest, *, within: int | None = None) -> bool:
    """Whether somebody who is logged in did so, or authenticated again, in the last `within` seconds; five minutes.

    A proof from far ahead, when the clock was wrong, is none.
    """
    lasts = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT if within is None else within
    return abs(time.time() - _proved_at(request)) < lasts


def has_unused_proof(request: HttpRequest, *, within: int) -> bool:
    """The same, unless an act that always asks has used it up."""
    return is_proved(request, within=within) and _proved_at(request) > request.session.get(USED_SESSION_KEY, 0.0)


def use_proof(request: HttpRequest) -> None:
    """The next act that always asks will ask again."""
    request.session[USED_SESSION_KEY] = time.time()


def _proved_at(request: HttpRequest) -> float:
    """When, in seconds since 1970; minus infinity for who is not logged in or never did."""
    records = get_authentication_records(request, request.user) if request.user.is_authenticated else []
    return max((float(record["at"]) for record in records), default=-math.inf)


def ask_for_proof(request: HttpRequest, *, back_to: str) -> HttpResponse:
    """To the page where one proves who one is, and from there to `back_to`."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    return HttpResponseRedirect(f"{resolve_url(methods[0]['url'])}?{urlencode({'next': short_enough(back_to)})}")


def proof_required[**P, Answer: HttpResponseBase](
    view: Callable[Concatenate[HttpRequest, P], Answer],
) -> Callable[Concatenate[HttpRequest, P], Answer | HttpResponse]:
    """For views of the other apps, inside `login_required`. What was posted is not kept: the form is sent anew."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer | HttpResponse:
        if is_proved(request):
            return view(request, *args, **kwargs)
        return ask_for_proof(request, back_to=request.get_full_path())

    return guarded

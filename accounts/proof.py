"""Whether the person at the keyboard has shown lately who they are.

What is sensitive (a second factor, an address, a claim, a deletion) asks for it, so that a browser left open
does not give an account away.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url


def is_proved(request: HttpRequest) -> bool:
    """Whether somebody who is logged in did so, or proved themselves again, in the last five minutes."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    latest = max((float(record["at"]) for record in records), default=0.0)
    return time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_for_proof(request: HttpRequest, *, back_to: str) -> HttpResponse:
    """To the page where one proves who one is, and from there to `back_to`."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    return HttpResponseRedirect(f"{resolve_url(methods[0]['url'])}?{urlencode({'next': back_to})}")


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

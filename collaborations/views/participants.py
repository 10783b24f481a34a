"""Bringing somebody else into a conversation."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.web import current_user
from collaborations.domain.states import AdditionState
from collaborations.forms import AddForm
from collaborations.models import Addition, Participant
from collaborations.selectors.conversations import conversation_page, participant_in
from collaborations.selectors.identities import has_blocked, identity_of
from collaborations.services import participants
from collaborations.services.responses import Suspended
from collaborations.views.asking import DECIDING, INVITING, patient
from collaborations.views.conversations import refusal_text
from common import clock
from common.db.state_table import IllegalTransition
from common.rate_limits import rate_limited


@login_required
@rate_limited(INVITING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Name somebody; those inside are asked first."""
    user = current_user(request)
    try:
        place = participant_in(key, user)
        form = AddForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            participants.propose_person(
                conversation=place.conversation, by=user, author=form.cleaned_data["person"], now=clock.now()
            )
            messages.success(request, _("The others are asked first, then the person."))
            return redirect("collaborations:conversation", key)
    except Participant.DoesNotExist:
        raise Http404(str(key)) from None
    except Suspended as refusal:
        messages.error(request, refusal_text(refusal))
        return redirect("collaborations:conversation", key)
    except participants.CannotAdd as problem:
        form.add_error("person", _refusal_text(problem.why))
    return render(
        request,
        "collaborations/add_person.html",
        {"form": form, "page": conversation_page(place), "key": key},
    )


@login_required
@rate_limited(DECIDING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def addition(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """For those inside whether somebody joins; for that person whether they want to."""
    user = current_user(request)
    found, is_inside = _addition_of(user, key)
    if request.method == "POST":
        return _answered(request, found, user, is_inside=is_inside)
    page = conversation_page(participant_in(found.conversation.key, user)) if is_inside else None
    inside = found.conversation.participants.filter(left_at=None).select_related("author__metrics").order_by("pk")
    context = {
        "addition": found,
        "is_inside": is_inside,
        "page": page,
        "identity": identity_of(found.author),
        "proposer": identity_of(found.proposed_by.author),
        "inside": [identity_of(one.author) for one in inside],
        "may_agree": is_inside
        and found.state == AdditionState.PROPOSED.value
        and not found.consents.filter(participant__user=user).exists(),
        "may_join": not is_inside and found.state == AdditionState.ASKED.value,
    }
    return render(request, "collaborations/addition.html", context)


def _answered(request: HttpRequest, found: Addition, user: User, *, is_inside: bool) -> HttpResponseBase:
    now = clock.now()
    try:
        match (request.POST.get("action"), is_inside):
            case ("agree", True):
                participants.consent_to(addition=found, by=user, now=now)
            case ("refuse", True):
                participants.refuse_addition(addition=found, by=user, now=now)
            case ("join", False):
                participants.join(addition=found, by=user, now=now)
                return redirect("collaborations:conversation", found.conversation.key)
            case ("decline", False):
                participants.decline_to_join(addition=found, by=user, now=now)
    except IllegalTransition:
        messages.error(request, _("This is no longer open."))
    except Suspended as refusal:
        messages.error(request, refusal_text(refusal))
    except (Participant.DoesNotExist, Addition.DoesNotExist):
        raise Http404(str(found.key)) from None
    return redirect("collaborations:inbox")


def _addition_of(user: User, key: UUID) -> tuple[Addition, bool]:
    """For those inside, and for the person once they are asked. Raises Http404 for everybody else."""
    rows = Addition.objects.select_related("conversation", "author__metrics", "proposed_by__author__metrics", "user")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404(str(key))
    if found.conversation.participants.filter(user=user, left_at=None).exists():
        return found, True
    proposer_id = found.proposed_by.user_id
    is_hidden = proposer_id is not None and has_blocked(blocker_id=user.pk, blocked_id=proposer_id)
    if (
        found.user_id != user.pk
        or found.state in {AdditionState.PROPOSED.value, AdditionState.REFUSED.value}
        or is_hidden
    ):
        raise Http404(str(key))
    return found, False


def _refusal_text(why: participants.WhyNotJoin) -> str:
    match why:
        case participants.WhyNotJoin.INSIDE:
            return _("This person is in the conversation already.")
        case participants.WhyNotJoin.PROPOSED:
            return _("This person has been proposed already.")
        case participants.WhyNotJoin.FULL:
            return _("The conversation is full.")
        case _:
            return _("This person takes no invitations at the moment.")

"""A conversation: reading, writing, what is new, and what one does with it."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.web import current_user
from collaborations.forms import MessageForm, ThreadForm
from collaborations.models import Participant
from collaborations.selectors.conversations import (
    ShownMessage,
    all_messages,
    conversation_page,
    messages_after,
    participant_in,
)
from collaborations.services import messages as conversations
from collaborations.services.responses import Suspended
from collaborations.views.asking import DECIDING, READING, WRITING, patient
from common import clock
from common.rate_limits import rate_limited

EXPORTS = {"txt": "text/plain; charset=utf-8", "json": "application/json"}


@login_required
@rate_limited(WRITING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """What was said, and the form to say something."""
    user = current_user(request)
    participant = _participant(user, key)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        message_id = 0
        try:
            message_id = conversations.say(
                conversation=participant.conversation, by=user, text=form.cleaned_data["text"], now=clock.now()
            ).pk
        except Participant.DoesNotExist:
            raise Http404(str(key)) from None
        except REFUSALS as refusal:
            messages.error(request, refusal_text(refusal))
        return redirect(f"{request.path}#m{message_id}" if message_id else request.path)
    page = conversation_page(participant, before=_number(request, "before"))
    conversations.mark_read(
        participant=participant, to=max(participant.latest_id, page.last_id) if page.is_latest else 0
    )
    return render(request, "collaborations/conversation.html", {"page": page, "form": form, "key": key})


@login_required
@rate_limited(READING)
@require_safe
def news(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was said after a message, as list items for the open page; 204 when nothing was."""
    participant = _participant(current_user(request), key)
    shown = messages_after(participant, _number(request, "after"))
    if not shown:
        return HttpResponse(status=204)
    conversations.mark_read(participant=participant, to=shown[-1].id)
    return render(request, "collaborations/_news.html", {"said": shown, "key": key, "last_id": shown[-1].id})


@login_required
@rate_limited(DECIDING)
@patient
@require_POST
def change(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Leave, archive, mute, and back."""
    user = current_user(request)
    held = _participant(user, key).conversation
    try:
        match request.POST.get("action"):
            case "leave":
                conversations.leave(conversation=held, by=user, now=clock.now())
                messages.success(request, _("You left the conversation."))
                return redirect("collaborations:inbox")
            case "archive" | "unarchive" as wanted:
                conversations.set_archived(conversation=held, by=user, is_archived=wanted == "archive")
                return redirect("collaborations:inbox")
            case "mute" | "unmute" as wanted:
                conversations.set_muted(conversation=held, by=user, is_muted=wanted == "mute")
    except Participant.DoesNotExist:
        raise Http404(str(key)) from None
    return redirect("collaborations:conversation", key)


@login_required
@rate_limited(WRITING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """A further thread of the same people."""
    user, participant = current_user(request), _participant(current_user(request), key)
    form = ThreadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            begun = conversations.start_thread(
                conversation=participant.conversation, by=user, **form.cleaned_data, now=clock.now()
            )
        except Participant.DoesNotExist:
            raise Http404(str(key)) from None
        except REFUSALS as refusal:
            messages.error(request, refusal_text(refusal))
            return redirect("collaborations:conversation", key)
        return redirect("collaborations:conversation", begun.key)
    page = conversation_page(participant)
    return render(request, "collaborations/thread.html", {"form": form, "page": page, "key": key})


@login_required
@rate_limited(READING)
@require_safe
def export(request: HttpRequest, key: UUID, format: str) -> HttpResponseBase:
    """All that one may read of it, streamed."""
    if format not in EXPORTS:
        raise Http404(format)
    participant = _participant(current_user(request), key)
    written = _as_text(participant) if format == "txt" else _as_json(participant)
    response = StreamingHttpResponse(written, content_type=EXPORTS[format])
    response["Content-Disposition"] = f'attachment; filename="conversation-{key}.{format}"'
    return response


REFUSALS = (Suspended, conversations.NobodyElse, conversations.NoLongerOwner)


def refusal_text(refusal: Exception) -> str:
    """Why nothing was sent."""
    match refusal:
        case Suspended(until=until):
            return _("Curators have suspended you until %(day)s: nothing was sent.") % {"day": until.date()}
        case conversations.NobodyElse():
            return _("All others have left the conversation: nothing was sent.")
        case _:
            return _("You no longer own the page that you wrote as: nothing was sent.")


def _participant(user: User, key: UUID) -> Participant:
    try:
        return participant_in(key, user)
    except Participant.DoesNotExist:
        raise Http404(str(key)) from None


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest(name)
    return int(text)


def _text_of(message: ShownMessage) -> str:
    if message.kind == "joined":
        return _("joined")
    if message.kind == "left":
        return _("left")
    return _("(deleted with the account)") if message.is_emptied else message.text


def _as_text(participant: Participant) -> Iterator[str]:
    yield f"{participant.conversation.subject or _('Conversation')}\n\n"
    for message in all_messages(participant):
        name = message.identity.name if message.identity else _("A former member")
        yield f"{message.at:%Y-%m-%d %H:%M} UTC · {name}\n{_text_of(message)}\n\n"


def _as_json(participant: Participant) -> Iterator[str]:
    yield f'{{"subject": {json.dumps(participant.conversation.subject)}, "messages": ['
    for number, message in enumerate(all_messages(participant)):
        row = {
            "at": message.at.isoformat(),
            "from": message.identity.name if message.identity else None,
            "kind": message.kind,
            "text": message.text,
        }
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"

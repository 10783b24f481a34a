"""Writing an invitation, reading it, and answering it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.web import current_user
from claims.selectors.ownership import owner_of
from collaborations.domain.purposes import Purpose
from collaborations.forms import PURPOSES, InviteForm, record_about
from collaborations.models import Invitation
from collaborations.selectors.identities import has_blocked, identity_of, own_author, still_owns
from collaborations.selectors.preferences import preference_of
from collaborations.selectors.refusal_reasons import RefusalReason, refusal_reason, remaining
from collaborations.selectors.relations import one_choice, relation_of, topics_offered, works_offered
from collaborations.services.invitations import CannotInvite, invite
from collaborations.services.responses import (
    Suspended,
    accept_invitation,
    decline_invitation,
    mark_seen,
    withdraw_invitation,
)
from collaborations.views.asking import DECIDING, INVITING, patient
from common import clock
from common.db.state_table import IllegalTransition
from common.rate_limits import rate_limited
from papers.models import Author, Paper, Topic
from papers.selectors.records import record_at


@login_required
@rate_limited(INVITING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The form, or why there is none; then sent."""
    user, author, now = current_user(request), author_at(public_id), clock.now()
    receiver = owner_of(author.pk)
    found = refusal_reason(sender=user, author=author, now=now, receiver=receiver)
    if found is not None:
        return _hindered(request, author, found)
    form = _form(request, user, author, receiver)
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        try:
            invite(
                sender=user,
                author=author,
                purpose=Purpose(form.cleaned_data["purpose"]),
                text=form.cleaned_data["text"],
                days=form.cleaned_data["days"],
                now=now,
                paper=about if isinstance(about, Paper) else None,
                topic=about if isinstance(about, Topic) else None,
            )
        except CannotInvite as problem:
            return _hindered(request, author, problem.refusal)
        messages.success(request, _("Your invitation is sent.") if receiver else _("Your invitation waits."))
        return redirect("collaborations:inbox")
    own = own_author(user)
    context = {
        "form": form,
        "identity": identity_of(author),
        "is_claimed": receiver is not None,
        "left": remaining(user, own, now=now) if own else None,
    }
    return render(request, "collaborations/write.html", context)


@login_required
@require_safe
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """One's own: sent, or received with all that helps to answer it."""
    user, now = current_user(request), clock.now()
    found = invitation_of(user, key)
    is_received = found.receiver_id == user.pk
    other = found.sender_author if is_received else found.receiver_author
    relation = None
    if is_received and found.sender_author and found.receiver_author:
        relation = relation_of(found.receiver_author, found.sender_author)
        mark_seen(invitation=found, now=now)
    context = {
        "invitation": found,
        "is_received": is_received,
        "identity": identity_of(other),
        "relation": relation,
        "purpose": PURPOSES[found.purpose],
        "is_open": found.is_pending and found.expires_at > now,
        "conversation": getattr(found, "conversation", None),
        "other": other,
    }
    return render(request, "collaborations/invitation.html", context)


@login_required
@rate_limited(DECIDING)
@patient
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Accept, decline or withdraw."""
    user, now = current_user(request), clock.now()
    found = invitation_of(user, key)
    try:
        match request.POST.get("action"):
            case "accept":
                conversation = accept_invitation(invitation=found, by=user, now=now)
                return redirect("collaborations:conversation", conversation.key)
            case "decline":
                decline_invitation(invitation=found, by=user, now=now)
                messages.success(request, _("Declined. The sender is told only that you declined."))
            case "withdraw":
                withdraw_invitation(invitation=found, by=user, now=now)
                messages.success(request, _("Your invitation is taken back."))
    except IllegalTransition:
        messages.error(request, _("This invitation is no longer open."))
        return redirect("collaborations:invitation", key)
    except Suspended as held:
        messages.error(request, _("Curators have suspended you until %(day)s.") % {"day": held.until.date()})
        return redirect("collaborations:rules")
    except Invitation.DoesNotExist:
        raise Http404(str(key)) from None
    return redirect("collaborations:inbox")


def invitation_of(user: User, key: UUID) -> Invitation:
    """Raises Http404 for everybody but the two, and for a receiver whose page it no longer is or who blocked the sender."""
    rows = Invitation.objects.filter(key=key).select_related(
        "sender",
        "receiver",
        "sender_author__metrics",
        "receiver_author__metrics",
        "paper",
        "topic",
        "conversation",
    )
    found = rows.first()
    if found is None or user.pk not in {found.sender_id, found.receiver_id}:
        raise Http404(str(key))
    if found.receiver_id == user.pk and not _may_read(user, found):
        raise Http404(str(key))
    return found


def _may_read(user: User, found: Invitation) -> bool:
    is_hidden = found.sender_id is not None and has_blocked(blocker_id=user.pk, blocked_id=found.sender_id)
    return not is_hidden and still_owns(user, found.receiver_author)


def _form(request: HttpRequest, user: User, author: Author, receiver: User | None) -> InviteForm:
    preference = preference_of(receiver) if receiver else None
    own = own_author(user)
    offered: list[object] = []
    wanted = request.POST.get("about") or request.GET.get("about") or ""
    came_from = record_about(wanted)
    theirs, topics, mine = works_offered(author), topics_offered(author), works_offered(own) if own else []
    known = {value for value, _label in [*theirs, *topics, *mine]}
    if came_from is not None and came_from.public_id not in known:
        offered.append(one_choice(came_from))
    groups = ((_("Their works"), theirs), (_("Their topics"), topics), (_("Your works"), mine))
    offered += [(label, choices) for label, choices in groups if choices]
    return InviteForm(
        request.POST or None,
        purposes=preference.purposes if preference else [],
        about=offered,
        initial={"about": came_from.public_id if came_from else "", "purpose": request.GET.get("for", "")},
    )


def _hindered(request: HttpRequest, author: Author, found: RefusalReason) -> HttpResponse:
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    context = {"refusal": found, "identity": identity_of(author), "why": found.why.name}
    return render(request, "collaborations/hindered.html", context, status=status)


def author_at(public_id: str) -> Author:
    try:
        return record_at(Author, public_id, "metrics")
    except Author.DoesNotExist:
        raise Http404(public_id) from None

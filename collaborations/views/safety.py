"""Block, report, and one's own choices."""

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
from claims.selectors.ownership import owner_of
from collaborations.forms import ChoicesForm, ReportForm
from collaborations.models import Block, Message, Participant
from collaborations.selectors.conversations import messages_seen, participant_in
from collaborations.selectors.identities import PublicIdentity, choice_of, identity_of, link_to
from collaborations.services import blocking
from collaborations.views.asking import DECIDING, REPORTING, patient
from collaborations.views.invitations import author_at, invitation_of
from common import clock
from common.rate_limits import rate_limited
from papers.models import Author

BLOCKS_LISTED = 200


@login_required
@rate_limited(DECIDING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Ask once more, then put the owner of a page out of reach."""
    user, author = current_user(request), author_at(public_id)
    owner = owner_of(author.pk)
    if owner is None or owner.pk == user.pk:
        raise Http404(public_id)
    if request.method == "POST":
        blocking.block(blocker=user, blocked=owner, author=author, now=clock.now())
        messages.success(request, _("Blocked. They are not told."))
        return redirect("collaborations:choices")
    return render(request, "collaborations/block.html", {"identity": identity_of(author)})


@login_required
@rate_limited(DECIDING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponseBase:
    """What one wants of these pages, and whom one blocked."""
    user = current_user(request)
    choice = choice_of(user.pk)
    if request.method == "POST" and (pk := request.POST.get("unblock", "")).isdigit() and len(pk) < 19:
        blocking.unblock(blocker=user, block_id=int(pk))
        return redirect("collaborations:choices")
    initial = {"is_suggested": choice.is_suggested, "mail": choice.mail}
    form = ChoicesForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = ChoicesForm(request.POST)
        if form.is_valid():
            blocking.choose(user=user, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Your choices are saved."))
            return redirect("collaborations:choices")
    blocks = Block.objects.filter(blocker=user).select_related("author").order_by("-pk")[:BLOCKS_LISTED]
    listed = [(row.pk, identity_of(row.author), row.made_at) for row in blocks]
    return render(request, "collaborations/choices.html", {"form": form, "blocks": listed})


@login_required
@rate_limited(REPORTING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def report_invitation(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """An invitation that one received."""
    user = current_user(request)
    found = invitation_of(user, key)
    if found.receiver_id != user.pk:
        raise Http404(str(key))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "text": form.cleaned_data["text"]}
        try:
            blocking.report_invitation(invitation=found, reporter=user, **told, now=clock.now())
            messages.success(request, _("Curators will look at it. They see the invitation and what you wrote."))
        except blocking.ReportedAlready:
            messages.info(request, _("You reported this already; curators will look at it."))
        return _after_report(request, form, user, found.sender, found.sender_author)
    context = {"form": form, "identity": identity_of(found.sender_author), "text": found.text}
    return render(request, "collaborations/report.html", context)


@login_required
@rate_limited(REPORTING)
@patient
@require_http_methods(["GET", "HEAD", "POST"])
def report_message(request: HttpRequest, key: UUID, message_key: UUID) -> HttpResponseBase:
    """A message in a conversation that one is in."""
    user = current_user(request)
    try:
        place = participant_in(key, user)
        message = messages_seen(place).select_related("participant__user").get(key=message_key, kind=Message.Kind.TEXT)
    except (Participant.DoesNotExist, Message.DoesNotExist):
        raise Http404(str(key)) from None
    if message.participant_id == place.pk:
        raise Http404(str(message_key))
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "text": form.cleaned_data["text"]}
        try:
            blocking.report_message(participant=place, message=message, **told, now=clock.now())
            messages.success(
                request,
                _("Curators will look at it. They see this message, some before and after it, and what you wrote."),
            )
        except blocking.ReportedAlready:
            messages.info(request, _("You reported this already; curators will look at it."))
        return _after_report(request, form, user, message.participant.user, message.participant.author)
    author = message.participant.author
    identity = PublicIdentity(author.name, link_to(author)) if author else None
    return render(request, "collaborations/report.html", {"form": form, "identity": identity, "text": message.text})


def _after_report(
    request: HttpRequest, form: ReportForm, user: User, other: User | None, author: Author | None
) -> HttpResponseBase:
    if form.cleaned_data["also_block"] and other is not None and other.pk != user.pk:
        blocking.block(blocker=user, blocked=other, author=author, now=clock.now())
        messages.success(request, _("Blocked. They are not told."))
    return redirect("collaborations:inbox")

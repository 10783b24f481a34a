"""What owners are told of works that came to their page or left it: a notice and a mail, each once."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.services.notices import notify
from accounts.services.outgoing_mail import write_mail
from claims.models import Claim
from claims.selectors.ownership import owner_of
from papers.models import Author, BylineDecision
from profiles.models import AttributionRequest
from profiles.selectors.decisions import lost_works


def notify_decided(requests: Sequence[AttributionRequest], *, now: datetime) -> None:
    """A curator answered these requests: each owner hears of theirs together."""
    for author_id in sorted({request.author_id for request in requests}):
        theirs = [request for request in requests if request.author_id == author_id]
        first = theirs[0]
        text = _("A curator answered your request on “%(title)s”") % {"title": first.paper.title}
        if len(theirs) > 1:
            text = ngettext(
                "A curator answered your request on %(count)s work",
                "A curator answered your requests on %(count)s works",
                len(theirs),
            ) % {"count": len(theirs)}
        _notify(
            first.user,
            author=first.author,
            kind="works.decided",
            key=str(first.pk),
            message=text,
            now=now,
            context={
                "titles": [request.paper.title for request in theirs],
                "is_approved": first.state == "approved",
                "answer": first.answer,
            },
        )


def notify_losing_owner(decision: BylineDecision, *, now: datetime) -> None:
    """A work left a record that somebody owns: they hear of it."""
    owner, author = owner_of(decision.from_author_id), Author.objects.get(pk=decision.from_author_id)
    if owner is None or owner.pk == decision.by_id:
        return
    text = _("A curator moved “%(title)s” to another record") % {"title": decision.paper.title}
    _notify(
        owner,
        author=author,
        kind="works.moved",
        key=str(decision.pk),
        message=text,
        now=now,
        context={"titles": [decision.paper.title]},
    )


def notify_taken_back(decision: BylineDecision, *, now: datetime) -> None:
    """The owner of the record that had lost a work took it back: whoever had it hears of it."""
    owner, author = owner_of(decision.to_author_id), Author.objects.get(pk=decision.to_author_id)
    if owner is None or owner.pk == decision.withdrawn_by_id:
        return
    text = _("“%(title)s” is back on the record that it came from") % {"title": decision.paper.title}
    _notify(
        owner,
        author=author,
        kind="works.taken_back",
        key=str(decision.pk),
        message=text,
        now=now,
        context={"titles": [decision.paper.title]},
    )


def notify_new_owner(claim: Claim, *, now: datetime) -> bool:
    """Tell the owner by this claim which works left the record before it was theirs; False where none did."""
    author = claim.canonical_author
    works = lost_works(author_id=author.pk, before=claim.approved_at)
    if not works:
        return False
    text = ngettext(
        "%(count)s work was moved from this record before you claimed it. You can take it back",
        "%(count)s works were moved from this record before you claimed it. You can take them back",
        len(works),
    ) % {"count": len(works)}
    titles = [work.title for work in works]
    _notify(
        claim.user,
        author=author,
        kind="works.lost",
        key=str(claim.pk),
        message=text,
        now=now,
        context={"titles": titles},
    )
    return True


def _notify(
    user: User, *, author: Author, kind: str, key: str, message: str, now: datetime, context: dict[str, object]
) -> None:
    url = reverse("profiles:edit_corrections", args=[author.public_id])
    template = f"profiles/email/{kind.replace('.', '_')}"
    given = {**context, "name": author.name, "url": url}
    write_mail(to=user, kind=kind, key=key, template=template, context=given, now=now)
    notify(user=user, kind=kind, key=key, message=message, url=url, now=now)

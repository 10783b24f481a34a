"""The pages on which a curator merges, splits and undoes: GET and "look" show, "apply" does what was looked at."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from claims.admin.record_forms import MergeForm, SplitForm
from claims.selectors.candidates import pairs_to_look_at
from claims.selectors.record_log import log_of
from claims.selectors.record_previews import merge_preview, split_preview, works_to_split
from claims.services.records import merge_records, split_record, undo_record_revision
from common import clock
from identity.reason_text import reasons_of
from identity.selectors.worklists import SHOWN, may_be_one, may_be_several
from identity.services.answers import are_two, is_one_person
from papers.domain import public_ids
from papers.models import Author, RecordRevision
from papers.selectors.record_revisions import revisions_of
from papers.services.author_revisions import RevisionRefused

type Context = dict[str, Any]

MOST_SKIPPED = 10_000


def curator(request: HttpRequest, permission: str) -> User:
    """Who asks. Raises PermissionDenied for those without the right."""
    if not isinstance(request.user, User) or not request.user.has_perm(permission):
        raise PermissionDenied
    return request.user


def digest_of(*parts: object) -> str:
    """What was looked at, in short: nothing else is done."""
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def done(request: HttpRequest, perform: Callable[[], RecordRevision], message: str) -> HttpResponse | None:
    """The page of the revision after it was done; None with a message where it was refused."""
    try:
        revision = perform()
    except RevisionRefused as refusal:
        messages.error(request, str(refusal))
        return None
    except OperationalError:
        messages.error(request, busy())
        return None
    messages.success(request, message)
    return HttpResponseRedirect(reverse("admin:papers_recordrevision_change", args=[revision.pk]))


def busy() -> str:
    return gettext("An import is writing to the record at this moment. Nothing was changed; try again.")


def merge_page(request: HttpRequest, context: Context) -> HttpResponse:
    """`?records=` names them; without it the page asks for them."""
    user = curator(request, "papers.merge_author")
    data = request.POST if request.method == "POST" else request.GET
    form = MergeForm(data if "records" in data else None)
    context |= {"title": gettext("Merge author records"), "form": form}
    context["action_url"] = reverse("admin:papers_recordrevision_merge")
    if form.is_valid():
        authors: list[Author] = form.cleaned_data["records"]
        ids = [author.pk for author in authors]
        preview = merge_preview(ids)
        chosen = form.cleaned_data["merge_target"]
        merge_target = (
            chosen if chosen in ids else max(preview.sides, key=lambda s: (s.now.works, -s.author.pk)).author.pk
        )
        looked_at = digest_of(preview, merge_target)
        if "apply" in request.POST and _as_looked_at(request, looked_at):
            answer = done(
                request,
                lambda: merge_records(
                    merge_target_id=merge_target,
                    merged_ids=[pk for pk in ids if pk != merge_target],
                    by=user,
                    reason=form.cleaned_data["reason"],
                    despite_orcids=form.cleaned_data["despite_orcids"],
                    now=clock.now(),
                ),
                gettext("The records are merged. Numbers and search update shortly."),
            )
            if answer is not None:
                return answer
        context |= {
            "preview": preview,
            "merge_target": merge_target,
            "looked_at": looked_at,
            "records": _texts(authors),
        }
    return TemplateResponse(request, "admin/claims/merge.html", context)


def _texts(authors: list[Author]) -> str:
    return ", ".join(author.public_id for author in authors)


def _as_looked_at(request: HttpRequest, digest: str) -> bool:
    if request.POST.get("looked_at") == digest:
        return True
    messages.warning(request, gettext("The preview is out of date. Nothing was changed; check it again."))
    return False


def split_page(request: HttpRequest, context: Context, author_id: int) -> HttpResponse:
    """The record's works to choose from (`?words=` narrows them), where they go, and how the numbers would change."""
    user = curator(request, "papers.split_author")
    author = Author.objects.filter(pk=author_id, merged_into=None).first()
    if author is None:
        raise Http404
    words = (request.POST if request.method == "POST" else request.GET).get("words", "")[:200]
    works = works_to_split(author.pk)
    form = SplitForm(author, [work.paper_id for work in works], request.POST if request.method == "POST" else None)
    context |= {"title": gettext("Split %(name)s") % {"name": author.name}, "author": author, "form": form}
    context |= {"words": words, "chosen": set(request.POST.getlist("works")), "works_count": len(works)}
    context["works"] = shown = works_to_split(author.pk, words) if words else works
    context["kept"] = sorted(context["chosen"] - {str(work.paper_id) for work in shown})  # chosen, and narrowed away
    if form.is_bound and "find" not in request.POST and form.is_valid():
        target = form.cleaned_data["target"]
        preview = split_preview(author.pk, form.cleaned_data["works"], target.pk if target else None)
        looked_at = digest_of(preview, form.cleaned_data)
        if "apply" in request.POST and _as_looked_at(request, looked_at):
            answer = done(
                request,
                lambda: split_record(
                    author_id=author.pk,
                    paper_ids=form.cleaned_data["works"],
                    name=form.cleaned_data["name"],
                    to_author_id=target.pk if target else None,
                    identifier_ids=form.cleaned_data["identifiers"],
                    name_ids=form.cleaned_data["names"],
                    by=user,
                    reason=form.cleaned_data["reason"],
                    now=clock.now(),
                ),
                gettext("The record is split. Numbers and search update shortly."),
            )
            if answer is not None:
                return answer
        context |= {"preview": preview, "target": target, "looked_at": looked_at}
        context["moved"] = [work for work in works if work.paper_id in set(form.cleaned_data["works"])]
    return TemplateResponse(request, "admin/claims/split.html", context)


def undo_page(request: HttpRequest, revision_id: int) -> HttpResponse:
    """POST alone: one click on the page of a revision."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:papers_recordrevision_change", args=[revision_id]))
    user = curator(request, "papers.view_recordrevision")
    revision = RecordRevision.objects.filter(pk=revision_id).first()
    if revision is None:
        raise Http404
    if not may_undo(user, revision):
        raise PermissionDenied
    answer = done(
        request,
        lambda: undo_record_revision(revision_id=revision.pk, by=user, now=clock.now()),
        gettext("The change is undone. Numbers and search update shortly."),
    )
    return answer or HttpResponseRedirect(reverse("admin:papers_recordrevision_change", args=[revision_id]))


def may_undo(user: User, revision: RecordRevision) -> bool:
    """Senior curators undo any merge or split, others their own."""
    if user.has_perm("papers.undo_recordrevision"):
        return True
    return revision.by_id == user.pk and user.has_perm(f"papers.{revision.kind}_author")


def candidates_page(request: HttpRequest, context: Context) -> HttpResponse:
    """The worklist: records of one name that share co-authors."""
    curator(request, "papers.merge_author")
    page = pairs_to_look_at(request.GET.get("after", ""))
    context |= {"title": gettext("Records of one name that share co-authors"), "page": page}
    return TemplateResponse(request, "admin/claims/candidates.html", context)


def one_page(request: HttpRequest, context: Context) -> HttpResponse:
    """The worklist of pairs that may be one person, and the answer that they are two."""
    user = curator(request, "papers.merge_author")
    if request.method == "POST":
        return _keep_apart(request, user)
    skipped = page_start(request)
    pairs = may_be_one(skipped=skipped)
    explained = [(pair, reasons_of(pair.facts)) for pair in pairs]
    context |= {"title": gettext("Records that may be one person"), "pairs": explained}
    context["further"] = skipped + SHOWN if len(pairs) == SHOWN else 0
    return TemplateResponse(request, "admin/claims/may_be_one.html", context)


def page_start(request: HttpRequest) -> int:
    """How many rows of a worklist are skipped."""
    skipped = request.GET.get("from", "")
    return min(int(skipped), MOST_SKIPPED) if skipped.isascii() and skipped.isdigit() and len(skipped) < 8 else 0


def _keep_apart(request: HttpRequest, user: User) -> HttpResponse:
    ids = [pk for kind, pk in filter(None, map(public_ids.decode, request.POST.getlist("record")[:2])) if kind == "A"]
    records = list(Author.objects.filter(pk__in=ids, merged_into=None).order_by("pk"))
    if len(records) != 2:
        raise Http404
    are_two(one_id=records[0].pk, other_id=records[1].pk, by=user, now=clock.now())
    messages.success(request, gettext("They are two people. Nobody is asked about these two again."))
    return HttpResponseRedirect(reverse("admin:papers_recordrevision_one"))


def several_page(request: HttpRequest, context: Context) -> HttpResponse:
    """The worklist of records that may be several people."""
    user = curator(request, "papers.split_author")
    if request.method == "POST":
        known = public_ids.decode(request.POST.get("record", ""))
        if known is None or known[0] != "A" or not Author.objects.filter(pk=known[1], merged_into=None).exists():
            raise Http404
        is_one_person(author_id=known[1], by=user, now=clock.now())
        messages.success(request, gettext("It is one person. Nothing takes these works apart again."))
        return HttpResponseRedirect(reverse("admin:papers_recordrevision_several"))
    skipped = page_start(request)
    found = may_be_several(skipped=skipped)
    context |= {"title": gettext("Records that may be several people"), "found": found}
    context["further"] = skipped + SHOWN if len(found) == SHOWN else 0
    return TemplateResponse(request, "admin/claims/may_be_several.html", context)


def log_page(request: HttpRequest, context: Context, author_id: int) -> HttpResponse:
    """Everything that people did to a record."""
    curator(request, "papers.view_recordrevision")
    author = Author.objects.select_related("merged_into").filter(pk=author_id).first()
    if author is None:
        raise Http404
    context |= {
        "title": gettext("What happened to %(name)s") % {"name": author.name},
        "author": author,
        "lines": log_of(author),
        "revisions": list(revisions_of(author.pk).select_related("by")[:20]),
    }
    return TemplateResponse(request, "admin/claims/record_log.html", context)

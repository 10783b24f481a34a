"""Merges and splits of author records: what was done, and what later word stands in the way of undoing one."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from papers.models import Author, BylineDecision, RecordMove, RecordRevision


def revisions_of(author_id: int) -> QuerySet[RecordRevision]:
    """Acts that touched this record, newest first."""
    return RecordRevision.objects.filter(author_ids__contains=[author_id]).order_by("-at", "-pk")


def described(revision: RecordRevision) -> str:
    """A merge or split in few words, with its day: "the merge of 22 November 2026 into Ada Byron"."""
    day = revision.at.date().isoformat()
    if revision.kind == RecordRevision.Kind.MERGE:
        return _("the merge into %(name)s of %(day)s (no. %(id)s)") % {
            "name": revision.author.name,
            "day": day,
            "id": revision.pk,
        }
    return _("the split of %(name)s of %(day)s (no. %(id)s)") % {
        "name": revision.author.name,
        "day": day,
        "id": revision.pk,
    }


def what_blocks(revision: RecordRevision) -> str | None:
    """A sentence on the later revision or decision that has to be taken back before this revision can be undone, if any."""
    later = (
        RecordRevision.objects.filter(pk__gt=revision.pk, undone_at=None, author_ids__overlap=revision.author_ids)
        .select_related("author")
        .order_by("-pk")
        .first()
    )
    if later is not None:
        return _("%(later)s builds on it. Undo that first.") % {"later": _sentence(described(later))}
    if (decision := _later_decision(revision)) is not None:
        name = decision.author.name
        words = (
            _("Later somebody decided that “%(title)s” is by %(name)s. Withdraw that decision first.")
            if decision.is_theirs
            else _("Later somebody decided that “%(title)s” is not by %(name)s. Withdraw that decision first.")
        )
        return words % {"title": decision.paper.title, "name": name}
    moved_away = Author.objects.filter(pk=revision.author_id, merged_into__isnull=False).select_related("merged_into")
    if (gone := moved_away.first()) is not None and gone.merged_into is not None:
        return _("%(name)s has been merged into %(heir)s since.") % {
            "name": gone.name,
            "heir": gone.merged_into.public_id,
        }
    return None


def _later_decision(revision: RecordRevision) -> BylineDecision | None:
    """A standing word, later than the revision, on a byline that it moved and by a record that it touched."""
    moved = RecordMove.objects.filter(revision=revision, what=RecordMove.What.BYLINE)
    touched = (
        Q(author__in=revision.author_ids)
        | Q(from_author__in=revision.author_ids)
        | Q(to_author__in=revision.author_ids)
    )
    return (
        BylineDecision.objects.filter(touched, withdrawn_at=None, at__gt=revision.at, paper__in=moved.values("paper"))
        .exclude(revision=revision)
        .select_related("author", "paper")
        .order_by("-pk")
        .first()
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

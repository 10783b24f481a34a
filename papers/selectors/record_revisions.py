"""Merges and splits of author records: what was done, and what later word stands in the way of undoing one."""

from django.db.models import Q, QuerySet

from papers.models import Author, BylineDecision, RecordMove, RecordRevision


def revisions_of(author_id: int) -> QuerySet[RecordRevision]:
    """Revisions that touched this record, newest first."""
    return RecordRevision.objects.filter(author_ids__contains=[author_id]).order_by("-at", "-pk")


def what_blocks(revision: RecordRevision) -> RecordRevision | BylineDecision | Author | None:
    """What has to be taken back before this can be undone: a later revision or decision, or the merge of this author
    into another; None when nothing blocks it."""
    later = (
        RecordRevision.objects.filter(pk__gt=revision.pk, undone_at=None, author_ids__overlap=revision.author_ids)
        .select_related("author")
        .order_by("-pk")
        .first()
    )
    if later is not None:
        return later
    if (decision := _later_decision(revision)) is not None:
        return decision
    moved_away = Author.objects.filter(pk=revision.author_id, merged_into__isnull=False).select_related("merged_into")
    return moved_away.first()


def _later_decision(revision: RecordRevision) -> BylineDecision | None:
    """A decision that stands, later than the revision, on a byline that it moved and by a record that it touched."""
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

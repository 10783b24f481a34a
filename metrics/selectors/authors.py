"""An author's stored numbers, for the pages that compose what is known of a person."""

from django.db.models import Exists, OuterRef

from metrics.models import AuthorMetrics, Overdue


def numbers_of(author_id: int) -> AuthorMetrics | None:
    """The stored numbers; None before the first refresh that knows the author. One query.

    `is_overdue` on them: works or citations have come since that they do not hold yet.
    """
    marks = Overdue.objects.filter(kind__in=Overdue.OF_AUTHORS, object_id=OuterRef("author_id"))
    row = AuthorMetrics.objects.filter(author_id=author_id).annotate(is_marked=Exists(marks)).first()
    if row is not None:
        row.is_overdue = row.is_marked
    return row

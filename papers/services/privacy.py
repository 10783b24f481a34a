"""What a person asks of the record about themselves: no page here, or no name but the present one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from papers.domain.names import search_text
from papers.models import Author, Authorship, Change, Paper, RecordKind
from papers.services.record_lock import lock_record
from papers.services.showing import mark_stale


@transaction.atomic
def set_listed(*, author_id: int, is_listed: bool, now: datetime) -> bool:
    """Take an author off every page, list, search and feed, or back; says whether anything changed."""
    lock_record()
    changed = Author.objects.filter(
        pk=author_id, kind=Author.Kind.PERSON, merged_into=None, is_listed=not is_listed
    ).update(is_listed=is_listed, changed_at=now)
    if changed:
        _tell(author_id, now)
    return bool(changed)


@transaction.atomic
def set_private_names(*, author_id: int, is_private: bool, also: Sequence[str] = (), now: datetime) -> bool:
    """Have the author known by the present name alone (and found by those of `also`), or by every printed one.

    Says whether anything changed.
    """
    lock_record()
    author = Author.objects.select_for_update().filter(pk=author_id, merged_into=None).first()
    if author is None:
        return False
    names = [author.name, *also]
    if not is_private:
        names += author.names.order_by("pk").values_list("name", flat=True)
    text = search_text(names)
    if author.has_private_names == is_private and author.search_text == text:
        return False
    author.has_private_names, author.search_text, author.changed_at = is_private, text, now
    author.save(update_fields=["has_private_names", "search_text", "changed_at"])
    _tell(author_id, now)
    return True


def _tell(author_id: int, now: datetime) -> None:
    """What read models and readers' caches must look at again: every work says something else of its byline."""
    works = list(
        Authorship.objects.filter(author_id=author_id).order_by("paper").values_list("paper", flat=True).distinct()
    )
    mark_stale(works)
    Paper.objects.filter(pk__in=works).update(changed_at=now)
    Change.objects.create(kind=RecordKind.AUTHOR, object_id=author_id, at=now)

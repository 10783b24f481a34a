"""Records by their public id, as addresses name them."""

from django.db import models
from django.db.models import QuerySet

from papers.domain import public_ids
from papers.models import Author
from papers.models.identity import PublicRecord

LONGEST_MERGE_CHAIN = 20


class Unlisted(Author.DoesNotExist):
    """The author is on record, and asked not to be listed: there is no page, and no link leads here.

    `str()` is the public id of the record that stands.
    """


def record_at[Record: PublicRecord](model: type[Record], public_id: str, *with_related: str) -> Record:
    """The record that stands for this public id, after every merge: compare its address to know whether to redirect.

    `with_related` names what is loaded along; nothing else of it can be loaded later.

    Raises the model's DoesNotExist for an id of another kind, an unknown one and one that nothing ever had, for a group, and its
    child Unlisted for an author who asked not to be listed.
    """
    known = public_ids.decode(public_id)
    if known is None or known[0] != model.public_id_letter:
        raise model.DoesNotExist(public_id)
    records: QuerySet[Record] = model._default_manager.all().fetch_mode(models.FETCH_RAISE)
    if with_related:
        records = records.select_related(*with_related)
    record = records.get(pk=known[1])
    for _step in range(LONGEST_MERGE_CHAIN):
        heir_id: int | None = getattr(record, "merged_into_id")  # noqa: B009 - the stubs miss it on abstract models
        if heir_id is None:
            if isinstance(record, Author) and record.kind != Author.Kind.PERSON:
                break
            if isinstance(record, Author) and not record.is_listed:
                raise Unlisted(record.public_id)
            return record
        record = records.get(pk=heir_id)
    raise model.DoesNotExist(public_id)

"""Merging, splitting and undoing for curators: what papers allows, where no claim stands against it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.notices import notify
from claims.domain.states import OPEN, OWNING
from claims.models import Claim
from claims.selectors.ownership import is_disputed, owning_claims
from papers.models import Author, RecordMove, RecordRevision
from papers.services.author_revisions import RevisionRefused, merge_authors, split_author
from papers.services.record_lock import lock_record
from papers.services.undoing import undo_revision

# Claims that somebody awaits or lives by.
_LIVE = sorted(state.value for state in OPEN | OWNING)


@transaction.atomic
def merge_records(
    *,
    merge_target_id: int,
    merged_ids: Collection[int],
    by: User,
    reason: str,
    now: datetime,
    despite_orcids: bool = False,
) -> RecordRevision:
    """As `merge_authors`, and the owner is told. Raises RevisionRefused, also for records of two owners or in dispute.

    Only senior curators merge despite different ORCID iDs.
    """
    if despite_orcids and not by.has_perm("papers.undo_recordrevision"):
        raise RevisionRefused(_("Only a senior curator merges records with different ORCID iDs."))
    lock_record()
    _refuse_two_owners([merge_target_id, *merged_ids])
    revision = merge_authors(
        merge_target_id=merge_target_id,
        merged_ids=merged_ids,
        by=by,
        reason=reason,
        now=now,
        despite_orcids=despite_orcids,
    )
    _tell_owner(revision, _("A curator merged another record into yours."), now)
    return revision


@transaction.atomic
def split_record(
    *,
    author_id: int,
    paper_ids: Collection[int],
    to_author_id: int | None,
    name: str,
    identifier_ids: Collection[int],
    name_ids: Collection[int],
    by: User,
    reason: str,
    now: datetime,
) -> RecordRevision:
    """As `split_author`, and the owner is told."""
    revision = split_author(
        author_id=author_id,
        paper_ids=paper_ids,
        to_author_id=to_author_id,
        name=name,
        identifier_ids=identifier_ids,
        name_ids=name_ids,
        by=by,
        reason=reason,
        now=now,
    )
    _tell_owner(revision, _("A curator took works out of your record that are somebody else's."), now)
    return revision


@transaction.atomic
def undo_record_revision(*, revision_id: int, by: User, now: datetime) -> RecordRevision:
    """As `undo_revision`, and the owner is told. Raises RevisionRefused, also where somebody has claimed what a split made."""
    lock_record()
    made = RecordMove.objects.filter(revision=revision_id, what=RecordMove.What.MADE).values_list(
        "to_author", flat=True
    )
    if Claim.objects.filter(author__in=made).filter(state__in=_LIVE).exists():
        raise RevisionRefused(_("The record made by this split has been claimed. Decide the claim first."))
    revision = undo_revision(revision_id=revision_id, by=by, now=now)
    _tell_owner(revision, _("A curator undid a change of your record."), now)
    return revision


def _refuse_two_owners(author_ids: Collection[int]) -> None:
    """One person's records become one; whose they are is decided as a claim and never by a merge."""
    owners = set(owning_claims(author_ids).values_list("user_id", flat=True))
    if len(owners) > 1:
        raise RevisionRefused(_("These records have different owners. Decide the ownership first."))
    if any(is_disputed(author_id) for author_id in author_ids):
        raise RevisionRefused(_("The ownership of one of these records is in dispute. Decide that first."))


def _tell_owner(revision: RecordRevision, message: str, now: datetime) -> None:
    claim = owning_claims([revision.author_id]).select_related("user").first()
    if claim is not None:
        url = Author.objects.get(pk=revision.author_id).get_absolute_url()
        key = f"{revision.pk}:{'undone' if revision.undone_at else revision.kind}"
        notify(user=claim.user, kind="record_act", key=key, message=message, url=url, now=now)

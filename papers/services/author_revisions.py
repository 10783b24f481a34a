"""Merging author records that are one person, and splitting one that holds two. Each can be undone."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from papers.models import Author, AuthorIdentifier, Authorship, BylineDecision, RecordMove, RecordRevision
from papers.services import author_moves as moves
from papers.services.candidates import free_slot, make_author
from papers.services.record_changes import tell_moved
from papers.services.record_lock import lock_record

MOST_MERGED = 20


# What goes over to the record that stays.
_MERGED = (
    moves.BYLINES,
    moves.NAMES,
    moves.IDENTIFIERS,
    moves.AFFILIATIONS,
    moves.STATEMENTS,
    moves.REDIRECTS,
    moves.SEARCH_TEXT,
)


class RevisionRefused(Exception):
    """A merge, split or undo that must not happen; `str()` is a sentence for the curator."""


@transaction.atomic
def merge_authors(
    *,
    merge_target_id: int,
    merged_ids: Collection[int],
    by: User,
    reason: str,
    now: datetime,
    despite_orcids: bool = False,
) -> RecordRevision:
    """Make several records one: everything moves to the merge_target and the others redirect to it.

    Raises RevisionRefused: for records that do not stand, with different ORCID iDs (unless `despite_orcids`), and where
    somebody said that a work of one of them is not another's.
    """
    lock_record()
    merge_target, merged = _to_merge(merge_target_id, merged_ids)
    refuse_other_orcids([merge_target, *merged], despite_orcids)
    refuse_decided_otherwise([merge_target, *merged])
    _refuse_less_private(merge_target, merged)
    ids = [author.pk for author in merged]
    revision = RecordRevision.objects.create(
        kind=RecordRevision.Kind.MERGE,
        author=merge_target,
        author_ids=[merge_target.pk, *ids],
        reason=reason,
        by=by,
        at=now,
    )
    found_by = [] if merge_target.has_private_names else [author.search_text for author in merged]
    words = " ".join([merge_target.search_text, *found_by]).split()
    text = " ".join(dict.fromkeys(words))
    moves.run_moves(_MERGED, {"revision": revision.pk, "to": merge_target.pk, "from": ids, "now": now, "text": text})
    tell_moved(author_ids=revision.author_ids, paper_ids=papers_of(revision), now=now)
    return revision


@transaction.atomic
def split_author(
    *,
    author_id: int,
    paper_ids: Collection[int],
    to_author_id: int | None = None,
    name: str = "",
    identifier_ids: Collection[int] = (),
    name_ids: Collection[int] = (),
    by: User,
    reason: str,
    now: datetime,
) -> RecordRevision:
    """Move an author's bylines on these papers to another record, or to a new one called `name` (None: as printed).

    Identifiers and names of the record go along where they are named. That each byline is the other's and not this
    author's is kept as a decision, which outlives imports. Raises RevisionRefused.
    """
    lock_record()
    source = _canonical(author_id)
    papers = sorted(set(paper_ids))
    bylines = list(Authorship.objects.filter(author=source, paper__in=papers).order_by("paper", "position"))
    _refuse_empty_split(source, bylines)
    target = _canonical(to_author_id) if to_author_id else None
    if target is not None:
        _refuse_target(source, target, papers)
    target_id = target.pk if target else _made_for(bylines, name)
    revision = RecordRevision.objects.create(
        kind=RecordRevision.Kind.SPLIT,
        author=source,
        author_ids=[source.pk, target_id],
        reason=reason,
        by=by,
        at=now,
    )
    if target is None:
        _note_made(revision, target_id)
    _move_part(revision, target_id, papers=papers, names=name_ids, identifiers=identifier_ids)
    _decide(revision, bylines, target_id)
    tell_moved(author_ids=revision.author_ids, paper_ids=papers, now=now)
    return revision


def papers_of(revision: RecordRevision) -> list[int]:
    """The papers whose bylines a revision moved."""
    rows = revision.moves.filter(what=RecordMove.What.BYLINE).order_by("paper").values_list("paper_id", flat=True)
    return [pk for pk in rows.distinct() if pk]


def _to_merge(merge_target_id: int, merged_ids: Collection[int]) -> tuple[Author, list[Author]]:
    others = sorted(set(merged_ids))
    if not others:
        raise RevisionRefused(_("Choose at least two records."))
    if merge_target_id in others:
        raise RevisionRefused(_("A record cannot be merged into itself."))
    if len(others) > MOST_MERGED:
        raise RevisionRefused(_("Merge at most %(n)s records at once.") % {"n": MOST_MERGED})
    return _canonical(merge_target_id), [_canonical(pk) for pk in others]


def _canonical(author_id: int) -> Author:
    author = Author.objects.select_related("merged_into").filter(pk=author_id).first()
    if author is None:
        raise RevisionRefused(_("There is no such author record."))
    if author.merged_into is not None:
        raise RevisionRefused(
            _("%(name)s (%(id)s) was merged into %(heir)s already.")
            % {"name": author.name, "id": author.public_id, "heir": author.merged_into.public_id}
        )
    return author


def refuse_other_orcids(authors: Collection[Author], despite: bool) -> None:
    """Raises RevisionRefused when the records carry different ORCID iDs, which are two people's more often than one's."""
    held = AuthorIdentifier.objects.filter(author__in=authors, scheme="orcid").order_by("author", "value")
    by_author = dict(held.values_list("author_id", "value"))
    if len(by_author) > 1 and len(set(by_author.values())) > 1 and not despite:
        raise RevisionRefused(
            _("These records have different ORCID iDs (%(ids)s), so they are probably different people.")
            % {"ids": ", ".join(sorted(by_author.values()))}
        )


def refuse_decided_otherwise(authors: Collection[Author]) -> None:
    """Raises RevisionRefused when a work of one of them is by somebody's word not another's."""
    group = Q(author__in=authors) | Q(author__merged_into__in=authors)
    denied = BylineDecision.objects.filter(group, is_theirs=False, withdrawn_at=None)
    papers = dict(denied.order_by("paper").values_list("paper_id", "paper__title"))
    held = set(Authorship.objects.filter(group, paper__in=papers).values_list("paper_id", flat=True))
    if held:
        raise RevisionRefused(
            ngettext(
                "Somebody decided that “%(title)s” is by one of these records and not by another. Withdraw that first.",
                "Somebody decided of %(n)s works, such as “%(title)s”, that they are by one of these records and not by another. Withdraw that first.",
                len(held),
            )
            % {"n": len(held), "title": papers[min(held)]}
        )


def _refuse_less_private(merge_target: Author, merged: Collection[Author]) -> None:
    """What a person asked of their record holds for whatever it becomes."""
    for author in merged:
        if (merge_target.is_listed and not author.is_listed) or (
            author.has_private_names and not merge_target.has_private_names
        ):
            raise RevisionRefused(
                _("%(name)s (%(id)s) has asked for more privacy. Keep that record as the merge target.")
                % {"name": author.name, "id": author.public_id}
            )


def _refuse_empty_split(source: Author, bylines: Collection[Authorship]) -> None:
    if not bylines:
        raise RevisionRefused(_("Choose works of this record."))
    if not Authorship.objects.filter(author=source).exclude(pk__in=[row.pk for row in bylines]).exists():
        raise RevisionRefused(_("These are all works of the record. Merge the record instead."))


def _refuse_target(source: Author, target: Author, papers: Collection[int]) -> None:
    if source.pk == target.pk:
        raise RevisionRefused(_("Choose another record to move the works to."))
    there = Authorship.objects.filter(author=target, paper__in=papers).select_related("paper").order_by("paper")
    if (row := there.first()) is not None:
        raise RevisionRefused(
            _("%(name)s is on the byline of “%(title)s” already.") % {"name": target.name, "title": row.paper.title}
        )
    denied = BylineDecision.objects.filter(
        author=target, paper__in=papers, is_theirs=False, withdrawn_at=None
    ).select_related("paper")
    if (decision := denied.order_by("pk").first()) is not None:
        raise RevisionRefused(
            _("Somebody decided that “%(title)s” is not by %(name)s. Withdraw that first.")
            % {"name": target.name, "title": decision.paper.title}
        )


def _made_for(bylines: Collection[Authorship], name: str) -> int:
    printed = Counter(row.printed_name for row in bylines).most_common(1)[0][0]
    return make_author(printed=name.strip() or printed, name_slot=free_slot(printed))


def _move_part(
    revision: RecordRevision, target_id: int, *, papers: list[int], names: Collection[int], identifiers: Collection[int]
) -> None:
    moves.run_moves(
        (moves.SET_ASIDE, moves.BYLINES, moves.NAMES, moves.IDENTIFIERS),
        {
            "revision": revision.pk,
            "to": target_id,
            "from": [revision.author_id],
            "now": revision.at,
            "by": revision.by_id,
            "papers": papers,
            "names": sorted(names),
            "identifiers": sorted(identifiers),
        },
    )


def _note_made(revision: RecordRevision, author_id: int) -> None:
    RecordMove.objects.create(
        revision=revision,
        what=RecordMove.What.MADE,
        row_id=author_id,
        from_author=revision.author,
        to_author_id=author_id,
    )


def _decide(revision: RecordRevision, bylines: Collection[Authorship], target_id: int) -> None:
    """That these bylines are the target's and not the source's; one word a paper and record."""
    first = {row.paper_id: row for row in reversed(list(bylines))}
    BylineDecision.objects.bulk_create(
        [
            BylineDecision(
                paper_id=paper_id,
                author_id=author_id,
                is_theirs=is_theirs,
                printed_name=row.printed_name,
                position=row.position,
                from_author_id=revision.author_id,
                to_author_id=target_id,
                reason=revision.reason,
                by=revision.by,
                revision=revision,
                at=revision.at,
            )
            for paper_id, row in first.items()
            for author_id, is_theirs in ((target_id, True), (revision.author_id, False))
        ],
        batch_size=1_000,
    )

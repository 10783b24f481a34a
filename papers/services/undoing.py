"""Undoing a merge or a split: every row goes back to where the revision took it from, also after an import rewrote it."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from common.actors import note_actor
from papers.domain.names import parse_person_name, search_text
from papers.models import Author, Authorship, BylineDecision, RecordMove, RecordRevision
from papers.selectors.record_revisions import what_blocks
from papers.services.author_revisions import RevisionRefused, papers_of
from papers.services.record_changes import tell_moved
from papers.services.record_lock import lock_record

_OF = "FROM papers_recordmove m WHERE m.revision_id = %(revision)s AND m.what = "

# A byline that an import wrote anew is found by its paper (or the one that became of it) and its printed name, else
# its place. One that has another author by now stays with that one.
_BYLINES = """
UPDATE papers_authorship s SET author_id = m.from_author_id
FROM papers_recordmove m JOIN papers_paper p ON p.id = m.paper_id
WHERE m.revision_id = %(revision)s AND m.what = 'byline' AND s.author_id = m.to_author_id AND (
    s.id = m.row_id OR (
        s.paper_id = coalesce(p.merged_into_id, p.id) AND (s.printed_name = m.value OR s.position = m.number)
        AND NOT EXISTS (SELECT FROM papers_authorship o WHERE o.id = m.row_id)))
"""
_NAMES = f"""
UPDATE papers_authorname n SET author_id = m.from_author_id {_OF} 'name'
  AND n.author_id = m.to_author_id AND n.name = m.value
  AND NOT EXISTS (SELECT FROM papers_authorname o WHERE o.author_id = m.from_author_id AND o.name = m.value)
"""
_IDENTIFIERS = f"""
UPDATE papers_authoridentifier i SET author_id = m.from_author_id {_OF} 'identifier'
  AND i.author_id = m.to_author_id AND i.scheme || ':' || i.value = m.value
"""
_AFFILIATIONS = f"""
UPDATE papers_authoraffiliation a SET author_id = m.from_author_id {_OF} 'affiliation'
  AND a.author_id = m.to_author_id AND a.institution_id = m.number AND a.source = m.value
  AND NOT EXISTS (
      SELECT FROM papers_authoraffiliation o
      WHERE o.author_id = m.from_author_id AND o.institution_id = m.number AND o.source = m.value)
"""
_STATEMENTS = f"""
UPDATE papers_entitystatement e SET object_id = m.from_author_id {_OF} 'statement'
  AND e.kind = 'author' AND e.object_id = m.to_author_id AND e.source || ' ' || e.source_key = m.value
"""
_REDIRECTS = f"""
UPDATE papers_author a SET merged_into_id = m.from_author_id, changed_at = %(now)s {_OF} 'redirect'
  AND a.id = m.row_id AND a.merged_into_id = m.to_author_id
"""
_SEARCH_TEXT = f"""
UPDATE papers_author a SET search_text = m.before, changed_at = %(now)s {_OF} 'search text'
  AND a.id = m.row_id AND a.search_text = m.after
"""
# What a split made has nothing left of its own: its address goes on leading to the record it was split from.
_MADE = f"""
UPDATE papers_author a SET merged_into_id = m.from_author_id, name_slot = NULL, changed_at = %(now)s {_OF} 'made'
  AND a.id = m.to_author_id AND a.merged_into_id IS NULL
  AND NOT EXISTS (SELECT FROM papers_authorship s WHERE s.author_id = a.id)
  AND NOT EXISTS (SELECT FROM papers_authoridentifier i WHERE i.author_id = a.id)
"""
_SET_ASIDE = f"""
UPDATE papers_bylinedecision d SET withdrawn_at = NULL, withdrawn_by_id = NULL {_OF} 'set aside'
  AND d.id = m.row_id AND NOT EXISTS (
      SELECT FROM papers_bylinedecision o
      WHERE o.paper_id = d.paper_id AND o.author_id = d.author_id AND o.withdrawn_at IS NULL)
"""
_BACK = (
    _REDIRECTS,
    _NAMES,
    _IDENTIFIERS,
    _AFFILIATIONS,
    _STATEMENTS,
    _BYLINES,
    _SEARCH_TEXT,
    _SET_ASIDE,
    _MADE,
)


def why_blocked(revision: RecordRevision) -> str | None:
    """A sentence on what has to be taken back before this can be undone; None when nothing has."""
    match what_blocks(revision):
        case RecordRevision() as later:
            names = {"name": later.author.name, "day": later.at.date().isoformat(), "id": later.pk}
            if later.kind == RecordRevision.Kind.MERGE:
                return _("The merge into %(name)s of %(day)s (no. %(id)s) builds on it. Undo that first.") % names
            return _("The split of %(name)s of %(day)s (no. %(id)s) builds on it. Undo that first.") % names
        case BylineDecision(is_theirs=is_theirs, author=author, paper=paper):
            text = (
                _("Later somebody decided that “%(title)s” is by %(name)s. Withdraw that decision first.")
                if is_theirs
                else _("Later somebody decided that “%(title)s” is not by %(name)s. Withdraw that decision first.")
            )
            return text % {"title": paper.title, "name": author.name}
        case Author() as gone:
            target = {"name": gone.name, "merge_target": gone.merged_into.public_id if gone.merged_into else ""}
            return _("%(name)s has been merged into %(merge_target)s since.") % target
        case None:
            return None


@transaction.atomic
def undo_revision(*, revision_id: int, by: User, now: datetime) -> RecordRevision:
    """Put back what a revision moved. Raises RevisionRefused when it was undone before or something later builds on it;
    RecordRevision.DoesNotExist."""
    lock_record()
    revision = RecordRevision.objects.select_for_update(of=("self",)).get(pk=revision_id)
    if revision.undone_at is not None:
        raise RevisionRefused(_("This was undone already."))
    if (reason := why_blocked(revision)) is not None:
        raise RevisionRefused(reason)
    note_actor(by.pk)
    BylineDecision.objects.filter(revision=revision).delete()
    _run(_BACK, {"revision": revision.pk, "now": now})
    _find_by_own_names(revision)
    arrived = _give_arrived(revision) if revision.kind == RecordRevision.Kind.MERGE else []
    RecordRevision.objects.filter(pk=revision.pk, undone_at=None).update(undone_at=now, undone_by=by)
    revision.undone_at, revision.undone_by = now, by
    tell_moved(author_ids=revision.author_ids, paper_ids=[*papers_of(revision), *arrived], now=now)
    return revision


def _run(statements: tuple[str, ...], params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, params)


def _find_by_own_names(revision: RecordRevision) -> None:
    """Where an import has changed the merge_target's words since, they are made anew of the names that are left to it."""
    author = Author.objects.get(pk=revision.author_id)
    moved = revision.moves.filter(what=RecordMove.What.SEARCH_TEXT).first()
    if moved is not None and author.search_text != moved.before and not author.has_private_names:
        names = [author.name, *author.names.order_by("pk").values_list("name", flat=True)]
        Author.objects.filter(pk=author.pk).update(search_text=search_text(names))


def _give_arrived(revision: RecordRevision) -> list[int]:
    """Bylines of papers that came since, to the record whose full name is printed there and is not the merge_target's;
    that is where they would have gone. Returns the papers."""
    restored = RecordMove.objects.filter(revision=revision, what=RecordMove.What.REDIRECT, from_author=None)
    slots = Author.objects.filter(pk__in=restored.values("row_id"), name_slot__isnull=False)
    by_key = dict(slots.order_by("pk").values_list("name_slot", "pk"))
    merge_target = revision.author
    by_key.pop(merge_target.name_slot, None)
    since = Authorship.objects.filter(author=merge_target, paper__created_at__gt=revision.at)
    given: dict[int, list[int]] = {}
    papers = []
    for row_id, paper_id, printed in since.order_by("pk").values_list("pk", "paper_id", "printed_name"):
        owner = by_key.get(parse_person_name(printed).keys.key)
        if owner is not None:
            given.setdefault(owner, []).append(row_id)
            papers.append(paper_id)
    for owner, rows in given.items():
        Authorship.objects.filter(pk__in=rows).update(author_id=owner)
    return papers

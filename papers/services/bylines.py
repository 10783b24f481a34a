""" "Not mine" and "this is mine too": a person's correction of a byline, which outlives every later import.

Who may say so is the caller's to check, and so is whether the record that loses a byline is another person's.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from papers.domain.bylines import Printed, found_again, may_be
from papers.models import Author, Authorship, BylineDecision, Paper
from papers.services.candidates import author_for
from papers.services.record_changes import tell_moved
from papers.services.record_lock import lock_record


class BylineRefused(Exception):
    """The decision cannot be made; `str()` is a sentence for whoever asked."""


@transaction.atomic
def disown_byline(*, author_id: int, paper_id: int, by: User, reason: str, now: datetime) -> BylineDecision:
    """Say that the author did not write the paper: the byline goes to the best other candidate or a new record.

    A decision of this author on this paper that stands already is replaced. Raises BylineRefused when the author is
    not on the byline, Author.DoesNotExist and Paper.DoesNotExist.
    """
    lock_record()
    author, paper = canonical_author(author_id), canonical_paper(paper_id)
    rows = list(_bylines_of(author, paper))
    if not rows:
        raise BylineRefused(_("This record is not on the byline of that work."))
    _replace_word(author, paper, by, now)
    barred = {author.pk, *_barred(paper.pk)}
    takers: list[int] = []
    for row in rows:
        taker = author_for(printed=row.printed_name, paper_id=paper.pk, barred=barred)
        Authorship.objects.filter(pk=row.pk).update(author_id=taker)
        barred.add(taker)
        takers.append(taker)
    decision = BylineDecision.objects.create(
        paper=paper,
        author=author,
        is_theirs=False,
        printed_name=rows[0].printed_name,
        position=rows[0].position,
        from_author=author,
        to_author_id=takers[0],
        reason=reason,
        by=by,
        at=now,
    )
    tell_moved(author_ids={author.pk, *takers}, paper_ids=[paper.pk], now=now)
    return decision


@transaction.atomic
def attribute_byline(
    *, author_id: int, paper_id: int, position: int | None = None, by: User, reason: str, now: datetime
) -> BylineDecision:
    """Say that a name on the paper's byline is this author, wherever the byline belonged before.

    Without a position it is the author's own byline, or the one name that may be theirs. Raises BylineRefused where
    no name or several fit, or where the byline is another's by decision; DoesNotExist for unknown records.
    """
    lock_record()
    author, paper = canonical_author(author_id), canonical_paper(paper_id)
    row = _byline_at(paper, position) if position else _only_byline(author, paper)
    holder = row.author.merged_into_id or row.author_id
    if _is_anothers(row, author):
        raise BylineRefused(_("Somebody else said that this name on the byline is theirs; a curator can decide."))
    other = _bylines_of(author, paper).exclude(pk=row.pk).first()
    if other is not None:
        raise BylineRefused(_("This record is on that byline already, as %(name)s.") % {"name": other.printed_name})
    _replace_word(author, paper, by, now)
    Authorship.objects.filter(pk=row.pk).update(author_id=author.pk)
    decision = BylineDecision.objects.create(
        paper=paper,
        author=author,
        is_theirs=True,
        printed_name=row.printed_name,
        position=row.position,
        from_author_id=holder,
        to_author=author,
        reason=reason,
        by=by,
        at=now,
    )
    tell_moved(author_ids={author.pk, holder}, paper_ids=[paper.pk], now=now)
    return decision


@transaction.atomic
def withdraw_decision(*, decision_id: int, by: User, now: datetime) -> BylineDecision:
    """Take a decision back: the byline returns to whom it was taken from, if a later word does not forbid it.

    Raises BylineRefused when it was withdrawn before, BylineDecision.DoesNotExist.
    """
    lock_record()
    decision = BylineDecision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    if decision.withdrawn_at is not None:
        raise BylineRefused(_("This decision was withdrawn already."))
    BylineDecision.objects.filter(pk=decision.pk).update(withdrawn_at=now, withdrawn_by=by)
    decision.withdrawn_at, decision.withdrawn_by = now, by
    giver = canonical_author(decision.from_author_id)
    taker = canonical_author(decision.to_author_id)
    paper = canonical_paper(decision.paper_id)
    if giver.pk != taker.pk and giver.pk not in _barred(paper.pk):
        _give_back(decision, giver, taker, paper)
    tell_moved(author_ids={giver.pk, taker.pk}, paper_ids=[paper.pk], now=now)
    return decision


def canonical_author(author_id: int) -> Author:
    """The record, or the one it was merged into. Raises Author.DoesNotExist."""
    author = Author.objects.get(pk=author_id)
    return author if author.merged_into_id is None else Author.objects.get(pk=author.merged_into_id)


def canonical_paper(paper_id: int) -> Paper:
    """The paper, or the one it was merged into. Raises Paper.DoesNotExist."""
    paper = Paper.objects.get(pk=paper_id)
    return paper if paper.merged_into_id is None else Paper.objects.get(pk=paper.merged_into_id)


def _bylines_of(author: Author, paper: Paper) -> QuerySet[Authorship]:
    return (
        Authorship.objects.filter(paper=paper, author__in=[author.pk, *author.merged_from.values_list("pk", flat=True)])
        .select_related("author")
        .order_by("position")
    )


def _byline_at(paper: Paper, position: int) -> Authorship:
    row = Authorship.objects.filter(paper=paper, position=position).select_related("author").first()
    if row is None:
        raise BylineRefused(_("There is no such name on the byline of that work."))
    return row


def _only_byline(author: Author, paper: Paper) -> Authorship:
    own = _bylines_of(author, paper).first()
    if own is not None:
        return own
    names = [author.name, *author.names.order_by("pk").values_list("name", flat=True)]
    rows = [
        row
        for row in Authorship.objects.filter(paper=paper).select_related("author").order_by("position")
        if any(may_be(row.printed_name, name) for name in names)
    ]
    if not rows:
        raise BylineRefused(_("No name on the byline of that work is like yours; choose the one that is you."))
    if len(rows) > 1:
        raise BylineRefused(_("Several names on the byline of that work are like yours; choose the one that is you."))
    return rows[0]


def _is_anothers(row: Authorship, author: Author) -> bool:
    """Whether a standing decision says that this name is somebody other than the author."""
    byline = [
        Printed(*pair) for pair in Authorship.objects.filter(paper=row.paper_id).values_list("position", "printed_name")
    ]
    for decision in BylineDecision.objects.filter(paper=row.paper_id, is_theirs=True, withdrawn_at=None).select_related(
        "author"
    ):
        place = found_again(Printed(decision.position, decision.printed_name), byline)
        theirs = decision.author.merged_into_id or decision.author_id
        if place is not None and place.position == row.position and theirs != author.pk:
            return True
    return False


def _replace_word(author: Author, paper: Paper, by: User, now: datetime) -> None:
    group = [author.pk, *author.merged_from.values_list("pk", flat=True)]
    BylineDecision.objects.filter(paper=paper, author__in=group, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=by
    )


def _barred(paper_id: int) -> set[int]:
    """Who, by standing decisions, is not on this paper."""
    rows = BylineDecision.objects.filter(paper=paper_id, is_theirs=False, withdrawn_at=None)
    return {heir or pk for pk, heir in rows.values_list("author_id", "author__merged_into_id")}


def _give_back(decision: BylineDecision, giver: Author, taker: Author, paper: Paper) -> None:
    rows = {row.position: row for row in _bylines_of(taker, paper)}
    place = found_again(
        Printed(decision.position, decision.printed_name),
        [Printed(row.position, row.printed_name) for row in rows.values()],
    )
    if place is None or _is_anothers(rows[place.position], giver):
        return
    Authorship.objects.filter(pk=rows[place.position].pk).update(author_id=giver.pk)

"""Answers to suggestions, kept for ever: these two are not one, this record is one person, this work is not theirs."""

from datetime import datetime

from django.db import connection, transaction

from accounts.models import User
from identity.models import IdentityConstraint
from papers.models import Authorship

SOURCE = "answer"

# A later word on a byline or a later merge is the word that counts: an answer that says otherwise is withdrawn.
_OUTDATED = """
UPDATE identity_identityconstraint c SET withdrawn_at = d.at FROM papers_bylinedecision d
WHERE c.source = 'answer' AND c.withdrawn_at IS NULL AND d.withdrawn_at IS NULL AND d.at >= c.at
  AND d.paper_id = c.paper_id AND (
    c.kind = 'is_not' AND d.is_theirs AND d.author_id = c.author_id
    OR c.kind = 'is' AND (d.author_id = c.author_id AND NOT d.is_theirs
                          OR d.author_id <> c.author_id AND d.is_theirs AND d.position = c.position))
"""
_MERGED = """
UPDATE identity_identityconstraint c SET withdrawn_at = r.at FROM papers_recordrevision r
WHERE c.source = 'answer' AND c.kind = 'not_one' AND c.withdrawn_at IS NULL
  AND r.kind = 'merge' AND r.undone_at IS NULL AND r.at >= c.at
  AND c.author_id = ANY(r.author_ids || r.author_id) AND c.other_id = ANY(r.author_ids || r.author_id)
"""


def are_two(*, one_id: int, other_id: int, by: User, now: datetime) -> None:
    """Two records are two people: they are never suggested again, and no settling makes them one."""
    first, second = sorted((one_id, other_id))
    IdentityConstraint.objects.get_or_create(
        kind="not_one",
        author_id=first,
        other_id=second,
        withdrawn_at=None,
        defaults={"source": SOURCE, "by": by, "at": now, "why": "A curator compared the two."},
    )


@transaction.atomic
def is_one_person(*, author_id: int, by: User, now: datetime) -> int:
    """All works that stand on a record are one person's; returns how many names that says."""
    rows = Authorship.objects.filter(author=author_id).order_by("paper", "position")
    answers = [
        IdentityConstraint(
            kind="is",
            author_id=author_id,
            paper_id=row.paper_id,
            position=row.position,
            printed_name=row.printed_name,
            source=SOURCE,
            by=by,
            at=now,
            why="A curator looked through the record.",
        )
        for row in rows
    ]
    IdentityConstraint.objects.filter(kind="is", author=author_id, source=SOURCE, withdrawn_at=None).update(
        withdrawn_at=now
    )
    return len(IdentityConstraint.objects.bulk_create(answers, batch_size=1_000))


def is_not_theirs(*, author_id: int, paper_id: int, by: User, now: datetime) -> None:
    """A work that was suggested to somebody is not theirs: it is never suggested again."""
    IdentityConstraint.objects.get_or_create(
        kind="is_not",
        author_id=author_id,
        paper_id=paper_id,
        source=SOURCE,
        withdrawn_at=None,
        defaults={"by": by, "at": now, "why": "The owner: not mine."},
    )


def withdraw_outdated_answers() -> None:
    """Withdraw answers that a later decision contradicts."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTDATED)
        cursor.execute(_MERGED)

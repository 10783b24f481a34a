"""What people decided, as constraints: decisions on bylines and merges are taken over; answers to suggestions are ours."""

from django.db import connection, transaction

from common.db.sql import fetch, fetch_column
from identity.domain.certain import Certain
from identity.models import IdentityConstraint
from identity.services.answers import withdraw_outdated_answers
from identity.services.reading import Record
from papers.models.identity import canonical

_DECISIONS = """
INSERT INTO identity_identityconstraint
    (kind, author_id, paper_id, position, printed_name, why, source, source_row, by_id, at, withdrawn_at)
SELECT CASE WHEN d.is_theirs THEN 'is' ELSE 'is_not' END, d.author_id, d.paper_id, d.position, d.printed_name, d.reason,
       'byline', d.id, d.by_id, d.at, d.withdrawn_at
FROM papers_bylinedecision d
ON CONFLICT (source, source_row, author_id, other_id) WHERE source_row IS NOT NULL
DO UPDATE SET withdrawn_at = excluded.withdrawn_at
WHERE identity_identityconstraint.withdrawn_at IS DISTINCT FROM excluded.withdrawn_at
"""
_MERGES = """
INSERT INTO identity_identityconstraint (kind, author_id, other_id, printed_name, why, source, source_row, by_id, at, withdrawn_at)
SELECT 'one', r.author_id, o.id, '', r.reason, 'merge', r.id, r.by_id, r.at, r.undone_at
FROM papers_recordrevision r CROSS JOIN LATERAL unnest(r.author_ids) AS o(id)
WHERE r.kind = 'merge' AND o.id <> r.author_id
ON CONFLICT (source, source_row, author_id, other_id) WHERE source_row IS NOT NULL
DO UPDATE SET withdrawn_at = excluded.withdrawn_at
WHERE identity_identityconstraint.withdrawn_at IS DISTINCT FROM excluded.withdrawn_at
"""
# The bylines that standing merges made one, by act: all of them are one person.
_MERGED = """
SELECT m.revision_id, m.paper_id, m.number FROM papers_recordmove m JOIN papers_recordrevision r ON r.id = m.revision_id
WHERE r.kind = 'merge' AND r.undone_at IS NULL AND m.what = 'byline' ORDER BY m.revision_id, m.id
"""
_BROKEN = """
SELECT c.id FROM identity_identityconstraint c
JOIN canonical_author a ON a.id = c.author_id
WHERE c.withdrawn_at IS NULL AND (
    c.kind = 'is_not' AND EXISTS (
        SELECT FROM papers_authorship s JOIN canonical_author o ON o.id = s.author_id
        WHERE s.paper_id = c.paper_id AND o.canonical_id = a.canonical_id)
    OR c.kind = 'is' AND EXISTS (
        SELECT FROM papers_authorship s JOIN canonical_author o ON o.id = s.author_id
        WHERE s.paper_id = c.paper_id AND s.position = c.position AND s.printed_name = c.printed_name
          AND o.canonical_id <> a.canonical_id))
ORDER BY c.id
"""


@transaction.atomic
def take_over_decisions() -> None:
    """Every decision on a byline and every merge as a constraint, withdrawn ones too. May run at any time and twice."""
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS)
        cursor.execute(_MERGES)
    withdraw_outdated_answers()


def broken_constraints() -> list[int]:
    """The constraints that the record does not keep: always none, which a task looks at nightly."""
    return fetch_column(_BROKEN)


def certain_of(record: Record) -> tuple[Certain, dict[int, int]]:
    """Pairs of mentions that are and are not one, and the author of each mention that somebody named."""
    place = record.mentions_of()
    fixed = _named(place)
    together: list[tuple[int, int]] = []
    first: dict[int, int] = {}
    for mention, author_id in fixed.items():
        together.append((mention, first.setdefault(author_id, mention)))
    together += _merged(record, place)
    return Certain(together, _apart(record, first)), fixed


def _named(index: dict[tuple[int, int], int]) -> dict[int, int]:
    rows = IdentityConstraint.objects.filter(kind="is", withdrawn_at=None).order_by("at", "pk")
    named: dict[int, int] = {}
    for paper_id, position, author_id in rows.values_list("paper_id", "position", canonical("author")):
        mention = index.get((paper_id or 0, position or 0))
        if mention is not None:
            named[mention] = author_id
    return named


def _merged(record: Record, index: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    """Mentions of a record that a standing merge made one, each with the first of them."""
    holder: dict[int, int] = {}
    for mention, author_id in enumerate(record.author.tolist()):
        holder.setdefault(author_id, mention)
    rows = fetch(_MERGED)
    moved = [index[paper_id, position] for _, paper_id, position in rows if (paper_id, position) in index]
    return [(mention, holder[int(record.author[mention])]) for mention in moved]


def _apart(record: Record, first: dict[int, int]) -> list[tuple[int, int]]:
    """Mentions of a paper that is not an author's, with a mention that is theirs."""
    holder = dict(first)
    for mention, author_id in enumerate(record.author.tolist()):
        holder.setdefault(author_id, mention)
    on_paper: dict[int, list[int]] = {}
    rows = list(
        IdentityConstraint.objects.filter(kind="is_not", withdrawn_at=None)
        .order_by("pk")
        .values_list("paper_id", canonical("author"))
    )
    wanted = {paper_id for paper_id, _ in rows}
    for mention, paper_id in enumerate(record.paper.tolist()):
        if paper_id in wanted:
            on_paper.setdefault(paper_id, []).append(mention)
    pairs = [
        (mention, holder[author_id])
        for paper_id, author_id in rows
        if author_id in holder
        for mention in on_paper.get(paper_id, ())
        if mention != holder[author_id]
    ]
    return pairs + _refused(holder)


def _refused(holder: dict[int, int]) -> list[tuple[int, int]]:
    rows = IdentityConstraint.objects.filter(kind="not_one", withdrawn_at=None).order_by("pk")
    pairs = list(rows.values_list(canonical("author"), canonical("other")))
    return [(holder[a], holder[b]) for a, b in pairs if a in holder and b in holder and a != b]

"""Works that may be the owner's too, and why: they rank and never decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from accounts.models import User
from claims.domain.names import NameVerdict, name_verdict
from claims.selectors.ownership import owners_of
from common.db.sql import fetch_as
from papers.domain.names import parse_person_name
from papers.domain.public_ids import encode
from papers.models import Author
from papers.selectors.cards import PaperCard, paper_cards
from profiles.selectors.known_names import known_names

CANDIDATES = 300
WORKS_READ = 600
SUGGESTED = 30

_WORKS = """
WITH mine AS MATERIALIZED (SELECT DISTINCT paper_id FROM papers_authorship WHERE author_id = %(author)s),
people AS MATERIALIZED (
    SELECT DISTINCT a.author_id FROM mine JOIN papers_authorship a USING (paper_id)
    JOIN papers_paper p ON p.id = a.paper_id AND p.author_count <= 50
    WHERE a.author_id <> %(author)s LIMIT 3000
), places AS MATERIALIZED (
    SELECT DISTINCT i.institution_id FROM papers_authorship a
    JOIN papers_authorshipinstitution i ON i.authorship_id = a.id WHERE a.author_id = %(author)s LIMIT 500
), fields AS MATERIALIZED (
    SELECT DISTINCT c.category_id FROM mine JOIN papers_papercategory c USING (paper_id)
), found AS (
    SELECT a.id, a.paper_id, a.position, a.printed_name, a.author_id FROM papers_authorship a
    WHERE a.author_id = ANY(%(candidates)s) AND a.paper_id NOT IN (SELECT paper_id FROM mine)
      AND NOT EXISTS (SELECT FROM papers_bylinedecision d
                      WHERE d.paper_id = a.paper_id AND d.author_id = %(author)s AND d.withdrawn_at IS NULL)
      AND NOT EXISTS (SELECT FROM identity_identityconstraint k WHERE k.withdrawn_at IS NULL AND k.author_id = %(author)s
                      AND k.kind = 'is_not' AND k.paper_id = a.paper_id)
    ORDER BY a.published_date DESC, a.paper_id DESC LIMIT %(works)s
), judged AS (
    SELECT f.*,
        ARRAY(SELECT w.name FROM papers_authorship o JOIN people USING (author_id)
              JOIN listed_author w ON w.id = o.author_id
              WHERE o.paper_id = f.paper_id AND o.author_id <> f.author_id ORDER BY o.position LIMIT 3) AS together,
        (SELECT i.name FROM papers_authorshipinstitution x JOIN places USING (institution_id)
         JOIN papers_institution i ON i.id = x.institution_id WHERE x.authorship_id = f.id ORDER BY x.id LIMIT 1) AS place,
        (SELECT coalesce(nullif(c.name, ''), c.code) FROM papers_papercategory k JOIN fields USING (category_id)
         JOIN papers_category c ON c.id = k.category_id WHERE k.paper_id = f.paper_id ORDER BY k.position LIMIT 1) AS field
    FROM found f
)
SELECT paper_id, position, printed_name, together, place, field FROM judged
ORDER BY (SELECT l.probability FROM identity_identitylink l
          WHERE l.authorship_id = judged.id AND l.author_id = %(author)s AND l.zone = 'ask') DESC NULLS LAST,
    3 * least(cardinality(together), 2) + 2 * (place IS NOT NULL)::int + (field IS NOT NULL)::int DESC,
    paper_id DESC, position
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A byline that may be theirs. `together` are people who wrote with them elsewhere; "" is no such reason."""

    card: PaperCard
    public_id: str
    position: int
    printed_name: str
    is_same_name: bool
    together: tuple[str, ...]
    place: str
    field: str


def suggested_works(*, user: User, author: Author, today: date) -> tuple[Suggestion, ...]:
    """At most SUGGESTED works by like names on records that nobody owns, those with most reasons first."""
    names = known_names(user=user, author_id=author.pk)
    candidates = _candidates(author, names)
    if not candidates:
        return ()
    asked: dict[str, Any] = {"author": author.pk, "candidates": candidates, "works": WORKS_READ}
    return _suggestions(fetch_as(_Row, _WORKS, asked), names, today)


class _Row(NamedTuple):
    """A byline as the statement answers; None where no place or field speaks for it."""

    paper_id: int
    position: int
    printed_name: str
    together: list[str]
    place: str | None
    field: str | None


def _suggestions(rows: Sequence[_Row], names: Sequence[str], today: date) -> tuple[Suggestion, ...]:
    fitting: dict[int, tuple[_Row, NameVerdict]] = {}
    for row in rows:
        verdict = name_verdict(row.printed_name, names)
        if verdict is not NameVerdict.MISMATCH and row.paper_id not in fitting:
            fitting[row.paper_id] = (row, verdict)
        if len(fitting) >= SUGGESTED:
            break
    cards = {card.id: card for card in paper_cards(list(fitting), today=today)}
    return tuple(
        Suggestion(
            cards[pk],
            encode("W", pk),
            row.position,
            row.printed_name,
            verdict is NameVerdict.SAME,
            tuple(row.together),
            row.place or "",
            row.field or "",
        )
        for pk, (row, verdict) in fitting.items()
        if pk in cards
    )


def _candidates(author: Author, names: Sequence[str]) -> list[int]:
    """Standing records of like names that nobody owns, by family name and first initial."""
    keys: set[tuple[str, str]] = set()
    for name in names:
        parsed = parse_person_name(name)
        if parsed.family_key and parsed.initials:
            keys.add((parsed.family_key[:300], parsed.initials[:1]))
    found: dict[int, str] = {}
    for family, initial in sorted(keys)[:12]:
        rows = Author.objects.listed().filter(family_key=family, initials__startswith=initial)
        found |= dict(rows.exclude(pk=author.pk).order_by("pk").values_list("pk", "name")[:CANDIDATES])
    fitting = [pk for pk, name in found.items() if name_verdict(name, names) is not NameVerdict.MISMATCH]
    owned = owners_of(fitting)
    return [pk for pk in fitting if pk not in owned][:CANDIDATES]

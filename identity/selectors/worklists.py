"""What curators look at: pairs of records that may be one person, and records that may be several."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from common.db.sql import fetch
from identity.selectors.why import FEWEST_UNSURE, SURE, UNSURE_SHARE, Fact, facts_of
from papers.models import Author

SHOWN = 25

# Sorted by papers × doubt × readers: how many names it is about, how far from sure, and how much the works are cited.
_PAIRS = """
WITH asked AS (
    SELECT least(l.author_id, s.author_id) AS one, greatest(l.author_id, s.author_id) AS other, count(*)::int AS works,
           avg(l.probability) AS chance, sum(coalesce(s.shown_citation_count, 0)) AS cited,
           (array_agg(l.evidence ORDER BY l.probability DESC, l.id))[1] AS evidence
    FROM identity_identitylink l JOIN papers_authorship s ON s.id = l.authorship_id
    WHERE l.zone = 'ask' AND l.author_id <> s.author_id GROUP BY 1, 2
)
SELECT p.one, p.other, p.works, p.chance, p.evidence::text FROM asked p
JOIN listed_author a ON a.id = p.one AND a.is_canonical
JOIN listed_author b ON b.id = p.other AND b.is_canonical
WHERE NOT EXISTS (SELECT FROM identity_identityconstraint c WHERE c.kind = 'not_one' AND c.withdrawn_at IS NULL
                  AND (c.author_id, c.other_id) IN ((p.one, p.other), (p.other, p.one)))
ORDER BY p.works * 4 * p.chance * (1 - p.chance) * (1 + ln(1 + p.cited)) DESC, p.one, p.other
LIMIT %(shown)s OFFSET %(skipped)s
"""
_SEVERAL = """
WITH unsure AS (
    SELECT l.author_id, count(*)::int AS unsure FROM identity_identitylink l
    WHERE l.zone = 'link' AND l.rule = 'common name' AND l.probability < %(sure)s GROUP BY 1 HAVING count(*) >= %(fewest)s
)
SELECT u.author_id, u.unsure FROM unsure u
JOIN listed_author a ON a.id = u.author_id AND a.is_canonical
CROSS JOIN LATERAL (
    SELECT count(*) AS works, sum(coalesce(s.shown_citation_count, 0)) AS cited,
           count(c.id) AS known
    FROM papers_authorship s LEFT JOIN identity_identityconstraint c ON c.paper_id = s.paper_id AND c.kind = 'is'
         AND c.position = s.position AND c.author_id = s.author_id AND c.withdrawn_at IS NULL
    WHERE s.author_id = u.author_id
) w
WHERE u.unsure >= %(share)s * w.works AND w.known < w.works
ORDER BY u.unsure * (1 + ln(1 + w.cited)) DESC, u.author_id
LIMIT %(shown)s OFFSET %(skipped)s
"""
_SIDES = """
SELECT a.id, w.works, w.first, w.last, w.titles, t.people, i.places
FROM papers_author a
CROSS JOIN LATERAL (
    SELECT count(*)::int AS works, min(extract(year FROM p.published_date))::int AS first,
           max(extract(year FROM p.published_date))::int AS last,
           (array_agg(p.title ORDER BY s.shown_citation_count DESC NULLS LAST, p.id))[1:3] AS titles
    FROM papers_authorship s JOIN papers_paper p ON p.id = s.paper_id WHERE s.author_id = a.id
) w
CROSS JOIN LATERAL (
    SELECT array_agg(x.name) AS people FROM (
        SELECT b.name FROM papers_authorship s JOIN papers_authorship o ON o.paper_id = s.paper_id
        JOIN listed_author b ON b.id = o.author_id
        WHERE s.author_id = a.id AND o.author_id <> a.id GROUP BY b.id, b.name ORDER BY count(*) DESC, b.id LIMIT 4
    ) x
) t
CROSS JOIN LATERAL (
    SELECT array_agg(x.name) AS places FROM (
        SELECT n.name FROM papers_authorship s JOIN papers_authorshipinstitution k ON k.authorship_id = s.id
        JOIN papers_institution n ON n.id = k.institution_id
        WHERE s.author_id = a.id GROUP BY n.id, n.name ORDER BY count(*) DESC, n.id LIMIT 2
    ) x
) i
WHERE a.id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Side:
    """A record in short. Years are None where no work has a date; titles, people and places are those that tell most."""

    author: Author
    works: int
    first_year: int | None
    last_year: int | None
    titles: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one; `works` are names that may stand on the other side, `chance` their mean, 0 to 1."""

    one: Side
    other: Side
    works: int
    chance: float
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Several:
    """A record that may be several people; `unsure` are works that stand there by a common name alone."""

    side: Side
    unsure: int


def may_be_one(*, skipped: int = 0, shown: int = SHOWN) -> list[Pair]:
    """Pairs that nobody has answered, those that matter most first. Three queries."""
    rows = fetch(_PAIRS, {"shown": shown, "skipped": skipped})
    sides = _sides({pk for a, b, *_rest in rows for pk in (a, b)})
    return [Pair(sides[a], sides[b], works, float(p), facts_of(told)) for a, b, works, p, told in rows]


def may_be_several(*, skipped: int = 0, shown: int = SHOWN) -> list[Several]:
    """Records that nobody has looked through, those that matter most first. Three queries."""
    asked = {"sure": SURE, "fewest": FEWEST_UNSURE, "share": UNSURE_SHARE, "shown": shown, "skipped": skipped}
    rows = fetch(_SEVERAL, asked)
    sides = _sides({pk for pk, _ in rows})
    return [Several(sides[pk], unsure) for pk, unsure in rows]


def _sides(author_ids: Collection[int]) -> dict[int, Side]:
    authors = Author.objects.in_bulk(author_ids)
    return {
        pk: Side(authors[pk], works, first, last, tuple(titles or ()), tuple(people or ()), tuple(places or ()))
        for pk, works, first, last, titles, people, places in fetch(_SIDES, [sorted(author_ids)])
    }

"""Why a work stands on an author's page, and what may be theirs besides; for pages and the API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from common.db.sql import fetch
from identity.domain.rules import Rule, Zone

type Fact = tuple[str, bool, tuple[object, ...]]

MOST_ASKED = 30
FEWEST_UNSURE, UNSURE_SHARE, SURE = 5, 0.2, 0.9


@dataclass(frozen=True, slots=True)
class Why:
    """Of one mention: where it stands and why. `facts` are (code, is_for, values). `probability` None: a rule decided.

    `decided_at` is when a person decided, None where nobody did. `others` are other authors whom it may belong to, as
    (author id, probability).
    """

    paper_id: int
    position: int
    printed_name: str
    zone: Zone
    rule: Rule
    probability: float | None
    facts: tuple[Fact, ...]
    model: str
    at: datetime | None
    decided_at: datetime | None
    others: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A mention that may be the author's and is not counted as theirs."""

    paper_id: int
    position: int
    printed_name: str
    probability: float
    holder_id: int
    facts: tuple[Fact, ...]


_WHY = """
SELECT s.id, s.position, s.printed_name, l.zone, l.rule, l.probability, l.evidence::text, l.model, l.at,
       (SELECT d.at FROM papers_bylinedecision d
        WHERE d.paper_id = s.paper_id AND d.is_theirs AND d.withdrawn_at IS NULL AND d.position = s.position
        ORDER BY d.id DESC LIMIT 1)
FROM papers_authorship s LEFT JOIN identity_identitylink l ON l.authorship_id = s.id AND l.zone <> 'ask'
WHERE s.author_id = %s AND s.paper_id = %s ORDER BY s.position LIMIT 1
"""
_OTHERS = """
SELECT a.id, l.probability FROM identity_identitylink l JOIN listed_author a ON a.id = l.author_id
WHERE l.authorship_id = %s AND l.zone = 'ask' AND a.is_canonical
ORDER BY l.probability DESC, a.id
"""
# What a person said is not theirs is not offered again.
_ASKED = """
SELECT s.paper_id, s.position, s.printed_name, l.probability, s.author_id, l.evidence::text
FROM identity_identitylink l JOIN papers_authorship s ON s.id = l.authorship_id
WHERE l.author_id = %(author)s AND l.zone = 'ask' AND s.author_id <> %(author)s
  AND NOT EXISTS (SELECT FROM identity_identityconstraint c WHERE c.withdrawn_at IS NULL AND (
      c.kind = 'is_not' AND c.paper_id = s.paper_id AND c.author_id = %(author)s
      OR c.kind = 'not_one' AND (c.author_id, c.other_id) IN ((%(author)s, s.author_id), (s.author_id, %(author)s))))
  AND NOT EXISTS (SELECT FROM papers_bylinedecision d
                  WHERE d.paper_id = s.paper_id AND d.author_id = %(author)s AND d.withdrawn_at IS NULL)
  AND NOT EXISTS (SELECT FROM papers_authorship o WHERE o.paper_id = s.paper_id AND o.author_id = %(author)s)
ORDER BY l.probability DESC, s.id LIMIT %(most)s
"""
_UNSURE = """
SELECT count(*), count(*) FILTER (WHERE l.rule = 'common name' AND l.probability < %(sure)s),
       count(*) FILTER (WHERE l.zone = 'apart'),
       (SELECT count(DISTINCT o.paper_id) FROM identity_identitylink a JOIN papers_authorship o ON o.id = a.authorship_id
        WHERE a.author_id = %(author)s AND a.zone = 'ask' AND o.author_id <> %(author)s)
FROM papers_authorship s JOIN identity_identitylink l ON l.authorship_id = s.id AND l.zone <> 'ask'
WHERE s.author_id = %(author)s
"""


def why(*, author_id: int, paper_id: int) -> Why | None:
    """Why the paper is on the author's page; None where it is not. Two queries."""
    found = next(iter(fetch(_WHY, [author_id, paper_id])), None)
    if found is None:
        return None
    authorship_id, position, printed, zone, rule, chance, evidence, model, at, decided_at = found
    others = tuple((int(pk), float(chance)) for pk, chance in fetch(_OTHERS, [authorship_id]))
    return Why(
        paper_id,
        position,
        printed,
        Zone(zone or "link"),
        Rule.PERSON if decided_at else Rule(rule or "kept"),
        None if decided_at else chance,
        () if decided_at else facts_of(evidence),
        model or "",
        at,
        decided_at,
        others,
    )


def facts_of(evidence: str | None) -> tuple[Fact, ...]:
    """A link's evidence as (code, is_for, values)."""
    return tuple((code, bool(is_for), tuple(values)) for code, is_for, *values in orjson.loads(evidence or "[]"))


def possibly_theirs(*, author_id: int, most: int = MOST_ASKED) -> tuple[Asked, ...]:
    """Mentions that may be the author's, the likeliest first. One query."""
    return tuple(
        Asked(paper_id, position, printed, float(chance or 0), holder, facts_of(evidence))
        for paper_id, position, printed, chance, holder, evidence in fetch(_ASKED, {"author": author_id, "most": most})
    )


@dataclass(frozen=True, slots=True)
class Doubt:
    """Whether a record may be several people, or is a name that nobody is known to bear; how many works may be theirs."""

    may_be_several: bool
    is_unattributed: bool
    possible_count: int


def doubt_of(*, author_id: int) -> Doubt:
    """One query."""
    ((total, unsure, apart, possible),) = fetch(_UNSURE, {"sure": SURE, "author": author_id})
    several = unsure >= FEWEST_UNSURE and unsure >= UNSURE_SHARE * total
    return Doubt(several, total > 0 and apart == total, possible)

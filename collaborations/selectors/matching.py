"""Candidates to work with, in four statements of bounded size: who is open, how near their texts are, whom both know."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from collaborations.domain.similarity import Subjects
from common.db.sql import fetch

SHORTLIST = 60
PAPERS_COMPARED = 15
PAPERS_WALKED = 100
BYLINE_OF_ACQUAINTANCES = 50  # on longer bylines people need not know each other
PLACES_COMPARED = 2

# Those who are open, with what they share with the one who asks. What they are famous for is not read.
_OPEN_PEOPLE = """
WITH me AS MATERIALIZED (
    SELECT ARRAY(SELECT (e->>0)::bigint FROM jsonb_array_elements(top_topics) e) AS topics,
           ARRAY(SELECT (e->>0)::bigint FROM jsonb_array_elements(top_categories) e) AS categories,
           ARRAY(SELECT (e->>0)::bigint FROM jsonb_array_elements(collaborators) e) AS people,
           ARRAY(SELECT (e->>0)::bigint FROM jsonb_array_elements(institutions) e LIMIT %(places)s) AS places
    FROM metrics_authormetrics WHERE author_id = %(author)s),
pool AS MATERIALIZED (
    SELECT o.user_id, s.id AS author_id, o.purposes, o.note
    FROM collaborations_collaborationpreference o
    JOIN accounts_user u ON u.id = o.user_id AND u.is_active
    JOIN claims_claim c ON c.user_id = o.user_id AND c.state IN ('approved', 'disputed')
    JOIN canonical_author a ON a.id = c.author_id
    JOIN listed_author s ON s.id = a.canonical_id
    WHERE o.is_open AND o.user_id <> %(user)s
      AND (%(purpose)s = '' OR o.purposes = '{}' OR %(purpose)s = ANY(o.purposes))
      AND NOT EXISTS (SELECT 1 FROM collaborations_choice h WHERE h.user_id = o.user_id AND NOT h.is_suggested)
      AND NOT EXISTS (SELECT 1 FROM collaborations_block b WHERE (b.blocker_id, b.blocked_id) = (o.user_id, %(user)s)
                      OR (b.blocker_id, b.blocked_id) = (%(user)s, o.user_id))
      AND NOT EXISTS (SELECT 1 FROM collaborations_invitation i WHERE i.state = 'sent'
                      AND (i.sender_id, i.receiver_id) IN ((%(user)s, o.user_id), (o.user_id, %(user)s)))
      AND NOT EXISTS (SELECT 1 FROM collaborations_participant p
                      JOIN collaborations_participant q ON q.conversation_id = p.conversation_id AND q.left_at IS NULL
                      WHERE p.user_id = %(user)s AND p.left_at IS NULL AND q.user_id = o.user_id))
SELECT p.user_id, p.author_id, p.purposes, p.note, m.top_topics, m.top_categories, m.institutions, near.rank
FROM pool p JOIN metrics_authormetrics m ON m.author_id = p.author_id CROSS JOIN me CROSS JOIN LATERAL (
    SELECT 3 * (SELECT count(*) FROM jsonb_array_elements(m.top_topics) e WHERE (e->>0)::bigint = ANY(me.topics))
         + 2 * (SELECT count(*) FROM jsonb_array_elements(m.top_categories) e
                WHERE (e->>0)::bigint = ANY(me.categories))
         + 3 * (SELECT count(*) FROM jsonb_array_elements(m.collaborators) e
                WHERE (e->>0)::bigint = ANY(me.people || %(author)s::bigint))
         + 2 * (SELECT count(*) FROM (SELECT e FROM jsonb_array_elements(m.institutions) e LIMIT %(places)s) f
                WHERE (f.e->>0)::bigint = ANY(me.places)) AS rank) near
WHERE near.rank > 0
ORDER BY near.rank DESC, hashint8(p.user_id), p.author_id LIMIT %(most)s
"""

_COSINES = """
WITH means AS MATERIALIZED (
    SELECT person.id, avg(v.vector) AS mean
    FROM unnest(%(ids)s::bigint[]) AS person(id)
    CROSS JOIN LATERAL (SELECT paper_id FROM papers_authorship WHERE author_id = person.id
                        ORDER BY published_date DESC, paper_id DESC LIMIT %(papers)s) w
    JOIN metrics_papervector v ON v.paper_id = w.paper_id
    GROUP BY person.id)
SELECT other.id, 1 - (other.mean <=> me.mean) FROM means other JOIN means me ON me.id = %(author)s
WHERE other.id <> me.id
"""

# Joint works, and co-authors of both: the people one step from each, over their latest works.
_TIES = """
WITH steps AS MATERIALIZED (
    SELECT DISTINCT person.id, b.author_id AS other, b.paper_id
    FROM unnest(%(ids)s::bigint[] || %(author)s::bigint) AS person(id)
    CROSS JOIN LATERAL (
        SELECT a.paper_id FROM papers_authorship a JOIN papers_paper p ON p.id = a.paper_id
        WHERE a.author_id = person.id AND p.author_count <= %(byline)s
        ORDER BY a.published_date DESC, a.paper_id DESC LIMIT %(papers)s) w
    JOIN papers_authorship b ON b.paper_id = w.paper_id AND b.author_id <> person.id)
SELECT theirs.id, NULL::bigint, count(DISTINCT theirs.paper_id)
FROM steps theirs WHERE theirs.other = %(author)s AND theirs.id <> %(author)s GROUP BY theirs.id
UNION ALL
SELECT theirs.id, theirs.other, count(DISTINCT theirs.paper_id)
FROM steps theirs WHERE theirs.id <> %(author)s AND theirs.other <> %(author)s
  AND EXISTS (SELECT 1 FROM steps mine WHERE mine.id = %(author)s AND mine.other = theirs.other)
GROUP BY theirs.id, theirs.other
"""


@dataclass(frozen=True, slots=True)
class OpenPerson:
    """Somebody who takes invitations, and what their record is about."""

    user_id: int
    author_id: int
    purposes: tuple[str, ...]
    note: str
    subjects: Subjects
    institutions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """What two people have in common in the co-author graph: works that both signed, and co-authors of both."""

    joint_works: int = 0
    between: tuple[int, ...] = ()


def open_people(*, user_id: int, author_id: int, purpose: str) -> list[OpenPerson]:
    """The shortlist, a person once: those who share most with the one who asks, in no order that means anything."""
    asked = {
        "user": user_id,
        "author": author_id,
        "purpose": purpose,
        "places": PLACES_COMPARED,
        "most": SHORTLIST,
    }
    found: dict[int, OpenPerson] = {}
    for user, author, purposes, note, topics, categories, places, _rank in fetch(_OPEN_PEOPLE, asked):
        subjects = Subjects(counts(topics), counts(categories))
        found.setdefault(
            user,
            OpenPerson(user, author, tuple(purposes), note, subjects, tuple(counts(places))[:PLACES_COMPARED]),
        )
    return list(found.values())


def cosines(*, author_id: int, others: Sequence[int]) -> dict[int, float]:
    """How near the mean vectors of the latest works are; those without vectors are left out."""
    asked = {"ids": [author_id, *others], "author": author_id, "papers": PAPERS_COMPARED}
    return {author: float(cosine) for author, cosine in fetch(_COSINES, asked) if cosine is not None}


def ties(*, author_id: int, others: Sequence[int]) -> dict[int, Ties]:
    """By author; those with no tie are left out. Co-authors of both come by how much they wrote with the other."""
    asked = {
        "ids": list(others),
        "author": author_id,
        "papers": PAPERS_WALKED,
        "byline": BYLINE_OF_ACQUAINTANCES,
    }
    joint: dict[int, int] = {}
    between: dict[int, list[tuple[int, int]]] = {}
    for author, other, works in fetch(_TIES, asked):
        if other is None:
            joint[author] = works
        else:
            between.setdefault(author, []).append((-works, other))
    return {
        author: Ties(joint.get(author, 0), tuple(other for _n, other in sorted(between.get(author, []))))
        for author in joint.keys() | between.keys()
    }


def counts(pairs: Any) -> dict[int, int]:
    """[[id, works, …], …] as metrics store it: id → works, in that order."""
    rows = orjson.loads(pairs) if isinstance(pairs, str) else pairs
    return {int(pk): int(works) for pk, works, *_ in rows or ()}

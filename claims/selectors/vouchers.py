"""Who can vouch for a claim."""

from typing import NamedTuple

from claims.domain.states import OWNING
from claims.models import Claim
from claims.policy import LARGEST_TEAM, LEAST_JOINT_WORKS, MOST_VOUCHERS_OFFERED
from common.db.sql import fetch_as
from papers.domain import public_ids

_SQL = """
WITH records AS (
    SELECT id FROM canonical_author WHERE id = %(author)s OR merge_target_id = %(author)s
), works AS MATERIALIZED (
    SELECT DISTINCT s.paper_id FROM papers_authorship s JOIN papers_paper p ON p.id = s.paper_id
    WHERE s.author_id IN (SELECT id FROM records) AND p.author_count <= %(team)s
      AND (%(among)s::bigint[] = '{}' OR s.paper_id = ANY(%(among)s::bigint[]))
), owners AS (
    SELECT a.canonical_id AS author_id, c.user_id
    FROM claims_claim c JOIN canonical_author a ON a.id = c.author_id JOIN accounts_user u ON u.id = c.user_id
    WHERE c.state = ANY(%(owning)s) AND cardinality(c.strong_kinds) > 0 AND u.is_active AND c.user_id <> %(claimant)s
      AND NOT EXISTS (
          SELECT FROM claims_evidence e JOIN claims_claim theirs ON theirs.id = e.claim_id
          WHERE e.voucher_id = %(claimant)s AND e.is_passed AND theirs.user_id = c.user_id)
)
SELECT o.user_id, o.author_id, canonical.name, count(DISTINCT w.paper_id)::int AS joint_works
FROM owners o
JOIN papers_author canonical ON canonical.id = o.author_id
JOIN canonical_author a ON a.id = o.author_id OR a.merge_target_id = o.author_id
JOIN papers_authorship s ON s.author_id = a.id
JOIN works w ON w.paper_id = s.paper_id
WHERE o.author_id <> %(author)s
GROUP BY 1, 2, 3 HAVING count(DISTINCT w.paper_id) >= %(least)s
ORDER BY joint_works DESC, o.author_id LIMIT %(most)s
"""


class Voucher(NamedTuple):
    """A verified co-author: their account, their record, and how many works it shares with the claimed one."""

    user_id: int
    author_id: int
    name: str
    joint_works: int

    @property
    def public_id(self) -> str:
        return public_ids.encode("A", self.author_id)


def eligible_vouchers(claim: Claim) -> list[Voucher]:
    """Owners of co-authors' records at L3 or above, for whom the claimant has not vouched; most joint works first."""
    return fetch_as(
        Voucher,
        _SQL,
        {
            "author": claim.author.canonical_id,
            "among": claim.works,
            "claimant": claim.user_id,
            "owning": sorted(state.value for state in OWNING),
            "team": LARGEST_TEAM,
            "least": LEAST_JOINT_WORKS,
            "most": MOST_VOUCHERS_OFFERED,
        },
    )

"""Notices about works: what a work itself, its sources and other works state is shown with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from common.db.sql import fetch_column
from papers.domain.relations import NOTICE_ABOUT, NOTICE_KINDS, RETRACTING
from papers.selectors.notices import NOTICED

# The gravest notice of each paper, from its own rows and from those of works that are notices about it. What a
# curator said of a retraction stands above it.
_SQL = f"""
WITH stated AS (
    SELECT r.paper_id, r.kind FROM papers_paperrelation r
    WHERE r.paper_id = ANY(%(ids)s) AND r.kind = ANY(%(kinds)s)
    UNION
    SELECT n.paper_id, n.kind FROM ({NOTICED}) n
), gravest AS (
    SELECT p.id, coalesce((
        SELECT s.kind FROM stated s WHERE s.paper_id = p.id
          AND (c.value IS NULL OR c.value = 'true' OR NOT s.kind = ANY(%(retracting)s))
        ORDER BY array_position(%(kinds)s::text[], s.kind::text) LIMIT 1),
        CASE WHEN c.value = 'true' THEN 'retraction' ELSE '' END) AS notice
    FROM papers_paper p LEFT JOIN LATERAL (
        SELECT d.value #>> '{{}}' AS value FROM papers_correction d
        WHERE d.kind = 'paper' AND d.object_id = p.id AND d.field = 'is_retracted') c ON true
    WHERE p.id = ANY(%(ids)s) AND p.merged_into_id IS NULL
), changed AS (
    UPDATE papers_paper p SET notice = g.notice, is_retracted = g.notice = ANY(%(retracting)s), changed_at = %(now)s
    FROM gravest g WHERE p.id = g.id AND (p.notice <> g.notice OR p.is_retracted <> (g.notice = ANY(%(retracting)s)))
    RETURNING p.id
), told AS (
    INSERT INTO papers_change (kind, object_id, at)
    SELECT 'paper', id, %(now)s FROM changed
    UNION ALL
    SELECT DISTINCT 'author', s.author_id, %(now)s FROM changed c JOIN papers_authorship s ON s.paper_id = c.id
)
SELECT id FROM changed
"""


def refresh_notices(*, paper_ids: Sequence[int], now: datetime) -> list[int]:
    """Show with these papers the gravest notice that is stated about each; returns those that changed."""
    if not paper_ids:
        return []
    asked: dict[str, Any] = {
        "ids": list(paper_ids),
        "kinds": list(NOTICE_KINDS),
        "verbs": list(NOTICE_ABOUT),
        "about": list(NOTICE_ABOUT.values()),
        "retracting": sorted(RETRACTING),
        "now": now,
    }
    return fetch_column(_SQL, asked)

"""Notices about works: stated by the works themselves, by their sources, and by works here that are such notices."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from common.db.sql import fetch_as
from papers.domain.identifiers import Identifier, url_of
from papers.domain.relations import NOTICE_ABOUT, NOTICE_KINDS


class Notice(NamedTuple):
    """One notice about a paper: `kind` is retraction, withdrawal, concern or correction.

    `notice_id` and `notice_title` are those of the notice where it is a work here; `scheme` and `value` its identifier,
    both "" where it has none of its own. `reason` is what was said.
    """

    paper_id: int
    kind: str
    scheme: str
    value: str
    notice_date: date | None
    reason: str
    source: str
    notice_id: int | None
    notice_title: str

    @property
    def url(self) -> str:
        """The address of the notice elsewhere, "" when none is known."""
        return (url_of(Identifier(self.scheme, self.value)) or "") if self.scheme else ""


# Works here that are notices about some papers: about those whose identifier they name, or whose title, where both
# stand in one venue or have one first author.
NOTICED = """
    SELECT i.paper_id, a.kind, r.paper_id AS notice_id, r.notice_date, r.source
    FROM papers_paperidentifier i
    JOIN papers_paperrelation r ON r.scheme = i.scheme AND r.value = i.value AND r.value <> ''
    JOIN unnest(%(verbs)s::text[], %(about)s::text[]) AS a(verb, kind) ON a.verb = r.kind
    WHERE i.paper_id = ANY(%(ids)s) AND r.paper_id <> i.paper_id
    UNION
    SELECT p.id, a.kind, r.paper_id, r.notice_date, r.source
    FROM papers_paper p
    JOIN papers_paperrelation r ON r.scheme = 'title' AND r.value = p.title_hash::text AND r.paper_id <> p.id
    JOIN unnest(%(verbs)s::text[], %(about)s::text[]) AS a(verb, kind) ON a.verb = r.kind
    JOIN papers_paper q ON q.id = r.paper_id
    WHERE p.id = ANY(%(ids)s)
      AND (q.venue_id = p.venue_id OR (p.first_family_key <> '' AND q.first_family_key = p.first_family_key))
"""

_SQL = f"""
SELECT DISTINCT ON (paper_id, kind, coalesce(notice_id::text, scheme || value)) * FROM (
    SELECT r.paper_id, r.kind, r.scheme, r.value, r.notice_date, r.reason, r.source, q.id AS notice_id,
           coalesce(q.title, '') AS notice_title
    FROM papers_paperrelation r
    LEFT JOIN papers_paperidentifier i ON i.scheme = r.scheme AND i.value = r.value AND r.value <> ''
    LEFT JOIN papers_paper q ON q.id = i.paper_id AND q.id <> r.paper_id
    WHERE r.paper_id = ANY(%(ids)s) AND r.kind = ANY(%(kinds)s)
    UNION ALL
    SELECT n.paper_id, n.kind, coalesce(d.scheme, ''), coalesce(d.value, ''),
           coalesce(n.notice_date, q.published_date), '', n.source, q.id, q.title
    FROM ({NOTICED}) n
    JOIN papers_paper q ON q.id = n.notice_id
    LEFT JOIN LATERAL (SELECT scheme, value FROM papers_paperidentifier WHERE paper_id = q.id AND scheme = 'doi'
                       ORDER BY value LIMIT 1) d ON true
) AS stated
ORDER BY paper_id, kind, coalesce(notice_id::text, scheme || value), notice_date NULLS LAST
"""


def notices_of(paper_ids: Sequence[int]) -> dict[int, list[Notice]]:
    """The notices about each paper, gravest first; one without a notice of its own only where there is no other of its
    kind. One query."""
    found: dict[int, list[Notice]] = defaultdict(list)
    asked = {
        "ids": list(paper_ids),
        "kinds": list(NOTICE_KINDS),
        "verbs": list(NOTICE_ABOUT),
        "about": list(NOTICE_ABOUT.values()),
    }
    for notice in fetch_as(Notice, _SQL, asked, is_prepared=True):
        found[notice.paper_id].append(notice)
    return {paper_id: _named_first(notices) for paper_id, notices in found.items()}


def _named_first(notices: Sequence[Notice]) -> list[Notice]:
    named = {one.kind for one in notices if one.scheme or one.notice_id}
    kept = [one for one in notices if one.scheme or one.notice_id or one.kind not in named]
    return sorted(kept, key=lambda one: (NOTICE_KINDS.index(one.kind), one.notice_date or date.max))


class NoticeOn(NamedTuple):
    """A work here that a notice is about."""

    kind: str
    paper_id: int
    title: str


_ABOUT = """
SELECT DISTINCT a.kind, p.id AS paper_id, p.title
FROM papers_paperrelation r
JOIN unnest(%(verbs)s::text[], %(about)s::text[]) AS a(verb, kind) ON a.verb = r.kind
JOIN papers_paper q ON q.id = r.paper_id
LEFT JOIN papers_paperidentifier i ON i.scheme = r.scheme AND i.value = r.value
JOIN papers_paper p ON p.id = i.paper_id OR (
    r.scheme = 'title' AND p.title_hash = CASE WHEN r.scheme = 'title' THEN r.value::bigint END
    AND (q.venue_id = p.venue_id OR (p.first_family_key <> '' AND q.first_family_key = p.first_family_key)))
WHERE r.paper_id = %(id)s AND p.id <> r.paper_id ORDER BY paper_id
"""


def works_noticed_by(paper_id: int) -> list[NoticeOn]:
    """The works here that this paper is a notice about. One query."""
    asked = {"id": paper_id, "verbs": list(NOTICE_ABOUT), "about": list(NOTICE_ABOUT.values())}
    return fetch_as(NoticeOn, _ABOUT, asked, is_prepared=True)

"""What is quickly known of authors: the co-authors, titles and categories of their latest works, from the works themselves."""

from collections.abc import Collection
from functools import lru_cache

from common.db.sql import fetch
from identity.domain.arrival import Block, Profile, Work, title_words
from identity.domain.rules import MAX_BYLINE

LATEST = 30  # works of an author; more say little more, and a page of thousands would cost as much as all others

_WORKS = """
SELECT c.id, a.family_key, left(a.initials, 1), p.id, p.title, p.primary_category_id,
       CASE WHEN p.author_count <= %s THEN ARRAY(
           SELECT y.family_key || '/' || left(y.initials, 1) FROM papers_authorship s JOIN papers_author y
             ON y.id = s.author_id WHERE s.paper_id = p.id) ELSE '{}' END
FROM unnest(%s::bigint[]) AS c(id)
JOIN papers_author a ON a.id = c.id
CROSS JOIN LATERAL (
    SELECT s.paper_id FROM papers_authorship s WHERE s.author_id = c.id
    ORDER BY s.author_id, s.published_date DESC, s.paper_id DESC LIMIT %s) w
JOIN papers_paper p ON p.id = w.paper_id
"""
_words = lru_cache(maxsize=32_768)(title_words)


def profiles_of(author_ids: Collection[int]) -> dict[int, Profile]:
    """The profile of each; an author without works has an empty one."""
    profiles: dict[int, Profile] = {author_id: Profile() for author_id in author_ids}
    for author_id, family, letter, _, title, category, company in fetch(_WORKS, [MAX_BYLINE, list(profiles), LATEST]):
        work = Work(frozenset(map(block_of_text, company)), _words(title), category)
        profiles[author_id].add(work, (family, letter))
    return profiles


@lru_cache(maxsize=65_536)
def block_of_text(text: str) -> Block:
    """A block from the form in which it is read: family and letter parted by the last slash."""
    family, _, letter = text.rpartition("/")
    return family, letter

"""What somebody may read who has followed things just now: the latest works of these, until something happens to them."""

from datetime import date

from common.db.sql import fetch_column
from papers.selectors.cards import PaperCard, paper_cards

SHOWN = 10
FOLLOWS_ASKED = 200  # the latest ones: each gives its own latest works from an index

_LATEST = """
WITH mine AS MATERIALIZED (
    SELECT kind, subject_id FROM following_follow WHERE user_id = %(user)s ORDER BY id DESC LIMIT %(follows)s
)
SELECT paper_id FROM (
    SELECT w.* FROM mine f JOIN listed_author a ON a.id = f.subject_id JOIN LATERAL (
        SELECT paper_id, published_date FROM papers_authorship WHERE author_id = f.subject_id
          AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
    ) w ON true WHERE f.kind = 'author'
    UNION
    SELECT w.* FROM mine f JOIN LATERAL (
        SELECT paper_id, published_date FROM papers_papertopic WHERE topic_id = f.subject_id
          AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
    ) w ON true WHERE f.kind = 'topic'
    UNION
    SELECT w.* FROM mine f JOIN papers_topic t ON t.id = f.subject_id JOIN LATERAL (
        SELECT paper_id, published_date FROM papers_papercategory WHERE category_id = t.category_id
          AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
    ) w ON true WHERE f.kind = 'topic'
    UNION
    SELECT w.* FROM mine f JOIN LATERAL (
        SELECT paper_id, published_date FROM papers_authorshipinstitution WHERE institution_id = f.subject_id
          AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
    ) w ON true WHERE f.kind = 'institution'
    UNION
    SELECT w.* FROM mine f JOIN LATERAL (
        SELECT id, published_date FROM papers_paper WHERE venue_id = f.subject_id AND merged_into_id IS NULL
          AND published_date <= %(today)s ORDER BY published_date DESC, id DESC LIMIT %(shown)s
    ) w ON true WHERE f.kind = 'venue'
) latest ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
"""


def latest_of_followed(user_id: int, *, today: date) -> tuple[PaperCard, ...]:
    """The latest dated works of what the person follows, newest first; none of papers and searches. Two queries."""
    asked = {"user": user_id, "follows": FOLLOWS_ASKED, "today": today, "shown": SHOWN}
    paper_ids = fetch_column(_LATEST, asked)
    return paper_cards(paper_ids, today=today)

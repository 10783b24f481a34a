"""Authors: their new works, news of their pages, and retractions of their works."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind, followed
from papers.models import Author
from papers.selectors.addresses import address

_WORKS = f"""
SELECT s.paper_id, w.kind, w.target_id FROM chosen c JOIN papers_authorship s ON s.paper_id = c.paper_id
JOIN canonical_author a ON a.id = s.author_id {followed("author", "a.canonical_id")}
JOIN listed_author kept ON kept.id = w.target_id
"""

AUTHOR = TargetKind(
    kind="author",
    letter="A",
    label=_("Author"),
    plural=_("Authors"),
    weight=4.0,
    table="papers_author",
    shown_in="listed_author",
    model=Author,
    url=partial(address, "A"),
    works=(_WORKS,),
    retractions=(_WORKS,),
    latest="""SELECT s.paper_id FROM papers_authorship s WHERE s.author_id = %(id)s AND s.published_date <= %(latest)s
              ORDER BY s.published_date DESC, s.paper_id DESC LIMIT %(most)s""",
    recent=(
        """JOIN listed_author a ON a.id = f.target_id JOIN LATERAL (
            SELECT paper_id, published_date FROM papers_authorship WHERE author_id = f.target_id
              AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
        ) w ON true""",
    ),
)

"""Topics: new works in them, by a topic of theirs or by a class of the classification that the topic stands for."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind, followed
from papers.models import Topic
from papers.selectors.addresses import address

_CANONICAL = followed("topic", "t.canonical_id")
_PAGED = "s.published_date <= %(latest)s ORDER BY s.published_date DESC, s.paper_id DESC LIMIT %(most)s"

TOPIC = TargetKind(
    kind="topic",
    letter="T",
    label=_("Topic"),
    plural=_("Topics"),
    weight=1.0,
    table="papers_topic",
    model=Topic,
    url=partial(address, "T"),
    works=(
        f"""SELECT s.paper_id, w.kind, w.target_id FROM chosen c
            JOIN papers_papertopic s ON s.paper_id = c.paper_id JOIN canonical_topic t ON t.id = s.topic_id {_CANONICAL}""",
        f"""SELECT s.paper_id, w.kind, w.target_id FROM chosen c
            JOIN papers_papercategory s ON s.paper_id = c.paper_id
            JOIN canonical_topic t ON t.category_id = s.category_id {_CANONICAL}""",
    ),
    latest=f"""
        SELECT paper_id FROM (
            (SELECT s.paper_id, s.published_date FROM papers_papertopic s WHERE s.topic_id = %(id)s AND {_PAGED})
            UNION
            (SELECT s.paper_id, s.published_date FROM papers_papercategory s
             WHERE s.category_id = (SELECT category_id FROM papers_topic WHERE id = %(id)s) AND {_PAGED})
        ) s ORDER BY published_date DESC, paper_id DESC LIMIT %(most)s""",
    recent=(
        """JOIN LATERAL (
            SELECT paper_id, published_date FROM papers_papertopic WHERE topic_id = f.target_id
              AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
        ) w ON true""",
        """JOIN papers_topic t ON t.id = f.target_id JOIN LATERAL (
            SELECT paper_id, published_date FROM papers_papercategory WHERE category_id = t.category_id
              AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
        ) w ON true""",
    ),
)

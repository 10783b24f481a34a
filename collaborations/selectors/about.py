"""What an invitation may be about: latest works of both, and topics of the receiver."""

from collaborations.selectors.matching import counts
from metrics.models import AuthorMetrics
from papers.domain.public_ids import encode
from papers.models import Author, Authorship, Paper, Topic

WORKS_OFFERED = 12
TOPICS_OFFERED = 8
LONGEST_LABEL = 110

type Choices = list[tuple[str, str]]


def works_offered(author: Author) -> Choices:
    """(public id, title) of the latest works. One query."""
    latest = Authorship.objects.filter(author=author).order_by("-published_date", "-paper_id")
    rows = list(latest.values_list("paper_id", "paper__title").distinct()[:WORKS_OFFERED])
    return [(encode("W", pk), title[:LONGEST_LABEL]) for pk, title in rows]


def topics_offered(author: Author) -> Choices:
    """(public id, name) of the topics with most works. Two queries."""
    numbers = AuthorMetrics.objects.filter(author=author).first()
    ids = list(counts(numbers.top_topics))[:TOPICS_OFFERED] if numbers else []
    topics = Topic.objects.in_bulk(ids)
    return [(encode("T", pk), topics[pk].name[:LONGEST_LABEL]) for pk in ids if pk in topics]


def one_choice(record: Paper | Topic) -> tuple[str, str]:
    """What the visitor came from."""
    return record.public_id, record.label[:LONGEST_LABEL]

"""What two researchers have to do with each other, for the one who is to answer an invitation."""

from dataclasses import dataclass

from collaborations.domain.similarity import common
from collaborations.selectors.matching import counts, ties
from metrics.models import AuthorMetrics
from papers.domain.public_ids import encode
from papers.models import Author, Authorship, Category, Paper, Topic
from papers.selectors.addresses import address

NAMED = 6


@dataclass(frozen=True, slots=True)
class Linked:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Joint works, co-authors of both, and topics (or, where sources name none, fields) of both."""

    joint_works: int
    between: tuple[Linked, ...]
    between_count: int
    subjects: tuple[Linked, ...]


def relation_of(reader: Author, other: Author) -> Relation:
    """How `other` is related to the reader. Four queries."""
    tie = ties(author_id=reader.pk, others=[other.pk]).get(other.pk)
    between = tie.between if tie else ()
    people = Author.objects.filter(is_listed=True).in_bulk(between[:NAMED])
    return Relation(
        tie.joint_works if tie else 0,
        tuple(Linked(people[pk].name, address("A", pk, people[pk].name)) for pk in between[:NAMED] if pk in people),
        len(between),
        _subjects(reader, other),
    )


def _subjects(reader: Author, other: Author) -> tuple[Linked, ...]:
    numbers = AuthorMetrics.objects.in_bulk([reader.pk, other.pk])
    mine, theirs = numbers.get(reader.pk), numbers.get(other.pk)
    if mine is None or theirs is None:
        return ()
    shared = common(counts(mine.top_topics), counts(theirs.top_topics))[:NAMED]
    if shared:
        topics = Topic.objects.in_bulk(shared)
        return tuple(Linked(topics[pk].name, address("T", pk, topics[pk].name)) for pk in shared if pk in topics)
    fields = common(counts(mine.top_categories), counts(theirs.top_categories))[:NAMED]
    categories = Category.objects.in_bulk(fields)
    return tuple(Linked(categories[pk].full_name, "") for pk in fields if pk in categories)


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

"""Where the works of a topic, an institution or a venue are found, and in which orders."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from common.db.keyset import Order, most_cited_first, newest_first
from metrics.models import EntityKind
from papers.models import AuthorshipInstitution, Institution, Paper, PaperCategory, PaperTopic, Topic, Venue


@dataclass(frozen=True, slots=True)
class Works:
    """The works of a subject as a queryset, and the columns its index orders them by."""

    kind: EntityKind
    object_id: int
    rows: QuerySet[Any]
    newest: Order
    cited: Order
    id_column: str


def works_of_topic(topic: Topic) -> Works:
    if topic.category_id:
        return _linked(EntityKind.TOPIC, topic.pk, PaperCategory.objects.filter(category_id=topic.category_id))
    return _linked(EntityKind.TOPIC, topic.pk, PaperTopic.objects.filter(topic_id=topic.pk))


def works_of_institution(institution: Institution) -> Works:
    rows = AuthorshipInstitution.objects.filter(institution_id=institution.pk)
    return _linked(EntityKind.INSTITUTION, institution.pk, rows)


def works_of_venue(venue: Venue) -> Works:
    rows = Paper.objects.filter(venue_id=venue.pk, merged_into=None)
    cited = most_cited_first("id")
    return Works(EntityKind.VENUE, venue.pk, rows, newest_first("id", is_nullable=True), cited, "id")


def _linked(kind: EntityKind, pk: int, rows: QuerySet[Any]) -> Works:
    cited = Order("paper__shown_citation_count", "paper_id", is_nullable=True)
    return Works(kind, pk, rows, newest_first("paper_id"), cited, "paper_id")

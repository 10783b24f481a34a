"""Topic, institution and venue pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from catalogue.selectors.entity_works import EntityWorks, entity_works
from catalogue.selectors.works_of import works_of_institution, works_of_topic, works_of_venue
from papers.domain.identifiers import Identifier, url_of
from papers.models import (
    Institution,
    InstitutionIdentifier,
    InstitutionName,
    InstitutionRelation,
    Topic,
    TopicIdentifier,
    Venue,
    VenueIdentifier,
)
from papers.selectors.addresses import address

NAMES_SHOWN = 12
PARTS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Relative:
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class EntityPage[Record: (Topic, Institution, Venue)]:
    """A topic, an institution or a venue. `parents` and `parts` are one step up and down the tree of the register of
    institutions, `other_names` an institution's."""

    record: Record
    url: str
    identifiers: tuple[tuple[str, str, str], ...]
    works: EntityWorks
    with_citedness: bool = False
    other_names: tuple[str, ...] = ()
    parents: tuple[Relative, ...] = ()
    parts: tuple[Relative, ...] = ()


def topic_page(topic: Topic, asked: Mapping[str, str], *, today: date) -> EntityPage[Topic]:
    """`topic` comes with its category. Raises InvalidCursor."""
    rows = TopicIdentifier.objects.filter(topic_id=topic.pk).values_list("scheme", "value")
    return EntityPage(
        record=topic,
        url=address("T", topic.pk, topic.name),
        identifiers=_linked(rows),
        works=entity_works(works_of_topic(topic), asked, today=today),
    )


def institution_page(institution: Institution, asked: Mapping[str, str], *, today: date) -> EntityPage[Institution]:
    """Raises InvalidCursor."""
    pk = institution.pk
    rows = InstitutionIdentifier.objects.filter(institution_id=pk).values_list("scheme", "value")
    names = InstitutionName.objects.filter(institution_id=pk).exclude(name=institution.name)
    above = InstitutionRelation.objects.filter(child_id=pk).order_by("parent__name", "parent_id")
    below = InstitutionRelation.objects.filter(parent_id=pk).order_by("child__name", "child_id")
    return EntityPage(
        record=institution,
        url=address("I", pk, institution.name),
        identifiers=_linked(rows),
        other_names=tuple(names.order_by("name").values_list("name", flat=True).distinct()[:NAMES_SHOWN]),
        parents=_relatives(above.values_list("parent_id", "parent__name")[:PARTS_SHOWN]),
        parts=_relatives(below.values_list("child_id", "child__name")[:PARTS_SHOWN]),
        works=entity_works(works_of_institution(institution), asked, today=today, institution_id=pk),
    )


def venue_page(venue: Venue, asked: Mapping[str, str], *, today: date) -> EntityPage[Venue]:
    """Raises InvalidCursor."""
    rows = VenueIdentifier.objects.filter(venue_id=venue.pk).values_list("scheme", "value")
    return EntityPage(
        record=venue,
        url=address("S", venue.pk, venue.name),
        identifiers=_linked(rows),
        works=entity_works(works_of_venue(venue), asked, today=today),
        with_citedness=True,
    )


def _linked(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, str], ...]:
    return tuple((scheme, value, url_of(Identifier(scheme, value)) or "") for scheme, value in sorted(rows))


def _relatives(rows: Iterable[tuple[int, str]]) -> tuple[Relative, ...]:
    return tuple(Relative(name, address("I", pk, name)) for pk, name in rows)

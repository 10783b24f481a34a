"""Institutions, topics and sources as resources of the API."""

from typing import Any

from django.db.models import Q, QuerySet

from catalogue.api.entities import schema
from catalogue.api.entities.write import write_institutions, write_sources, write_topics
from common.openalex_api.fields import FilterField, NumberField, TextField, ValuesField, column_number
from common.openalex_api.paging import Ordering, read_ratio, read_row_id, read_text
from common.openalex_api.problems import InvalidValue, echoed
from common.openalex_api.resources import RELEVANCE, Found, Ranked, Resource
from metrics.models import EntityKind
from metrics.selectors.entities import with_counts
from papers.models import Institution, Topic, Venue
from papers.models.identity import PublicRecord
from papers.selectors.api_fields import find_record, has_identifier_field, own_identifier_fields
from papers.selectors.entity_names import by_likeness, entities_named

MAX_WORD_CHARS = 64
ORDERINGS = {
    "works_count": Ordering("works_count", "works_count", read_row_id, is_nullable=True),
    "cited_by_count": Ordering("cited_by_count", "cited_by_count", read_row_id, is_nullable=True),
    "display_name": Ordering("display_name", "name", read_text, is_descending=False),
    RELEVANCE: Ordering(RELEVANCE, RELEVANCE, read_ratio),
}
HEAVY = frozenset({"counts_by_year", "summary_stats"})


def _word(value: str) -> object:
    if len(value) > MAX_WORD_CHARS:
        raise InvalidValue(f"{echoed(value)} is too long")
    return value.lower()


def _country(value: str) -> object:
    if len(value) != 2 or not value.isascii() or not value.isalpha():
        raise InvalidValue(f"{echoed(value)} is not a country code of two letters", allowed=["DE"])
    return value.upper()


def _matching(model: type[PublicRecord]) -> Ranked:
    def matching(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(entities_named(model, text))

    return matching


def _search_field(model: type[PublicRecord]) -> TextField:
    return TextField(lambda text: entities_named(model, text), "Words of the name, in any order.")


_NUMBER_FILTERS: dict[str, FilterField] = {
    "works_count": NumberField(column_number("works_count"), "Works, as computed last."),
    "cited_by_count": NumberField(column_number("cited_by_count"), "Citations, as computed last."),
}
_INSTITUTION_FILTERS: dict[str, FilterField] = {
    **_NUMBER_FILTERS,
    "display_name.search": _search_field(Institution),
    "default.search": _search_field(Institution),
    "country_code": ValuesField(_country, lambda codes: Q(country_code__in=codes), "Country code."),
    "type": ValuesField(_word, lambda kinds: Q(kind__in=kinds), "Kind of organisation, as ROR has it."),
    "established_year": NumberField(column_number("established_year"), "Year of foundation."),
    "has_ror": has_identifier_field("I", "ror"),
    **own_identifier_fields("I", ("ror", "openalex", "grid", "wikidata", "isni")),
}
_INSTITUTION_FILTERS["ror"] = _INSTITUTION_FILTERS["ids.ror"]

_TOPIC_FILTERS: dict[str, FilterField] = {
    **_NUMBER_FILTERS,
    "display_name.search": _search_field(Topic),
    "default.search": _search_field(Topic),
    **own_identifier_fields("T", ("openalex", "wikidata")),
}

_SOURCE_FILTERS: dict[str, FilterField] = {
    **_NUMBER_FILTERS,
    "display_name.search": _search_field(Venue),
    "default.search": _search_field(Venue),
    "type": ValuesField(_word, lambda kinds: Q(kind__in=kinds), "journal, conference, repository, book or series."),
    "has_issn": has_identifier_field("S", "issn"),
    **own_identifier_fields("S", ("issn", "openalex", "wikidata")),
}
_SOURCE_FILTERS["issn"] = _SOURCE_FILTERS["ids.issn"]


def _find(letter: str, identifier: str) -> Found | None:
    return find_record(letter, identifier)


INSTITUTIONS = Resource(
    name="institution",
    plural="institutions",
    rows=lambda: with_counts(Institution.objects.filter(merged_into__isnull=True), EntityKind.INSTITUTION),
    filters=_INSTITUTION_FILTERS,
    orderings=ORDERINGS,
    default_sort="display_name",
    fields=tuple(schema.Institution().fields),
    heavy_fields=HEAVY,
    matching=_matching(Institution),
    ranked=by_likeness,
    find=lambda identifier: _find("I", identifier),
    write=write_institutions,
    serializer=schema.Institution,
)
TOPICS = Resource(
    name="topic",
    plural="topics",
    rows=lambda: with_counts(Topic.objects.filter(merged_into__isnull=True), EntityKind.TOPIC),
    filters=_TOPIC_FILTERS,
    orderings=ORDERINGS,
    default_sort="display_name",
    fields=tuple(schema.Topic().fields),
    heavy_fields=HEAVY,
    matching=_matching(Topic),
    ranked=by_likeness,
    find=lambda identifier: _find("T", identifier),
    write=write_topics,
    serializer=schema.Topic,
)
SOURCES = Resource(
    name="source",
    plural="sources",
    rows=lambda: with_counts(Venue.objects.filter(merged_into__isnull=True), EntityKind.VENUE),
    filters=_SOURCE_FILTERS,
    orderings=ORDERINGS,
    default_sort="display_name",
    fields=tuple(schema.Source().fields),
    heavy_fields=HEAVY,
    matching=_matching(Venue),
    ranked=by_likeness,
    find=lambda identifier: _find("S", identifier),
    write=write_sources,
    serializer=schema.Source,
)

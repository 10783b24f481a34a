"""Authors as a resource of the API."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from common.openalex_api.fields import FilterField, NumberField, TextField, column_number
from common.openalex_api.paging import Ordering, read_ratio, read_row_id, read_text
from common.openalex_api.resources import RELEVANCE, Found, Resource
from papers.models import Author, AuthorAffiliation, AuthorshipInstitution
from papers.selectors.api_fields import (
    find_record,
    has_identifier_field,
    own_identifier_fields,
    reference_field,
)
from papers.selectors.entity_names import by_likeness
from papers.selectors.full_text import people_called
from profiles.api import schema
from profiles.api.write import write_authors

RANKED_ROWS = 2_000  # of a common name's bearers the first recorded are ranked by relevance


def matching(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    return queryset.filter(people_called(text))


def ranked(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Some of the matches with `relevance_score`: how alike the names are."""
    bounded = queryset.order_by("pk").values("pk")[:RANKED_ROWS]
    return by_likeness(Author.objects.filter(pk__in=bounded), text)


def _affiliated(institution_ids: list[int]) -> Q:
    if not institution_ids:
        return Q(pk__in=())
    on_works = AuthorshipInstitution.objects.filter(authorship__author=OuterRef("pk"), institution__in=institution_ids)
    stated = AuthorAffiliation.objects.filter(author=OuterRef("pk"), institution__in=institution_ids)
    return Q(Exists(on_works)) | Q(Exists(stated))


def find_author(identifier: str) -> Found | None:
    return find_record("A", identifier)


_BY_NAME = TextField(people_called, "Words of the name, in any order, accents or none; a letter for an initial.")
_BY_PLACE = reference_field("I", _affiliated, "Authors once affiliated to an institution, by any identifier.")

FILTERS: dict[str, FilterField] = {
    "display_name.search": _BY_NAME,
    "default.search": _BY_NAME,
    "affiliations.institution.id": _BY_PLACE,
    "affiliations.institution.ror": reference_field("I", _affiliated, "By ROR id.", scheme="ror"),
    "works_count": NumberField(column_number("metrics__works_count"), "Works, as last computed."),
    "cited_by_count": NumberField(column_number("metrics__cited_by_count"), "Citations, as last computed."),
    "summary_stats.h_index": NumberField(column_number("metrics__h_index"), "h-index, as last computed."),
    "has_orcid": has_identifier_field("A", "orcid"),
    **own_identifier_fields("A", ("orcid", "openalex", "acl", "isni", "wikidata", "local")),
}
FILTERS["orcid"] = FILTERS["ids.orcid"]

AUTHORS = Resource(
    name="author",
    plural="authors",
    rows=Author.objects.listed,
    filters=FILTERS,
    orderings={
        "cited_by_count": Ordering("cited_by_count", "metrics__cited_by_count", read_row_id, is_nullable=True),
        "works_count": Ordering("works_count", "metrics__works_count", read_row_id, is_nullable=True),
        "created_date": Ordering("created_date", "id", read_row_id),
        "display_name": Ordering("display_name", "name", read_text, is_descending=False),
        RELEVANCE: Ordering(RELEVANCE, RELEVANCE, read_ratio),
    },
    default_sort="created_date:desc",
    fields=tuple(schema.Author().fields),
    heavy_fields=frozenset({"counts_by_year", "topics"}),
    matching=matching,
    ranked=ranked,
    find=find_author,
    write=write_authors,
    serializer=schema.Author,
)

"""What lists of works are filtered and sorted by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Left, Ln

from common.openalex_api.fields import (
    BooleanField,
    DateField,
    FilterField,
    NumberField,
    TextField,
    ValuesField,
    column_number,
    year_of,
)
from common.openalex_api.paging import Ordering, read_count, read_ratio, read_text
from common.openalex_api.problems import InvalidValue, echoed
from common.openalex_api.resources import RELEVANCE
from papers.models import (
    Authorship,
    AuthorshipInstitution,
    Category,
    Citation,
    Paper,
    PaperCategory,
    PaperTopic,
)
from papers.selectors.api_fields import has_identifier_field, linked, own_identifier_fields, reference_field
from papers.selectors.full_text import paper_query, works_with

RANKED_ROWS = 1_000  # of a common word's matches only the most cited are ranked by relevance
TITLE_CHARS = 200
SCHEMES = ("doi", "arxiv", "openalex", "acl", "pmid", "pmcid", "mag", "isbn", "local")
MAX_WORD_CHARS = 64


def works() -> QuerySet[Paper]:
    """Works that stand: merged ones are left out."""
    return Paper.objects.filter(merged_into__isnull=True).annotate(title_start=Left("title", TITLE_CHARS))


def matching(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    return queryset.filter(works_with(text))


def ranked(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The most cited of the matches with `relevance_score`: how well the text fits, and a little for citations."""
    bounded = queryset.order_by(F("shown_citation_count").desc(nulls_last=True), "-pk").values("pk")[:RANKED_ROWS]
    fit = Cast(SearchRank(F("search__vector"), paper_query(text), normalization=Value(1)), FloatField())
    fame = Ln(Coalesce(F("shown_citation_count"), Value(0)) + Value(2.0)) * Value(0.01)
    return Paper.objects.filter(pk__in=bounded).annotate(**{RELEVANCE: fit + fame})


def _word(value: str) -> object:
    if len(value) > MAX_WORD_CHARS or not value.isprintable():
        raise InvalidValue(f"{echoed(value)} is too long")
    return value.lower()


def _code(value: str) -> object:
    scheme, colon, code = value.rpartition(":")
    if len(value) > MAX_WORD_CHARS:
        raise InvalidValue(f"{echoed(value)} is too long")
    return (scheme if colon else None, code)


def _in_categories(codes: Sequence[Any], *, is_primary: bool) -> Q:
    wanted = Q()
    for scheme, code in codes:
        wanted |= Q(code__iexact=code) if scheme is None else Q(scheme=scheme, code__iexact=code)
    category_ids = list(Category.objects.filter(wanted).values_list("pk", flat=True))
    if is_primary:
        return Q(primary_category__in=category_ids)
    return linked(PaperCategory, to="paper", by="category")(category_ids)


def _primary_topic_in(topic_ids: list[int]) -> Q:
    """Works whose primary topic is one of these: the first by score, as the rows have it."""
    if not topic_ids:
        return Q(pk__in=())
    ranked_topics = PaperTopic.objects.annotate(rank=Coalesce("score", 0.0))
    earlier = ranked_topics.filter(paper=OuterRef("paper")).filter(
        Q(rank__gt=OuterRef("rank")) | Q(rank=OuterRef("rank"), topic__lt=OuterRef("topic"))
    )
    first = ranked_topics.filter(paper=OuterRef("pk"), topic__in=topic_ids).filter(~Exists(earlier))
    without = ~Exists(PaperTopic.objects.filter(paper=OuterRef("pk")))
    return Q(Exists(first)) | (Q(primary_category__topic__in=topic_ids) & Q(without))


def _on_topics(topic_ids: list[int]) -> Q:
    """Works with a topic, by its own assignment or by the category that the topic stands for."""
    if not topic_ids:
        return Q(pk__in=())
    category_ids = list(Category.objects.filter(topic__in=topic_ids).values_list("pk", flat=True))
    return linked(PaperTopic, to="paper", by="topic")(topic_ids) | linked(PaperCategory, to="paper", by="category")(
        category_ids
    )


def _cites(paper_ids: list[int]) -> Q:
    return linked(Citation, to="citing", by="cited")(paper_ids)


def _cited_by(paper_ids: list[int]) -> Q:
    return linked(Citation, to="cited", by="citing")(paper_ids)


def _in_venues(venue_ids: list[int]) -> Q:
    return Q(venue__in=venue_ids) if venue_ids else Q(pk__in=())


_author = linked(Authorship, to="paper", by="author")
_institution = linked(AuthorshipInstitution, to="paper", by="institution")

_BY_AUTHOR = reference_field("A", _author, "Works of an author, by any identifier.")
_BY_INSTITUTION = reference_field("I", _institution, "Works with an affiliation to an institution, by any identifier.")
_BY_VENUE = reference_field("S", _in_venues, "Works that appeared in a source, by any identifier.")
_BY_TITLE = TextField(works_with, "Words of the title, the names or the abstract.")

FILTERS: dict[str, FilterField] = {
    "author.id": _BY_AUTHOR,
    "authorships.author.id": _BY_AUTHOR,
    "author.orcid": reference_field("A", _author, "Works of an author, by ORCID iD.", scheme="orcid"),
    "authorships.author.orcid": reference_field("A", _author, "Works of an author, by ORCID iD.", scheme="orcid"),
    "institution.id": _BY_INSTITUTION,
    "institutions.id": _BY_INSTITUTION,
    "authorships.institutions.id": _BY_INSTITUTION,
    "institutions.ror": reference_field("I", _institution, "Works of an institution, by ROR id.", scheme="ror"),
    "authorships.institutions.ror": reference_field("I", _institution, "The same.", scheme="ror"),
    "topics.id": reference_field("T", _on_topics, "Works with a topic."),
    "primary_topic.id": reference_field("T", _primary_topic_in, "Works whose first topic this is."),
    "primary_location.source.id": _BY_VENUE,
    "locations.source.id": _BY_VENUE,
    "primary_location.source.issn": reference_field("S", _in_venues, "By ISSN of the source.", scheme="issn"),
    "cites": reference_field("W", _cites, "Works that cite this work."),
    "cited_by": reference_field("W", _cited_by, "Works that this work cites."),
    "publication_year": NumberField(year_of("published_date"), "Year of publication, or a range of years."),
    "from_publication_date": DateField("published_date", "gte", "Published on this day or later."),
    "to_publication_date": DateField("published_date", "lte", "Published on this day or earlier."),
    "type": ValuesField(_word, lambda kinds: Q(kind__in=kinds), "Type of work."),
    "language": ValuesField(_word, lambda codes: Q(language__in=codes), "Language code."),
    "category": ValuesField(
        _code,
        lambda codes: _in_categories(codes, is_primary=False),
        "Category, as `cs.LG`, or with its scheme, as `arxiv:cs.LG`.",
    ),
    "primary_category": ValuesField(
        _code, lambda codes: _in_categories(codes, is_primary=True), "First category of the work."
    ),
    "cited_by_count": NumberField(
        column_number("shown_citation_count"),
        "Citations, the figure shown; works whose citations are not known are left out.",
    ),
    "authors_count": NumberField(column_number("author_count"), "Length of the byline."),
    "is_retracted": BooleanField(lambda: Q(is_retracted=True), "Whether the work is retracted."),
    "has_abstract": BooleanField(lambda: ~Q(abstract=""), "Whether an abstract is known."),
    "has_doi": has_identifier_field("W", "doi"),
    "default.search": _BY_TITLE,
    "title_and_abstract.search": _BY_TITLE,
    "doi": reference_field("W", lambda ids: Q(pk__in=ids), "By DOI, in any form.", scheme="doi"),
    **own_identifier_fields("W", SCHEMES),
}

ORDERINGS = {
    "publication_date": Ordering("publication_date", "published_date", date.fromisoformat, is_nullable=True),
    "publication_year": Ordering("publication_year", "published_date", date.fromisoformat, is_nullable=True),
    "cited_by_count": Ordering("cited_by_count", "shown_citation_count", read_count, is_nullable=True),
    "display_name": Ordering("display_name", "title_start", read_text),
    RELEVANCE: Ordering(RELEVANCE, RELEVANCE, read_ratio),
}

"""How typed words find institutions, topics and venues: words of the folded name, then names that look alike."""

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Func

from papers.domain.names import name_words
from papers.models import Institution, InstitutionName, Topic, Venue
from papers.models.identity import PublicRecord

type PlaceModel = type[Institution] | type[Topic] | type[Venue]


class NameSimilarity(Func):
    """pg_trgm's similarity of a column and a text, from 0 to 1."""

    function = "similarity"
    output_field = FloatField()


def places_named(model: type[PublicRecord], text: str) -> Q:
    """Records whose name, or another name of theirs, holds all the folded words, each anywhere."""
    words = name_words(text)
    if not words:
        return Q(pk__in=())
    condition = _holds_all(words)
    if model is Institution:
        others = InstitutionName.objects.filter(_holds_all(words), institution=OuterRef("pk"))
        condition |= Q(Exists(others))
    return condition


def by_likeness[Record: PublicRecord](queryset: QuerySet[Record], text: str) -> QuerySet[Record]:
    """The queryset with `relevance_score`: how much of the name the words are."""
    return queryset.annotate(
        relevance_score=NameSimilarity(F("key"), Value(" ".join(name_words(text)) or " "))
    )


def _holds_all(words: list[str]) -> Q:
    condition = Q()
    for word in words:
        condition &= Q(key__contains=word)
    return condition

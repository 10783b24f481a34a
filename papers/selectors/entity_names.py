"""How typed words find institutions, topics and venues: words of the folded name, then names that look alike."""

from typing import Any

from django.db.models import F, FloatField, Q, QuerySet, Value
from django.db.models.expressions import Func

from papers.domain.names import fold, name_words
from papers.models import Institution, InstitutionName
from papers.models.identity import PublicRecord


class NameSimilarity(Func):
    """pg_trgm's similarity of a column and a text, from 0 to 1."""

    function = "similarity"
    output_field = FloatField()


def entities_named(model: type[PublicRecord], text: str) -> Q:
    """Records whose name holds all the folded words, or institutions of which the text is another name in full."""
    words = name_words(text)
    if not words:
        return Q(pk__in=())
    condition = Q()
    for word in words:
        condition &= Q(key__contains=word)
    if model is Institution:
        others = InstitutionName.objects.filter(key=name_key(text)).values("institution")
        condition |= Q(pk__in=others)
    return condition


def name_key(text: str) -> str:
    """A name as the `key` columns of places have it."""
    return " ".join(fold(text).split())[:300]


def by_likeness(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    """The queryset with `relevance_score`: how much of the name the words are."""
    scored: QuerySet[Any] = queryset.annotate(
        relevance_score=NameSimilarity(F("key"), Value(" ".join(name_words(text)) or " "))
    )
    return scored

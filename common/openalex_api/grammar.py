"""The grammar of `filter`, `sort` and `select`: text in, terms out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from common.openalex_api.fields import FilterField
from common.openalex_api.problems import InvalidParameter, InvalidValue, echoed

MAX_FILTER_CHARS = 8_000
MAX_TERMS = 25
MAX_VALUES = 100
_AND_BETWEEN = re.compile(r"[ +]+")


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: any of the values, or none of them when negated."""

    field: str
    values: tuple[str, ...]
    is_negated: bool = False


def parse_filter(text: str, fields: Mapping[str, FilterField]) -> tuple[Term, ...]:
    """`type:preprint|article,cited_by_count:>10,publication_year:!2020` as terms, all of which must hold.

    Raises InvalidParameter for an unknown field, an empty value, or more than 100 values in a term.
    """
    if len(text) > MAX_FILTER_CHARS:
        raise InvalidParameter("filter", f"filter is longer than {MAX_FILTER_CHARS} characters.")
    terms: list[Term] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, colon, raw = part.partition(":")
        name = name.strip().lower()
        if not colon:
            raise InvalidParameter("filter", f"{echoed(part)} is not of the form field:value.")
        if name not in fields:
            raise InvalidParameter(
                "filter", f"{echoed(name)} is not a field of this list's filter.", allowed=sorted(fields)
            )
        pieces = [raw] if fields[name].is_text else _AND_BETWEEN.split(raw.strip())
        terms += [_term(name, piece) for piece in pieces]
    if len(terms) > MAX_TERMS:
        raise InvalidParameter("filter", f"filter holds more than {MAX_TERMS} conditions.")
    return tuple(terms)


def _term(name: str, raw: str) -> Term:
    text = raw.strip()
    is_negated = text.startswith("!")
    values = tuple(value.strip() for value in text.removeprefix("!").split("|"))
    if not all(values):
        raise InvalidParameter("filter", f"{name} has an empty value.")
    if any(value.startswith("!") for value in values):
        raise InvalidParameter("filter", f"{name}: “!” stands once, before the first value, and negates them all.")
    if any("\0" in value for value in values):
        raise InvalidParameter("filter", f"{name} holds a character that cannot occur.")
    if len(values) > MAX_VALUES:
        raise InvalidParameter("filter", f"{name} has more than {MAX_VALUES} values.")
    return Term(name, values, is_negated)


def condition_of(terms: Iterable[Term], fields: Mapping[str, FilterField]) -> Q:
    """Rows for which all terms hold. Raises InvalidParameter where a field does not take a value."""
    condition = Q()
    for term in terms:
        try:
            one = fields[term.field].condition(term.values)
        except InvalidValue as error:
            raise InvalidParameter("filter", f"{term.field}: {error}.", allowed=error.allowed) from None
        condition &= ~one if term.is_negated else one
    return condition


def parse_sort(text: str, names: Iterable[str]) -> tuple[str, bool]:
    """`cited_by_count:desc` as (name, is descending); ascending when no direction is given."""
    name, _colon, direction = (part.strip().lower() for part in text.partition(":"))
    allowed = list(names)
    if "," in text:
        raise InvalidParameter("sort", "sort takes one field; ties are broken by id.", allowed=allowed)
    if name not in allowed:
        raise InvalidParameter("sort", f"{echoed(name)} is not what this list is sorted by.", allowed=allowed)
    if direction not in {"", "asc", "desc"}:
        raise InvalidParameter("sort", f"{echoed(direction)} is no direction.", allowed=["asc", "desc"])
    return name, direction == "desc"


def parse_select(text: str, fields: Iterable[str]) -> frozenset[str]:
    """`id,display_name` as a set of root fields."""
    allowed = list(fields)
    chosen = [name.strip() for name in text.split(",") if name.strip()]
    for name in chosen:
        if name not in allowed:
            raise InvalidParameter("select", f"{echoed(name)} is not a root field of these objects.", allowed=allowed)
    if not chosen:
        raise InvalidParameter("select", "select names no field.", allowed=allowed)
    return frozenset(chosen)

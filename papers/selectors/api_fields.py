"""Pieces that the API's lists of every kind share: filters by record and by outside identifier, and look-ups."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q

from common.openalex_api.fields import BooleanField, FilterField, ValuesField
from common.openalex_api.problems import InvalidValue, echoed
from common.openalex_api.resources import Found
from papers.domain.identifiers import Identifier, InvalidIdentifier, parse_identifier, url_of
from papers.domain.public_ids import encode
from papers.selectors.identified import RECORD_TYPES, heirs_of, owners_of, read_reference, rows_referred_to


def reference_field(letter: str, where: Callable[[list[int]], Q], description: str, *, scheme: str = "") -> ValuesField:
    """A filter by records of a kind, named by any identifier, or by one of `scheme` alone."""

    def read(value: str) -> object:
        try:
            return parse_identifier(scheme, value) if scheme else read_reference(letter, value)
        except InvalidIdentifier as error:
            raise InvalidValue(f"{echoed(value)} {error.why}") from None

    def condition(references: Sequence[Any]) -> Q:
        return where(rows_referred_to(letter, references))

    return ValuesField(read, condition, description)


def own_identifier_fields(letter: str, schemes: Sequence[str]) -> dict[str, FilterField]:
    """`ids.doi` and the like, `openalex_id` and `id`: the list's own rows by their identifiers."""

    def own(row_ids: list[int]) -> Q:
        return Q(pk__in=row_ids)

    fields: dict[str, FilterField] = {
        f"ids.{scheme}": reference_field(letter, own, f"By {scheme}, in any form.", scheme=scheme) for scheme in schemes
    }
    fields["id"] = reference_field(letter, own, "By id, ours or any other, in any form.")
    fields["openalex_id"] = fields["id"]
    fields["openalex"] = fields["id"]
    return fields


def has_identifier_field(letter: str, scheme: str) -> BooleanField:
    """`has_doi` and the like."""
    kind = RECORD_TYPES[letter]
    rows: Any = kind.identifiers._default_manager.filter(scheme=scheme, **{kind.owner: OuterRef("pk")})
    return BooleanField(lambda: Q(Exists(rows)), f"Whether a {scheme} identifier is known.")


def linked(model: type[Model], *, to: str, by: str) -> Callable[[list[int]], Q]:
    """A condition that a row of `model` joins the list's row (its column `to`) to one of the ids (its column `by`)."""

    def where(row_ids: list[int]) -> Q:
        rows: Any = model._default_manager.filter(**{to: OuterRef("pk"), f"{by}__in": row_ids})
        return Q(Exists(rows)) if row_ids else Q(pk__in=())

    return where


def ids_of(identifiers: Sequence[str]) -> dict[str, Any]:
    """Every identifier by scheme, as an address where it has one; the second and further of a scheme as a list."""
    ids: dict[str, Any] = {}
    for text in identifiers:
        scheme, _colon, value = text.partition(":")
        written = url_of(Identifier(scheme, value)) or value
        if scheme not in ids:
            ids[scheme] = written
        else:
            ids.setdefault(f"other_{scheme}", []).append(written)
    return ids


def find_record(letter: str, text: str) -> Found | None:
    """The record that a path names, after merges. Raises InvalidValue for a text that names nothing at all."""
    try:
        reference = read_reference(letter, text.strip("/"))
    except InvalidIdentifier as error:
        raise InvalidValue(f"{echoed(text)} {error.why}") from None
    asked = owners_of(letter, [reference]) if isinstance(reference, Identifier) else [reference]
    row_id = next(iter(heirs_of(letter, asked[:1]).values()), None)
    if row_id is None:
        return None
    is_merged = not isinstance(reference, Identifier) and row_id != reference
    return Found(row_id, encode(letter, row_id), is_canonical=not is_merged)

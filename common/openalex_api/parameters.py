"""The query string of a list or of one record, read and checked once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from common.openalex_api.grammar import parse_select
from common.openalex_api.problems import InvalidParameter, echoed

DEFAULT_PER_PAGE = 25
MAX_PER_PAGE = 100
MAX_PAGE = 100
MAX_SEARCH_CHARS = 400

LIST_PARAMETERS = ("search", "filter", "sort", "select", "per_page", "per-page", "page", "cursor")
POLITE_PARAMETERS = (
    "mailto",
    "api_key",
    "data-version",
)  # OpenAlex's clients send them; they change nothing here


@dataclass(frozen=True, slots=True)
class ListParameters:
    """What was asked of a list. `cursor` is "" unless given; `select` is None for every field of a list."""

    search: str
    filter: str
    sort: str
    select: frozenset[str] | None
    per_page: int
    page: int
    cursor: str


def read_list_parameters(query: QueryDict, *, fields: Iterable[str]) -> ListParameters:
    """Raises InvalidParameter, which names the parameter."""
    given = _single_values(query, (*LIST_PARAMETERS, *POLITE_PARAMETERS))
    if "per_page" in given and "per-page" in given:
        raise InvalidParameter("per_page", "per_page and per-page are one parameter: give one of them.")
    if "page" in given and "cursor" in given:
        raise InvalidParameter("cursor", "cursor and page exclude each other: give one of them.")
    per_page_name = "per-page" if "per-page" in given else "per_page"
    search = given.get("search", "").strip()
    if len(search) > MAX_SEARCH_CHARS:
        raise InvalidParameter("search", f"search is longer than {MAX_SEARCH_CHARS} characters.")
    return ListParameters(
        search=search,
        filter=given.get("filter", ""),
        sort=given.get("sort", ""),
        select=parse_select(given["select"], fields) if "select" in given else None,
        per_page=_whole_number(given, per_page_name, default=DEFAULT_PER_PAGE, largest=MAX_PER_PAGE),
        page=_whole_number(given, "page", default=1, largest=MAX_PAGE),
        cursor=_cursor(given),
    )


def read_select(query: QueryDict, *, fields: Iterable[str]) -> frozenset[str] | None:
    """The fields asked of one record, None for all. Raises InvalidParameter."""
    given = _single_values(query, ("select", *POLITE_PARAMETERS))
    return parse_select(given["select"], fields) if "select" in given else None


def _single_values(query: QueryDict, allowed: Iterable[str]) -> Mapping[str, str]:
    names = [name for name in allowed if name not in POLITE_PARAMETERS]
    for name, values in query.lists():
        if name not in names and name not in POLITE_PARAMETERS:
            raise InvalidParameter(name, f"{echoed(name)} is not a parameter of this address.", allowed=names)
        if len(values) > 1:
            raise InvalidParameter(name, f"{name} is given {len(values)} times: give it once.")
        if "\0" in values[0]:
            raise InvalidParameter(name, f"{name} holds a character that cannot occur.")
    return query.dict()  # type: ignore[return-value]  # one value each, as checked above


def _cursor(given: Mapping[str, str]) -> str:
    if "cursor" in given and not given["cursor"]:
        raise InvalidParameter("cursor", "cursor is empty: “*” asks for the first page.", allowed=["*"])
    return given.get("cursor", "")


def _whole_number(given: Mapping[str, str], name: str, *, default: int, largest: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
    if not 1 <= number <= largest:
        hint = " Go further with cursor=*." if name == "page" else ""
        raise InvalidParameter(
            name,
            f"{name} is a whole number from 1 to {largest}, not {echoed(text)}.{hint}",
            allowed=[f"1-{largest}"],
        )
    return number

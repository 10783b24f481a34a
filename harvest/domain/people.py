"""The byline: authors with their identifiers and affiliations."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from common.richtext.markup import is_plain
from harvest.domain.fields import Fields, decoded
from harvest.domain.record import (
    MAX_AFFILIATION_CHARS,
    MAX_AFFILIATIONS,
    MAX_AUTHORS,
    MAX_NAME_CHARS,
    SourcedAffiliation,
    SourcedAuthor,
)
from papers.domain.byline_noise import (
    is_country_or_number,
    is_rest_of_byline,
    is_sentence,
    kind_of_name,
    without_noise,
)
from papers.domain.identifiers import Identifier
from papers.domain.name_parts import (
    NameParts,
    are_initials_alone,
    is_suffix_alone,
    is_whole_name,
    read_names,
    source_parts,
    with_suffix,
)

_AUTHOR_SCHEMES = ("orcid", "openalex", "mag", "isni", "acl", "local")
_ROLES = {
    "author": "author",
    "first": "author",
    "additional": "author",
    "editor": "editor",
    "editors": "editor",
    "translator": "translator",
    "chair": "editor",
    "reviewer": "reviewer",
    "review-assistant": "reviewer",
}
_LISTED_NAMES = 50_000  # characters of a name field that is really a list; the longest real byline has about 100,000


@dataclass(slots=True)
class Byline:
    """Who made a work. `is_truncated`: a source cut the list; `total` is how many there are, None where it is not said."""

    authors: list[SourcedAuthor] = field(default_factory=list)
    contributors: list[SourcedAuthor] = field(default_factory=list)
    is_truncated: bool = False
    total: int | None = None


def read_byline(fields: Fields) -> Byline:
    """The authors in the order of the byline; entries that name nobody are dropped with a warning.

    Editors and others stand apart as contributors, unless a work has nobody else.
    """
    byline = Byline(is_truncated=fields.flag("authors_truncated") or fields.flag("is_authors_truncated"))
    byline.total = fields.count("authors_total")
    is_over = False  # what follows "Keywords" in a list of authors is none
    for place, entry in enumerate(fields.items("authors", MAX_AUTHORS, "authors"), start=1):
        people = _read_entry(fields, place, entry, byline)
        for one in people:
            is_over = is_over or one.name in ("Keywords", "Keyword", "Key words", "Comments") or is_sentence(one.name)
            one = replace(one, kind="other") if is_over and one.kind == "person" else one
            (byline.authors if one.role == "author" else byline.contributors).append(one)
    byline.authors = _without_address(_with_cut_initials(byline.authors))
    if not byline.authors:
        byline.authors, byline.contributors = byline.contributors, []
    raw = fields.mapping.get("authors")
    if isinstance(raw, list | tuple) and len(raw) > MAX_AUTHORS:
        byline.is_truncated = True
    if byline.total is not None and byline.total <= len(byline.authors):
        byline.total = None
    byline.is_truncated = byline.is_truncated or byline.total is not None
    return byline


def _with_cut_initials(authors: list[SourcedAuthor]) -> list[SourcedAuthor]:
    """The byline with "Sun", "C. P" as one name again, which a source cut at its comma; or "J. B", "Swift" at its space."""
    if not any(are_initials_alone(one.name) for one in authors):
        return authors
    joined: list[SourcedAuthor] = []
    for one in authors:
        before = joined[-1] if joined else None
        if before is None or (" " in before.name and not are_initials_alone(before.name)):
            joined.append(one)
        elif are_initials_alone(one.name) and _is_family_alone(before):
            joined[-1] = _put_together(given=one.name, family=before)
        elif are_initials_alone(before.name) and _is_family_alone(one):
            joined[-1] = _put_together(given=before.name, family=one)
        else:
            joined.append(one)
    return joined


def _put_together(*, given: str, family: SourcedAuthor) -> SourcedAuthor:
    parts = source_parts(given=given, family=family.name)
    return _author_of(parts, family) if parts is not None else family


def _is_family_alone(author: SourcedAuthor) -> bool:
    return author.kind == "person" and " " not in author.name and "." not in author.name and not author.given


def _without_address(authors: list[SourcedAuthor]) -> list[SourcedAuthor]:
    """The byline with the single words between an institution and its post code or country as what they are: places."""
    if all(one.kind == "person" for one in authors):
        return authors
    ends = [n for n, one in enumerate(authors) if one.kind == "other" and is_country_or_number(one.name)]
    for end in ends:
        place = end - 1
        while place >= 0 and _is_family_alone(authors[place]):
            place -= 1
        if place >= 0 and authors[place].kind != "person":
            authors[place + 1 : end] = [replace(one, kind="other") for one in authors[place + 1 : end]]
    return authors


def _read_entry(fields: Fields, index: int, entry: object, byline: Byline) -> list[SourcedAuthor]:
    if isinstance(entry, str):
        entry = {"name": entry}
    if not isinstance(entry, Mapping):
        fields.warn(f"author {index}: is not an object; the entry was left out")
        return []
    raw = entry.get("name")
    raw = raw if isinstance(raw, str) else ""
    ids = fields.identifiers(entry.get("ids"), f"author {index}", allowed=_AUTHOR_SCHEMES) if "ids" in entry else ()
    names = _one_name(entry, raw) or _printed(fields, index, raw, byline, is_one=bool(ids))
    if len(names) != 1:
        return [_author_of(one) for one in names]
    if len(entry) == 1 and not names[0].family and names[0].kind == "person":
        return [SourcedAuthor(names[0].name)]
    return [_author(fields, index, names[0], entry, ids)]


def _one_name(entry: Mapping[str, Any], raw: str) -> list[NameParts]:
    """The one name of an entry that states parts, or that it is a group; nothing where it does neither."""
    if entry.get("is_group") is True and (name := without_noise(_text(raw))):
        return [NameParts(name[:MAX_NAME_CHARS], kind="other" if kind_of_name(name) == "other" else "group")]
    if len(entry) == 1 and raw:
        return []
    given, family, particle, suffix = (_text(entry.get(part)) for part in ("given", "family", "particle", "suffix"))
    if not family and not (given and not raw):
        return []
    if is_whole_name(given, family):
        return list(read_names(f"{given} {family}"))
    parts = source_parts(given=given, family=family, particle=particle[:60], suffix=suffix)
    if parts is None:
        return []
    name = without_noise(_text(raw)) if raw and parts.kind == "person" else ""
    return [parts._replace(name=name)] if name and name != parts.name else [parts]


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw:
        return ""
    return decoded(raw, MAX_NAME_CHARS)


def _printed(fields: Fields, index: int, raw: str, byline: Byline, *, is_one: bool) -> list[NameParts]:
    """The names that one text holds: one as a rule, none for "et al.", several where it is surely a list."""
    if is_plain(raw) and raw.isascii():
        names = read_names(raw[:_LISTED_NAMES], is_one=is_one)
    else:
        names = read_names(decoded(raw, _LISTED_NAMES), is_one=is_one)
    if not names or names[0].name != raw:
        if is_rest_of_byline(raw):
            byline.is_truncated = True
            fields.warn(f"author {index}: {raw[:80]!r} says that more authors follow; the byline is marked as cut")
        elif not names:
            fields.warn(f"author {index}: {raw[:80]!r} names nobody; the entry was left out")
        elif len(names) > 1:
            fields.warn(f"author {index}: {raw[:80]!r} was read as {len(names)} names")
    if len(names) == 1 and byline.authors and is_suffix_alone(names[0].name):
        byline.authors[-1] = _author_of(with_suffix(byline.authors[-1].parts, names[0].name), byline.authors[-1])
        return []
    return list(names)


def _author_of(parts: NameParts, like: SourcedAuthor | None = None) -> SourcedAuthor:
    changes: dict[str, Any] = {
        "name": parts.name[:MAX_NAME_CHARS],
        "given": parts.given,
        "family": parts.family,
        "particle": parts.particle,
        "suffix": parts.suffix,
        "kind": parts.kind,
    }
    return replace(like, **changes) if like is not None else SourcedAuthor(**changes)


def _author(
    fields: Fields, index: int, parts: NameParts, entry: Mapping[str, Any], ids: tuple[Identifier, ...]
) -> SourcedAuthor:
    where = f"author {index}"
    raw = entry.get("raw_affiliation")
    role = entry.get("role")
    return SourcedAuthor(
        name=parts.name[:MAX_NAME_CHARS],
        ids=ids,
        affiliations=read_affiliations(fields, where, entry.get("affiliations")),
        raw_affiliation=decoded(raw, MAX_AFFILIATION_CHARS) if isinstance(raw, str) else "",
        is_corresponding=entry.get("corresponding") is True or entry.get("is_corresponding") is True,
        given=parts.given,
        family=parts.family,
        particle=parts.particle,
        suffix=parts.suffix,
        kind=parts.kind,
        role=_ROLES.get(role.lower(), role.lower()[:16]) if isinstance(role, str) and role else "author",
    )


def read_affiliations(fields: Fields, where: str, raw: object) -> tuple[SourcedAffiliation, ...]:
    """The affiliations of a list of names or objects, each once."""
    if not raw:
        return ()
    if not isinstance(raw, list | tuple):
        fields.warn(f"{where}: affiliations is not a list; it was left out")
        return ()
    found: dict[SourcedAffiliation, None] = {}
    for entry in raw[:MAX_AFFILIATIONS]:
        if isinstance(entry, str):
            entry = {"name": entry}
        if not isinstance(entry, Mapping):
            continue
        affiliation = _affiliation(fields, where, entry)
        if affiliation.name or affiliation.ror or affiliation.openalex:
            found[affiliation] = None
    return tuple(found)


def _affiliation(fields: Fields, where: str, entry: Mapping[str, Any]) -> SourcedAffiliation:
    name = entry.get("name")
    ror = fields.identifier("ror", entry.get("ror"), where)
    openalex = fields.identifier("openalex", entry.get("openalex"), where)
    return SourcedAffiliation(
        decoded(name, MAX_AFFILIATION_CHARS) if isinstance(name, str) else "",
        ror.value if ror else None,
        openalex.value if openalex else None,
    )

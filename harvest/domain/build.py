"""From a mapping in the record format to a `WorkRecord`: validation, decoding, bounds and digest.

Every source's `parse` maps its raw shape to this mapping, so these rules live here and nowhere else.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

import orjson

from common.richtext.markup import is_plain
from common.richtext.mathematics import render_text
from common.richtext.text import clean_line
from harvest.domain import record as bounds
from harvest.domain.fields import MAX_WARNINGS, Fields
from harvest.domain.locations import (
    read_details,
    read_locations,
    read_notices,
    read_relations,
    read_version,
)
from harvest.domain.marks import marked_notices, notice_title, title_mark
from harvest.domain.people import Byline, read_byline
from harvest.domain.record import RecordError, WorkRecord
from harvest.domain.relations import (
    read_categories,
    read_links,
    read_references,
    read_topics,
    read_venue,
    read_versions,
)
from papers.domain.dates import InvalidDate, PartialDate, certain_date, parse_date
from papers.domain.identifiers import Identifier
from papers.domain.name_parts import keys_of_parts
from papers.domain.relations import BY_TITLE, NOTICE_ABOUT, NOTICE_DOES
from papers.domain.sources import origin_of
from papers.domain.titles import title_hash, title_key

MAPPING_VERSION = b"2"  # raise it when the mapping changes, so that a re-import rewrites the records
# An ISBN comes last, since chapters share their book's.
KEY_PREFERENCE = ("openalex", "arxiv", "doi", "acl", "pmid", "pmcid", "mag", "local", "isbn")
_WORK_SCHEMES = ("doi", "arxiv", "openalex", "acl", "pmid", "pmcid", "isbn", "mag", "local")
_RAW_FACTOR = 10  # mark-up may make a text longer than what is left of it, but not by more than this
PREPRINT_KINDS = frozenset({"preprint", "posted-content"})
_ARXIV_DOI = "10.48550/arxiv."


def build_work(mapping: Mapping[str, Any], *, source: str = "") -> WorkRecord:
    """Check and decode one work in the record format (plus the extras that `harvest.domain.fields` names).

    `source` overrides the mapping's own "source". Raises RecordError when the record has no title or states no
    identifier at all; every other part that cannot be used is dropped with a warning.
    """
    if not isinstance(mapping, Mapping):
        raise RecordError("not_an_object", "the record is not a JSON object")
    fields = Fields(mapping)
    source = source or clean_line(fields.text("source", bounds.MAX_SOURCE_CHARS)).lower() or "records"
    ids = _read_ids(fields)
    for warning in fields.items("reading_warnings", MAX_WARNINGS, "warnings"):
        fields.warn(str(warning))
    for repeated in fields.items("repeated", MAX_WARNINGS, "fields"):
        fields.warn(f"{repeated}: stands there more than once")
    values: dict[str, Any] = {"source": source, "source_key": _source_key(source, ids), "ids": ids}
    byline = read_byline(fields)
    values |= _texts(fields) | _relations(fields, ids, byline)
    values["notices"] += marked_notices(
        values["title"], values["comment"], values["abstract"], is_preprint=_is_preprint(values)
    )
    if not any(one.kind in NOTICE_ABOUT for one in values["relations"]):
        values["relations"] += _noticed_by_title(values["title"])
    values["title_key"] = title_key(title_mark(values["title"])[1])
    values["first_family_key"] = _first_family(byline.authors)
    return WorkRecord(
        **values,
        warnings=tuple(fields.warnings),
        statement=statement_of(mapping),
        digest=digest_of(tuple(values.values())),
    )


def _noticed_by_title(title: str) -> tuple[bounds.SourcedRelation, ...]:
    """The work that a notice is about, where its title alone says which: "Correction to: …"."""
    kind, about = notice_title(title)
    hashed = title_hash(title_key(about)) if kind else None
    if hashed is None:
        return ()
    return (bounds.SourcedRelation(NOTICE_DOES[kind], Identifier(BY_TITLE, str(hashed))),)


def _first_family(authors: Sequence[bounds.SourcedAuthor]) -> str:
    """The last word of the first author's family name, folded: what all sources have of it."""
    if not authors:
        return ""
    return keys_of_parts(authors[0].parts).family_key.rpartition(" ")[2][: bounds.MAX_KEY_CHARS]


def _is_preprint(values: Mapping[str, Any]) -> bool:
    return values["kind"] in PREPRINT_KINDS or any(one.scheme == "arxiv" for one in values["ids"])


def _texts(fields: Fields) -> dict[str, Any]:
    """The fields that are texts and dates."""
    title, title_html = _read_title(fields)
    abstract, abstract_html = _read_abstract(fields)
    published = _read_date(fields, "published")
    updated = _read_date(fields, "updated")
    return {
        "title": title,
        "title_html": title_html,
        "abstract": abstract,
        "abstract_html": abstract_html,
        "kind": fields.word("type", bounds.MAX_KIND_CHARS),
        "published": published,
        "updated": updated.first_day if updated else None,
        "language": fields.word("language", 20),
        "license": fields.line("license", 300),
        "comment": fields.line("comment", bounds.MAX_COMMENT_CHARS, decode=True),
    }


def _relations(fields: Fields, ids: tuple[Identifier, ...], byline: Byline) -> dict[str, Any]:
    """What the work is tied to: people, places, subjects and other works."""
    counted = _read_date(fields, "cited_by_date")
    return {
        "venue": read_venue(fields),
        "categories": read_categories(fields),
        "topics": read_topics(fields),
        "authors": tuple(byline.authors),
        "contributors": tuple(byline.contributors),
        "is_authors_truncated": byline.is_truncated,
        "authors_total": byline.total,
        "copied_from": fields.word("copied_from", 30),
        "references": read_references(fields, own=frozenset(ids)),
        "references_total": fields.count("references_total"),
        "cited_by_count": fields.count("cited_by_count"),
        "cited_by_date": counted.first_day if counted else None,
        "is_retracted": fields.flag("retracted"),
        "links": read_links(fields),
        "versions": read_versions(fields),
        "version": read_version(fields),
        "details": read_details(fields),
        "locations": read_locations(fields),
        "relations": read_relations(fields, frozenset(ids)),
        "notices": read_notices(fields),
    }


def digest_of(values: tuple[object, ...]) -> bytes:
    """Sixteen bytes that are equal exactly when the mapped content is."""
    return blake2b(MAPPING_VERSION + orjson.dumps(values), digest_size=16).digest()


def statement_of(mapping: Mapping[str, Any]) -> bytes:
    """What the source said as compact JSON that Postgres takes: without references, without NUL."""
    said = {key: value for key, value in mapping.items() if key != "references"} if "references" in mapping else mapping
    try:
        statement = orjson.dumps(said)
    except TypeError:
        statement = orjson.dumps(_without_surrogates(said, 0))
    if b"\\u0000" in statement:
        statement = orjson.dumps(_without_surrogates(said, 0))
    return statement


def _without_surrogates(value: object, depth: int) -> object:
    """The value with every string free of NUL and lone surrogates; what JSON has no form for is dropped."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if depth > 30:
        return None
    if isinstance(value, Mapping):
        return {_without_surrogates(str(key), 0): _without_surrogates(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_surrogates(item, depth + 1) for item in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        return str(value)
    return value if isinstance(value, int | float | date | None) else None


def _read_ids(fields: Fields) -> tuple[Identifier, ...]:
    ids = fields.identifiers(fields.mapping.get("ids"), "id", allowed=_WORK_SCHEMES)
    found = dict.fromkeys(ids)
    for one in ids:
        if one.scheme == "doi" and one.value.startswith(_ARXIV_DOI):
            also = fields.identifier("arxiv", one.value.removeprefix(_ARXIV_DOI), "id")
            if also is not None:
                found[also] = None
    if not found and fields.mapping.get("ids") and isinstance(fields.mapping.get("title"), str):
        local = Identifier("local", _made_up(fields.mapping))
        fields.warn(f"id: none that is stated can be used; the record is known here as {local.value}")
        found[local] = None
    if not found:
        problem = f": {fields.warnings[0]}" if fields.warnings else ""
        raise RecordError("no_id", f"the record has no usable identifier{problem}")
    return tuple(found)


def _made_up(mapping: Mapping[str, Any]) -> str:
    """A name for a record whose identifiers are all wrong: the same whenever it says the same of itself."""
    said = [mapping.get("title"), mapping.get("published"), str(mapping.get("authors"))[:2_000]]
    return f"made-up:{blake2b(repr(said).encode(errors='replace'), digest_size=8).hexdigest()}"


def _source_key(source: str, ids: tuple[Identifier, ...]) -> str:
    by_scheme = {one.scheme: one for one in reversed(ids)}
    for scheme in (*origin_of(source).key_schemes, *KEY_PREFERENCE):
        if scheme in by_scheme:
            return str(by_scheme[scheme])
    return str(ids[0])


def _rendered(raw: str) -> tuple[str, str]:
    if is_plain(raw):
        return clean_line(raw), ""
    return render_text(raw)


def _read_title(fields: Fields) -> tuple[str, str]:
    """The title as text and, where it needs any, as mark-up; one beyond all bounds is cut at a word."""
    raw = fields.mapping.get("title")
    limit = bounds.MAX_TITLE_CHARS
    title, html = _rendered(raw[: limit * _RAW_FACTOR]) if isinstance(raw, str) else ("", "")
    if not title:
        raise RecordError("no_title", "the record has no title")
    if len(title) > limit:
        fields.warn(f"title: has {len(title):,} characters and was cut to {limit:,}")
        title, html = _rendered(title[:limit].rpartition(" ")[0] or title[:limit])
    return title, html


def _read_abstract(fields: Fields) -> tuple[str, str]:
    raw = fields.mapping.get("abstract")
    if not isinstance(raw, str) or not raw:
        if raw is not None and raw != "":
            fields.warn("abstract: is not text and was left out")
        return "", ""
    limit = bounds.MAX_ABSTRACT_CHARS
    plain, html = _rendered(raw[: limit * _RAW_FACTOR])
    if len(raw) > limit * _RAW_FACTOR or len(plain) > limit:
        fields.warn(f"abstract: was cut to {limit:,} characters")
        plain, html = _rendered(plain[:limit].rsplit(" ", 1)[0])
    return plain, html


def _read_date(fields: Fields, name: str) -> PartialDate | None:
    """A date of the record; of a wrong one what is certain is taken, with a warning."""
    raw = fields.mapping.get(name)
    if raw is None or raw == "":
        return None
    while isinstance(raw, list) and len(raw) == 1:
        raw = raw[0]
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        fields.warn(f"{name}: is not a date; it was left out")
        return None
    try:
        return parse_date(raw)
    except InvalidDate as problem:
        certain = certain_date(raw)
        fields.warn(f"{name}: {problem}; {f'{certain.iso()} was taken' if certain else 'it was left out'}")
        return certain

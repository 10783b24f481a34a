"""Institutions, venues, topics and authors that have files of their own into the record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime

import orjson
from django.db import transaction

from common.db.sql import fetch_value
from harvest.domain.record import AuthorRecord, InstitutionRecord, TopicRecord, VenueRecord
from harvest.services.writer.batch import BatchCounts
from harvest.services.writer.corrections import corrected_fields, keep_source_values
from harvest.services.writer.people import write_authors
from harvest.services.writer.tables import copy_rows, copy_rows_with_times, execute, fetch, new_ids
from papers.domain.identifiers import Identifier
from papers.domain.venue_names import acronym_of, better_spelling, entity_key, series_of
from papers.models import RecordKind
from papers.services.record_lock import lock_record

type EntityRecord = InstitutionRecord | AuthorRecord | VenueRecord | TopicRecord
type Placed = Sequence[tuple[int, EntityRecord]]

_OWNERS = {
    RecordKind.INSTITUTION: ("papers_institution", "papers_institutionidentifier", "institution_id"),
    RecordKind.VENUE: ("papers_venue", "papers_venueidentifier", "venue_id"),
    RecordKind.TOPIC: ("papers_topic", "papers_topicidentifier", "topic_id"),
}


@transaction.atomic
def write_entities(records: Sequence[EntityRecord], *, now: datetime) -> BatchCounts:
    """Write records of one kind of thing; all of the batch or nothing is stored."""
    if not records:
        return BatchCounts()
    lock_record()
    kind = kind_of(records[0])
    news = _changed(records, kind)
    placed: Placed
    if kind is RecordKind.AUTHOR:
        placed, created = write_authors([r for r in news if isinstance(r, AuthorRecord)])
    else:
        placed, created = _upsert(kind, news)
    _write_statements(kind, placed, now)
    copy_rows("papers_change", ["kind", "object_id", "at"], [(kind.value, row_id, now) for row_id, _ in placed])
    return BatchCounts(created, len(news) - created, len(records) - len(news))


def kind_of(record: EntityRecord) -> RecordKind:
    """Which table a record is for."""
    if isinstance(record, InstitutionRecord):
        return RecordKind.INSTITUTION
    if isinstance(record, VenueRecord):
        return RecordKind.VENUE
    return RecordKind.TOPIC if isinstance(record, TopicRecord) else RecordKind.AUTHOR


def identifiers_of(record: EntityRecord) -> list[Identifier]:
    """Every identifier of the record, each once."""
    ids = list(record.ids)
    if isinstance(record, InstitutionRecord) and record.ror:
        ids.insert(0, Identifier("ror", record.ror))
    return list(dict.fromkeys(ids))


def _changed(records: Sequence[EntityRecord], kind: RecordKind) -> list[EntityRecord]:
    latest = {(record.source, record.source_key): record for record in records}
    stored = {
        (source, key): bytes(digest)
        for source, key, digest in fetch(
            """SELECT s.source, s.source_key, s.digest FROM unnest(%s::text[], %s::text[]) AS k(source, source_key)
               JOIN papers_entitystatement s ON s.kind = %s AND s.source = k.source AND s.source_key = k.source_key""",
            [[source for source, _ in latest], [key for _, key in latest], kind.value],
        )
    }
    return [record for name, record in latest.items() if stored.get(name) != record.digest]


def _upsert(kind: RecordKind, records: Sequence[EntityRecord]) -> tuple[list[tuple[int, EntityRecord]], int]:
    """The row of each record, found by identifier, or by name where the row has none of the scheme; else made."""
    table = _OWNERS[kind][0]
    known = _known(kind, records)
    corrected = corrected_fields(kind.value, set(known.values()))
    placed, new_identifiers = [], []
    fresh: dict[int, dict[str, object]] = {}
    fresh_series: dict[str, int] = {}
    placed_ids: set[int] = set()
    spare_ids = iter(new_ids(table, len(records)))
    for record in records:
        columns = _columns(record)
        row_id = _known_row(record, known)
        if row_id is None and (row_id := fresh_series.get(_series_without_issn(record)) or _by_name(kind, record)):
            corrected |= corrected_fields(kind.value, [row_id])
        if row_id is None:
            row_id = next(spare_ids)
            fresh[row_id] = columns
        elif row_id in fresh:
            if kind is RecordKind.VENUE:
                columns = _better_spelled(str(fresh[row_id]["name"]), columns, is_registered=True)
            fresh[row_id] |= _with_values(columns)
        else:
            columns = _uncorrected(columns, corrected.get(row_id, {}))
            _update(table, row_id, _renamed(row_id, record, columns, is_registered=row_id in placed_ids))
        if series := _series_without_issn(record):
            fresh_series.setdefault(series, row_id)
        for identifier in identifiers_of(record):
            if known.setdefault(identifier, row_id) == row_id:
                new_identifiers.append((row_id, identifier.scheme, identifier.value))
        placed.append((row_id, record))
        placed_ids.add(row_id)
    _write(kind, fresh, new_identifiers, placed)
    return placed, len(fresh)


def _write(
    kind: RecordKind,
    fresh: Mapping[int, Mapping[str, object]],
    identifiers: Sequence[tuple[int, str, str]],
    placed: Placed,
) -> None:
    """Write the rows that are new, by id, then identifiers and names of all."""
    if fresh:
        names = list(next(iter(fresh.values())))
        rows = [(row_id, *columns.values()) for row_id, columns in fresh.items()]
        copy_rows_with_times(_OWNERS[kind][0], ["id", *names], rows)
    if identifiers:
        _write_identifiers(kind, identifiers)
    if kind is RecordKind.INSTITUTION:
        _write_names(placed)
    if kind is RecordKind.VENUE:
        _write_venue_names(placed)


def _write_identifiers(kind: RecordKind, rows: Sequence[tuple[int, str, str]]) -> None:
    _, identifier_table, column = _OWNERS[kind]
    execute(
        f"""INSERT INTO {identifier_table} ({column}, scheme, value)
            SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING""",
        [list(values) for values in zip(*rows, strict=True)],
    )


def _known(kind: RecordKind, records: Sequence[EntityRecord]) -> dict[Identifier, int]:
    """The rows that the records' identifiers lead to, after merges."""
    _table, identifier_table, column = _OWNERS[kind]
    ids = [identifier for record in records for identifier in identifiers_of(record)]
    return {
        Identifier(scheme, value): row_id
        for scheme, value, row_id in fetch(
            f"""SELECT i.scheme, i.value, o.canonical_id
                FROM unnest(%s::text[], %s::text[]) AS k(scheme, value)
                JOIN {identifier_table} i ON i.scheme = k.scheme AND i.value = k.value
                JOIN canonical_{kind.value} o ON o.id = i.{column}""",
            [[i.scheme for i in ids], [i.value for i in ids]],
        )
    }


def _known_row(record: EntityRecord, known: Mapping[Identifier, int]) -> int | None:
    """The row that the record's ids lead to. One with a ROR id is found by that or by its OpenAlex id alone:
    registers share other ids between a university and its hospital."""
    ids = identifiers_of(record)
    if any(i.scheme == "ror" for i in ids):
        ids = [i for scheme in ("ror", "openalex") for i in ids if i.scheme == scheme]
    return next((known[i] for i in ids if i in known), None)


def _by_name(kind: RecordKind, record: EntityRecord) -> int | None:
    """A venue or topic that works named before its own record came, or the series of one that is no journal.
    Institutions need an id."""
    if kind is RecordKind.INSTITUTION:
        return None
    _table, identifier_table, column = _OWNERS[kind]
    schemes = [identifier.scheme for identifier in identifiers_of(record)]
    found: int | None = fetch_value(
        f"""SELECT o.id FROM canonical_{kind.name.lower()} o WHERE o.key = %s AND o.is_canonical AND NOT EXISTS (
                SELECT FROM {identifier_table} i WHERE i.{column} = o.id AND i.scheme = ANY(%s))
            ORDER BY o.id LIMIT 1""",
        [entity_key(record.name), schemes],
    )
    series = _series_without_issn(record)
    if found is None and series:
        found = fetch_value(
            """SELECT o.id FROM canonical_venue o WHERE o.series_key = %s AND o.is_canonical AND NOT EXISTS (
                   SELECT FROM papers_venueidentifier i WHERE i.venue_id = o.id AND i.scheme = 'issn')
               ORDER BY o.id LIMIT 1""",
            [series],
        )
    return found


def _uncorrected(columns: Mapping[str, object], corrected: Mapping[str, tuple[int, object]]) -> dict[str, object]:
    """The columns that nobody corrected; what the source says of the others is kept with their corrections."""
    keep_source_values({row_id: (columns[field], "") for field, (row_id, _) in corrected.items() if columns.get(field)})
    return {name: value for name, value in columns.items() if name not in corrected}


def _columns(record: EntityRecord) -> dict[str, object]:
    common: dict[str, object] = {"name": record.name[:500], "key": entity_key(record.name)}
    if isinstance(record, InstitutionRecord):
        return common | {
            "kind": record.kind,
            "country_code": record.country_code,
            "city": record.city,
            "latitude": record.latitude,
            "longitude": record.longitude,
            "homepage_url": record.homepage,
            "domains": orjson.dumps(record.domains).decode(),
            "established_year": record.established,
            "status": record.status or "active",
        }
    if isinstance(record, VenueRecord):
        series = series_of(record.name, record.kind).key
        return common | {"kind": record.kind, "publisher": record.publisher, "series_key": series}
    if isinstance(record, TopicRecord):
        return common | {"description": record.description, "field_name": record.field}
    return common


def _series_without_issn(record: EntityRecord) -> str:
    """The series that a venue is found by; "" for a journal and for what has an ISSN: journals may share a name."""
    is_journal = isinstance(record, VenueRecord) and record.kind == "journal"
    if not isinstance(record, VenueRecord) or is_journal or any(i.scheme == "issn" for i in record.ids):
        return ""
    return series_of(record.name, record.kind).key


def _renamed(
    row_id: int, record: EntityRecord, columns: dict[str, object], *, is_registered: bool
) -> dict[str, object]:
    """The columns of a record, and for a venue the better of the name that it has and the record's.

    is_registered: another record of this batch states the venue too; that of an earlier batch is looked up.
    """
    if not isinstance(record, VenueRecord):
        return columns
    [(name, by_another)] = fetch(
        """SELECT name, EXISTS (
               SELECT FROM papers_entitystatement e WHERE e.kind = 'venue' AND e.object_id = v.id
               AND (e.source, e.source_key) <> (%s, %s))
           FROM papers_venue v WHERE id = %s""",
        [record.source, record.source_key, row_id],
    )
    return _better_spelled(name, columns, is_registered=is_registered or by_another)


def _better_spelled(name: str, columns: dict[str, object], *, is_registered: bool) -> dict[str, object]:
    """The columns of a venue with the better spelling of the name that it has, where that is the same name or another
    record of the register states it: the same in whatever order they come."""
    if "name" not in columns:
        return columns
    shown = str(columns["name"])
    if is_registered or entity_key(name) == columns["key"]:
        shown = better_spelling(name, shown)
    series = series_of(shown, str(columns.get("kind", ""))).key
    return columns | {"name": shown, "key": entity_key(shown), "series_key": series}


def _with_values(columns: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in columns.items() if value not in ("", None, "[]")}


def _update(table: str, row_id: int, columns: Mapping[str, object]) -> None:
    known = _with_values(columns)
    changes = ", ".join(f"{name} = %s" for name in known)
    execute(f"UPDATE {table} SET {changes}, changed_at = now() WHERE id = %s", [*known.values(), row_id])


def _write_names(placed: Placed) -> None:
    rows = {
        (row_id, name.name[:500], entity_key(name.name), name.kind, name.language[:8])
        for row_id, record in placed
        if isinstance(record, InstitutionRecord)
        for name in record.names
    }
    if rows:
        execute(
            """INSERT INTO papers_institutionname (institution_id, name, key, kind, language)
               SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
               ON CONFLICT DO NOTHING""",
            [list(values) for values in zip(*sorted(rows), strict=True)],
        )


def _write_venue_names(placed: Placed) -> None:
    """The name under which a register states each venue. Its other names are left out: registers list acronyms that
    several venues share. Of the spellings of one name the best stands, whether works or the register came first."""
    stated = {(row_id, entity_key(record.name)): record.name[:500] for row_id, record in placed}
    known = fetch(
        "SELECT venue_id, key, name FROM papers_venuename WHERE venue_id = ANY(%s)", [[pk for pk, _ in stated]]
    )
    for row_id, key, name in known:
        if (row_id, key) in stated:
            stated[row_id, key] = better_spelling(stated[row_id, key], name)
    rows = [(row_id, name, key, acronym_of(name)) for (row_id, key), name in stated.items()]
    execute(
        """INSERT INTO papers_venuename (venue_id, name, key, acronym, is_decided)
           SELECT k.*, false FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS k ON CONFLICT (key, venue_id)
           DO UPDATE SET name = excluded.name WHERE papers_venuename.name <> excluded.name""",
        [list(values) for values in zip(*sorted(rows), strict=True)],
    )


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_statements(kind: RecordKind, placed: Placed, now: datetime) -> None:
    execute(
        """DELETE FROM papers_entitystatement e USING unnest(%s::text[], %s::text[]) AS k(source, source_key)
           WHERE e.kind = %s AND e.source = k.source AND e.source_key = k.source_key""",
        [[r.source for _, r in placed], [r.source_key for _, r in placed], kind.value],
    )
    default: Callable[[object], object] = _plain
    copy_rows(
        "papers_entitystatement",
        ["kind", "object_id", "source", "source_key", "digest", "statement", "first_seen_at", "changed_at"],
        [
            (kind.value, row_id, r.source, r.source_key, r.digest, _statement(r, default), now, now)
            for row_id, r in placed
        ],
    )


def _statement(record: EntityRecord, default: Callable[[object], object]) -> str:
    said = {name: value for name, value in asdict(record).items() if name not in ("digest", "warnings")}
    return orjson.dumps(said, default=default).decode()


def relate_institutions() -> int:
    """Make the register's tree of what all stored statements say of parents and children; returns the new edges."""
    return execute(
        """WITH stated AS (
               SELECT s.object_id AS parent_id, c ->> 'scheme' AS scheme, c ->> 'value' AS value, true AS down
               FROM papers_entitystatement s, jsonb_array_elements(s.statement -> 'children') c
               WHERE s.kind = 'institution'
               UNION ALL
               SELECT s.object_id, c ->> 'scheme', c ->> 'value', false
               FROM papers_entitystatement s, jsonb_array_elements(s.statement -> 'parents') c
               WHERE s.kind = 'institution'
           )
           INSERT INTO papers_institutionrelation (parent_id, child_id)
           SELECT DISTINCT CASE WHEN down THEN t.parent_id ELSE i.institution_id END,
                           CASE WHEN down THEN i.institution_id ELSE t.parent_id END
           FROM stated t JOIN papers_institutionidentifier i ON i.scheme = t.scheme AND i.value = t.value
           WHERE i.institution_id <> t.parent_id
           ON CONFLICT DO NOTHING""",
        [],
    )

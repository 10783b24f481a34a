"""Drafts into the tables of the record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import orjson

from harvest.domain.record import WorkRecord
from harvest.services.candidates import Heading
from harvest.services.mentions import Mention
from harvest.services.resolution import Resolver
from harvest.services.writer.corrections import corrected_venues
from harvest.services.writer.decided import Decided, decided_bylines
from harvest.services.writer.doubts import hide_emptied, write_doubts, write_kinds
from harvest.services.writer.tables import copy_rows, execute, fetch, new_ids
from harvest.services.writer.topics_and_institutions import Categories, Institutions, Topics
from harvest.services.writer.upsert import Upsert
from harvest.services.writer.venues import Venues
from harvest.services.writer.versions import write_locations, write_relations
from identity.services.marking import mark_blocks
from papers.domain.ranking import relevance
from papers.domain.titles import title_hash

_PAPER_COLUMNS = (
    "id",
    "title",
    "title_html",
    "abstract",
    "abstract_html",
    "kind",
    "published_date",
    "published_precision",
    "updated_date",
    "venue_id",
    "primary_category_id",
    "language",
    "license",
    "comment",
    "is_retracted",
    "notice",
    "author_count",
    "authors_total",
    "is_authors_truncated",
    "contributors",
    "references_total",
    "reported_citation_count",
    "counted_citation_count",
    "shown_citation_count",
    "title_hash",
    "first_family_key",
    "field_sources",
    "created_at",
    "changed_at",
)
_STATEMENT_COLUMNS = (
    "paper_id",
    "source",
    "source_key",
    "digest",
    "other_digests",
    "statement",
    "first_seen_at",
    "changed_at",
)
_KEPT_ON_UPDATE = {"id", "created_at", "counted_citation_count"}
_SET = ", ".join(f"{name} = s.{name}" for name in _PAPER_COLUMNS if name not in _KEPT_ON_UPDATE)


def write_papers(upserts: Sequence[Upsert], *, now: datetime) -> None:
    """Store the drafts' works with all that belongs to each; existing ones are replaced part by part."""
    categories, venues = Categories(upserts), Venues(upserts)
    venue_ids = {upsert.paper_id: venues.id_of(upsert.record.venue) for upsert in upserts}
    venue_ids |= corrected_venues(upserts, venue_ids)
    rows = {upsert.paper_id: _paper_row(upsert, categories, venue_ids, now) for upsert in upserts}
    fresh = [upsert for upsert in upserts if upsert.is_new]
    known = [upsert for upsert in upserts if not upsert.is_new]
    copy_rows("papers_paper", _PAPER_COLUMNS, [rows[upsert.paper_id] for upsert in fresh])
    kept = _replace(known, [rows[upsert.paper_id] for upsert in known]) if known else {}
    _write_identifiers(upserts)
    _write_subjects(upserts, categories, Topics(upserts))
    _write_bylines(upserts, kept, _headings(upserts, categories), now)
    _write_links(upserts)
    write_locations(upserts, venues)
    write_relations(upserts, now=now)
    copy_rows("papers_papersearch", ["paper_id", "is_stale"], [(upsert.paper_id, True) for upsert in upserts])


def _paper_row(
    upsert: Upsert, categories: Categories, venue_ids: Mapping[int, int | None], now: datetime
) -> tuple[object, ...]:
    record = upsert.record
    primary = record.categories[0] if record.categories else None
    return (
        upsert.paper_id,
        record.title,
        record.title_html,
        record.abstract,
        record.abstract_html,
        record.kind or "other",
        upsert.published,
        record.published.precision if record.published else "",
        record.updated,
        venue_ids[upsert.paper_id],
        categories.ids[primary.scheme, primary.code] if primary else None,
        record.language[:16],
        record.license,
        record.comment,
        upsert.is_retracted,
        upsert.notice,
        len(record.authors),
        record.authors_total,
        record.is_authors_truncated,
        _contributors(record),
        record.references_total,
        upsert.reported,
        upsert.counted,
        upsert.shown,
        title_hash(record.title_key),
        record.first_family_key,
        orjson.dumps(upsert.field_sources).decode(),
        now,
        now,
    )


def _contributors(record: WorkRecord) -> str:
    """Editors and others as JSON: name, role and the parts that are not empty."""
    if not record.contributors:
        return "[]"
    names = ("name", "role", "given", "family", "particle", "suffix")
    rows = [
        {name: value for name in names if (value := getattr(one, name))}
        | ({"is_group": True} if one.kind == "group" else {})
        for one in record.contributors
    ]
    return orjson.dumps(rows).decode()


def _replace(known: Sequence[Upsert], rows: Sequence[tuple[object, ...]]) -> dict[tuple[int, str], int]:
    """Update existing papers and clear what will be written anew; returns their authors by (paper, printed name)."""
    execute(
        "CREATE TEMP TABLE IF NOT EXISTS staged_paper (LIKE papers_paper INCLUDING DEFAULTS) ON COMMIT DELETE ROWS",
        [],
    )
    execute("TRUNCATE staged_paper", [])
    copy_rows("staged_paper", _PAPER_COLUMNS, rows)
    execute(f"UPDATE papers_paper p SET {_SET} FROM staged_paper s WHERE p.id = s.id", [])
    ids = [upsert.paper_id for upsert in known]
    kept = {
        (paper_id, printed): author_id
        for paper_id, printed, author_id in fetch(
            """SELECT paper_id, printed_name, author_id FROM papers_authorship
               WHERE paper_id = ANY(%s) ORDER BY position DESC""",
            [ids],
        )
    }
    execute(
        """INSERT INTO papers_change (kind, object_id, at)
           SELECT DISTINCT 'author', author_id, now() FROM papers_authorship WHERE paper_id = ANY(%s)""",
        [ids],
    )
    for table in (
        "papers_authorshipinstitution",
        "papers_authorship",
        "papers_papercategory",
        "papers_papertopic",
        "papers_paperversion",
        "papers_paperlink",
        "papers_papersearch",
    ):
        execute(f"DELETE FROM {table} WHERE paper_id = ANY(%s)", [ids])
    return kept


def _write_identifiers(upserts: Sequence[Upsert]) -> None:
    rows = [(upsert.paper_id, i.scheme, i.value) for upsert in upserts for i in upsert.record.ids]
    if any(not upsert.is_new for upsert in upserts) or any(scheme == "isbn" for _paper, scheme, _value in rows):
        execute(
            """INSERT INTO papers_paperidentifier (paper_id, scheme, value)
               SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING""",
            [list(column) for column in zip(*rows, strict=True)],
        )
    else:
        copy_rows("papers_paperidentifier", ["paper_id", "scheme", "value"], rows)


def _write_subjects(upserts: Sequence[Upsert], categories: Categories, topics: Topics) -> None:
    copy_rows(
        "papers_papercategory",
        ["paper_id", "category_id", "position", "published_date"],
        (
            (upsert.paper_id, categories.ids[category.scheme, category.code], place, upsert.keyset_date)
            for upsert in upserts
            for place, category in enumerate(upsert.record.categories, 1)
        ),
    )
    rows: dict[tuple[int, int], tuple[object, ...]] = {}
    for upsert in upserts:
        for topic in upsert.record.topics:
            topic_id = topics.id_of(topic)
            rows.setdefault((upsert.paper_id, topic_id), (upsert.paper_id, topic_id, topic.score, upsert.keyset_date))
    copy_rows("papers_papertopic", ["paper_id", "topic_id", "score", "published_date"], rows.values())


def _headings(upserts: Sequence[Upsert], categories: Categories) -> dict[int, Heading]:
    """Title and first category of each work."""
    return {
        upsert.paper_id: (
            upsert.record.title,
            next((categories.ids[one.scheme, one.code] for one in upsert.record.categories), None),
        )
        for upsert in upserts
    }


def _write_bylines(
    upserts: Sequence[Upsert], kept: dict[tuple[int, str], int], headings: Mapping[int, Heading], now: datetime
) -> None:
    decided = decided_bylines(upsert.paper_id for upsert in upserts if not upsert.is_new)
    mentions = [mention for upsert in upserts for mention in _mentions(upsert, kept, decided.get(upsert.paper_id))]
    resolver = Resolver(mentions, headings)
    resolver.resolve_full_names()
    authorship_ids = new_ids("papers_authorship", len(mentions))
    by_paper = {upsert.paper_id: upsert for upsert in upserts}
    pairs = list(zip(mentions, authorship_ids, strict=True))
    _copy_authorships([pair for pair in pairs if pair[0].author_id], by_paper)
    waiting = [pair for pair in pairs if not pair[0].author_id]
    resolver.resolve_initials()
    _copy_authorships(waiting, by_paper)
    _write_affiliations(pairs, by_paper)
    write_doubts(resolver.doubtful, now=now)
    write_kinds(mentions)
    mark_blocks((mention.parts for mention in mentions), now=now)
    hide_emptied(kept)


def _mentions(upsert: Upsert, kept: Mapping[tuple[int, str], int], decided: Decided | None) -> Iterator[Mention]:
    authors = upsert.record.authors
    pinned = decided.pinned([author.name for author in authors]) if decided else {}
    for position, author in enumerate(authors, 1):
        mention = Mention(
            upsert.paper_id, position, author.parts, author.ids, len(authors), kept.get((upsert.paper_id, author.name))
        )
        if decided:
            mention.pinned, mention.barred = pinned.get(position), decided.barred
        yield mention


def _copy_authorships(pairs: Sequence[tuple[Mention, int]], by_paper: dict[int, Upsert]) -> None:
    copy_rows(
        "papers_authorship",
        [
            "id",
            "paper_id",
            "position",
            "author_id",
            "printed_name",
            "given",
            "family",
            "particle",
            "suffix",
            "is_group",
            "role",
            "raw_affiliation",
            "is_corresponding",
            "published_date",
            "shown_citation_count",
            "relevance",
        ],
        _authorship_rows(pairs, by_paper),
    )


def _authorship_rows(pairs: Sequence[tuple[Mention, int]], by_paper: dict[int, Upsert]) -> Iterator[tuple[object, ...]]:
    upsert: Upsert | None = None
    for mention, row_id in pairs:
        if upsert is None or upsert.paper_id != mention.paper_id:
            upsert = by_paper[mention.paper_id]
            authors, shown, published = upsert.record.authors, upsert.shown, upsert.published
            sorting = (upsert.keyset_date, shown, relevance(citations=shown, published=published))
        author = authors[mention.position - 1]
        yield (
            row_id,
            mention.paper_id,
            mention.position,
            mention.author_id,
            mention.printed,
            author.given,
            author.family,
            author.particle,
            author.suffix,
            author.kind == "group",
            author.role,
            author.raw_affiliation,
            author.is_corresponding,
            *sorting,
        )


def _write_affiliations(pairs: Sequence[tuple[Mention, int]], by_paper: dict[int, Upsert]) -> None:
    institutions = Institutions(by_paper.values())
    rows = {}
    for mention, row_id in pairs:
        upsert = by_paper[mention.paper_id]
        for affiliation in upsert.record.authors[mention.position - 1].affiliations:
            institution_id = institutions.id_of(affiliation)
            if institution_id is not None:
                rows[row_id, institution_id] = (row_id, institution_id, mention.paper_id, upsert.keyset_date)
    copy_rows(
        "papers_authorshipinstitution",
        ["authorship_id", "institution_id", "paper_id", "published_date"],
        rows.values(),
    )


def _write_links(upserts: Sequence[Upsert]) -> None:
    copy_rows(
        "papers_paperversion",
        ["paper_id", "number", "submitted_date"],
        [(upsert.paper_id, v.number, v.submitted) for upsert in upserts for v in upsert.record.versions],
    )
    copy_rows(
        "papers_paperlink",
        ["paper_id", "kind", "url"],
        {(upsert.paper_id, link.kind[:16], link.url) for upsert in upserts for link in upsert.record.links},
    )


def write_statements(
    upserts: Sequence[Upsert], replaced: Mapping[tuple[str, str], Sequence[bytes]], *, now: datetime
) -> None:
    """Keep what each source said of the drafts, and how often it says they are cited.

    `replaced` has, by (source, key), the digests of this run that the record stands in for.
    """
    sources = [(upsert, record) for upsert in upserts for record in upsert.sources]
    known = [record for upsert, record in sources if not upsert.is_new]
    execute(
        """DELETE FROM papers_paperstatement p USING unnest(%s::text[], %s::text[]) AS k(source, source_key)
           WHERE p.source = k.source AND p.source_key = k.source_key""",
        [[r.source for r in known], [r.source_key for r in known]],
    )
    rows = (
        (
            d.paper_id,
            r.source,
            r.source_key,
            r.digest,
            list(replaced.get((r.source, r.source_key), ())) or "{}",
            r.statement.decode(),
            now,
            now,
        )
        for d, r in sources
    )
    copy_rows("papers_paperstatement", _STATEMENT_COLUMNS, rows)
    _write_reported(sources)


def _write_reported(sources: Sequence[tuple[Upsert, WorkRecord]]) -> None:
    reported = {
        (upsert.paper_id, record.source): (record.cited_by_count, record.cited_by_date)
        for upsert, record in sources
        if record.cited_by_count is not None
    }
    if reported:
        rows = [(*key, *figures) for key, figures in reported.items()]
        execute(
            """INSERT INTO papers_reportedcitations (paper_id, source, count, as_of_date)
               SELECT * FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::date[])
               ON CONFLICT (paper_id, source) DO UPDATE SET count = excluded.count, as_of_date = excluded.as_of_date""",
            [list(column) for column in zip(*rows, strict=True)],
        )

"""Drafts into the tables of the record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import orjson

from harvest.domain.record import WorkRecord
from harvest.services.resolution import Mention, Resolver
from harvest.services.writer.corrections import corrected_venues
from harvest.services.writer.decided import Decided, decided_bylines
from harvest.services.writer.doubts import hide_emptied, write_doubts, write_kinds
from harvest.services.writer.draft import Draft
from harvest.services.writer.places import Categories, Institutions, Topics
from harvest.services.writer.tables import copy_rows, execute, fetch, new_ids
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


def write_papers(drafts: Sequence[Draft], *, now: datetime) -> None:
    """Store the drafts' works with all that belongs to each; existing ones are replaced part by part."""
    categories, venues = Categories(drafts), Venues(drafts)
    venue_ids = {draft.paper_id: venues.id_of(draft.record.venue) for draft in drafts}
    venue_ids |= corrected_venues(drafts, venue_ids)
    rows = {draft.paper_id: _paper_row(draft, categories, venue_ids, now) for draft in drafts}
    fresh = [draft for draft in drafts if draft.is_new]
    known = [draft for draft in drafts if not draft.is_new]
    copy_rows("papers_paper", _PAPER_COLUMNS, [rows[draft.paper_id] for draft in fresh])
    kept = _replace(known, [rows[draft.paper_id] for draft in known]) if known else {}
    _write_identifiers(drafts)
    _write_subjects(drafts, categories, Topics(drafts))
    _write_bylines(drafts, kept, now)
    _write_links(drafts)
    write_locations(drafts, venues)
    write_relations(drafts, now=now)
    copy_rows("papers_papersearch", ["paper_id", "is_stale"], [(draft.paper_id, True) for draft in drafts])


def _paper_row(
    draft: Draft, categories: Categories, venue_ids: Mapping[int, int | None], now: datetime
) -> tuple[object, ...]:
    record = draft.record
    primary = record.categories[0] if record.categories else None
    return (
        draft.paper_id,
        record.title,
        record.title_html,
        record.abstract,
        record.abstract_html,
        record.kind or "other",
        draft.published,
        record.published.precision if record.published else "",
        record.updated,
        venue_ids[draft.paper_id],
        categories.ids[primary.scheme, primary.code] if primary else None,
        record.language[:16],
        record.license,
        record.comment,
        draft.is_retracted,
        draft.notice,
        len(record.authors),
        record.authors_total,
        record.is_authors_truncated,
        _contributors(record),
        record.references_total,
        draft.reported,
        draft.counted,
        draft.shown,
        title_hash(record.title_key),
        record.first_family_key,
        orjson.dumps(draft.field_sources).decode(),
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


def _replace(known: Sequence[Draft], rows: Sequence[tuple[object, ...]]) -> dict[tuple[int, str], int]:
    """Update existing papers and clear what will be written anew; returns their authors by (paper, printed name)."""
    execute(
        "CREATE TEMP TABLE IF NOT EXISTS staged_paper (LIKE papers_paper INCLUDING DEFAULTS) ON COMMIT DELETE ROWS",
        [],
    )
    execute("TRUNCATE staged_paper", [])
    copy_rows("staged_paper", _PAPER_COLUMNS, rows)
    execute(f"UPDATE papers_paper p SET {_SET} FROM staged_paper s WHERE p.id = s.id", [])
    ids = [draft.paper_id for draft in known]
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


def _write_identifiers(drafts: Sequence[Draft]) -> None:
    rows = [(draft.paper_id, i.scheme, i.value) for draft in drafts for i in draft.record.ids]
    if any(not draft.is_new for draft in drafts) or any(scheme == "isbn" for _paper, scheme, _value in rows):
        execute(
            """INSERT INTO papers_paperidentifier (paper_id, scheme, value)
               SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING""",
            [list(column) for column in zip(*rows, strict=True)],
        )
    else:
        copy_rows("papers_paperidentifier", ["paper_id", "scheme", "value"], rows)


def _write_subjects(drafts: Sequence[Draft], categories: Categories, topics: Topics) -> None:
    copy_rows(
        "papers_papercategory",
        ["paper_id", "category_id", "position", "published_date"],
        (
            (draft.paper_id, categories.ids[category.scheme, category.code], place, draft.keyset_date)
            for draft in drafts
            for place, category in enumerate(draft.record.categories, 1)
        ),
    )
    rows: dict[tuple[int, int], tuple[object, ...]] = {}
    for draft in drafts:
        for topic in draft.record.topics:
            topic_id = topics.id_of(topic)
            rows.setdefault((draft.paper_id, topic_id), (draft.paper_id, topic_id, topic.score, draft.keyset_date))
    copy_rows("papers_papertopic", ["paper_id", "topic_id", "score", "published_date"], rows.values())


def _write_bylines(drafts: Sequence[Draft], kept: dict[tuple[int, str], int], now: datetime) -> None:
    decided = decided_bylines(draft.paper_id for draft in drafts if not draft.is_new)
    mentions = [mention for draft in drafts for mention in _mentions(draft, kept, decided.get(draft.paper_id))]
    resolver = Resolver(mentions)
    resolver.resolve_full_names()
    authorship_ids = new_ids("papers_authorship", len(mentions))
    by_paper = {draft.paper_id: draft for draft in drafts}
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


def _mentions(draft: Draft, kept: Mapping[tuple[int, str], int], decided: Decided | None) -> Iterator[Mention]:
    authors = draft.record.authors
    pinned = decided.pinned([author.name for author in authors]) if decided else {}
    for position, author in enumerate(authors, 1):
        mention = Mention(
            draft.paper_id, position, author.parts, author.ids, len(authors), kept.get((draft.paper_id, author.name))
        )
        if decided:
            mention.pinned, mention.barred = pinned.get(position), decided.barred
        yield mention


def _copy_authorships(pairs: Sequence[tuple[Mention, int]], by_paper: dict[int, Draft]) -> None:
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


def _authorship_rows(pairs: Sequence[tuple[Mention, int]], by_paper: dict[int, Draft]) -> Iterator[tuple[object, ...]]:
    draft: Draft | None = None
    for mention, row_id in pairs:
        if draft is None or draft.paper_id != mention.paper_id:
            draft = by_paper[mention.paper_id]
            authors, shown, published = draft.record.authors, draft.shown, draft.published
            sorting = (draft.keyset_date, shown, relevance(citations=shown, published=published))
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


def _write_affiliations(pairs: Sequence[tuple[Mention, int]], by_paper: dict[int, Draft]) -> None:
    institutions = Institutions(by_paper.values())
    rows = {}
    for mention, row_id in pairs:
        draft = by_paper[mention.paper_id]
        for affiliation in draft.record.authors[mention.position - 1].affiliations:
            institution_id = institutions.id_of(affiliation)
            if institution_id is not None:
                rows[row_id, institution_id] = (row_id, institution_id, mention.paper_id, draft.keyset_date)
    copy_rows(
        "papers_authorshipinstitution",
        ["authorship_id", "institution_id", "paper_id", "published_date"],
        rows.values(),
    )


def _write_links(drafts: Sequence[Draft]) -> None:
    copy_rows(
        "papers_paperversion",
        ["paper_id", "number", "submitted_date"],
        [(draft.paper_id, v.number, v.submitted) for draft in drafts for v in draft.record.versions],
    )
    copy_rows(
        "papers_paperlink",
        ["paper_id", "kind", "url"],
        {(draft.paper_id, link.kind[:16], link.url) for draft in drafts for link in draft.record.links},
    )


def write_statements(
    drafts: Sequence[Draft], replaced: Mapping[tuple[str, str], Sequence[bytes]], *, now: datetime
) -> None:
    """Keep what each source said of the drafts, and how often it says they are cited.

    `replaced` has, by (source, key), the digests of this run that the record stands in for.
    """
    sources = [(draft, record) for draft in drafts for record in draft.sources]
    known = [record for draft, record in sources if not draft.is_new]
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


def _write_reported(sources: Sequence[tuple[Draft, WorkRecord]]) -> None:
    reported = {
        (draft.paper_id, record.source): (record.cited_by_count, record.cited_by_date)
        for draft, record in sources
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

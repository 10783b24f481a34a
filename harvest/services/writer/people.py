"""Authors that a source has put together itself."""

from collections.abc import Sequence

from common.db.sql import fetch_value
from harvest.domain.record import AuthorRecord
from harvest.services.mentions import Mention
from harvest.services.resolution import Resolver
from harvest.services.writer.corrections import corrected_fields
from harvest.services.writer.tables import execute, fetch
from papers.domain.name_parts import NameParts
from papers.domain.names import search_text


def write_authors(records: Sequence[AuthorRecord]) -> tuple[list[tuple[int, AuthorRecord]], int]:
    """The author row of each record, made where its ids and name lead to none; and how many were made.

    Other names the source knows become names to be found by; the printed name stays what it is on the record that
    first made the author, unless that one has initials only.
    """
    if not records:
        return [], 0
    mentions = [Mention(-place, 1, NameParts(r.name), r.ids, 1) for place, r in enumerate(records, 1)]
    before = fetch_value("SELECT coalesce(max(id), 0) FROM papers_author")
    Resolver(mentions).resolve_full_names()
    placed = [(m.author_id, r) for m, r in zip(mentions, records, strict=True) if m.author_id]
    created = sum(1 for author_id in {author_id for author_id, _ in placed} if author_id > before)
    _write_names(placed)
    _write_affiliations(placed)
    return placed, created


def _write_names(placed: Sequence[tuple[int, AuthorRecord]]) -> None:
    rows = [(author_id, name[:300]) for author_id, r in placed for name in (r.name, *r.name_variants)]
    execute(
        """INSERT INTO papers_authorname (author_id, name)
           SELECT DISTINCT * FROM unnest(%s::bigint[], %s::text[]) ON CONFLICT DO NOTHING""",
        [list(values) for values in zip(*rows, strict=True)],
    )
    corrected = corrected_fields("author", {author_id for author_id, _ in placed})
    inherited = _inherited_names([author_id for author_id, _ in placed])
    texts = [
        (
            author_id,
            search_text(
                [
                    r.name,
                    *r.name_variants,
                    corrected.get(author_id, {}).get("name", (0, ""))[1],
                    *inherited.get(author_id, ()),
                ]
            ),
        )
        for author_id, r in placed
    ]
    execute(
        """UPDATE papers_author a SET search_text = t.text, changed_at = now()
           FROM unnest(%s::bigint[], %s::text[]) AS t(id, text) WHERE a.id = t.id AND NOT a.has_private_names""",
        [list(values) for values in zip(*texts, strict=True)],
    )


def _inherited_names(author_ids: Sequence[int]) -> dict[int, list[str]]:
    """Of authors that others were merged into, every name that came with these."""
    names: dict[int, list[str]] = {}
    for author_id, name in fetch(
        """SELECT m.canonical_id, m.name FROM canonical_author m WHERE m.merge_target_id = ANY(%s)
           UNION
           SELECT n.author_id, n.name FROM papers_authorname n
           WHERE n.author_id IN (SELECT canonical_id FROM canonical_author WHERE merge_target_id = ANY(%s))
           ORDER BY 1, 2""",
        [list(author_ids), list(author_ids)],
    ):
        names.setdefault(author_id, []).append(name)
    return names


def _write_affiliations(placed: Sequence[tuple[int, AuthorRecord]]) -> None:
    """The institutions that each source names now, its first at position 1; those that it named before stand behind."""
    rows = [
        (author_id, r.source, place, a.ror or "", a.openalex or "")
        for author_id, r in placed
        for place, a in enumerate(r.affiliations, 1)
    ]
    if not rows:
        return
    counts: dict[tuple[int, str], int] = {}
    for author_id, source, place, _ror, _openalex in rows:
        counts[author_id, source] = max(place, counts.get((author_id, source), 0))
    execute(
        """UPDATE papers_authoraffiliation f SET position = least(f.position + s.named, 30000)
           FROM unnest(%s::bigint[], %s::text[], %s::int[]) AS s(author_id, source, named)
           WHERE f.author_id = s.author_id AND f.source = s.source""",
        [[pk for pk, _ in counts], [source for _, source in counts], list(counts.values())],
    )
    execute(
        """INSERT INTO papers_authoraffiliation (author_id, source, position, institution_id)
           SELECT DISTINCT ON (s.author_id, s.source, i.institution_id) s.author_id, s.source, s.position, i.institution_id
           FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::text[], %s::text[])
                AS s(author_id, source, position, ror, openalex)
           JOIN papers_institutionidentifier i
             ON (i.scheme = 'ror' AND i.value = s.ror) OR (i.scheme = 'openalex' AND i.value = s.openalex)
           ORDER BY s.author_id, s.source, i.institution_id, s.position
           ON CONFLICT (author_id, institution_id, source) DO UPDATE SET position = excluded.position""",
        [list(values) for values in zip(*rows, strict=True)],
    )

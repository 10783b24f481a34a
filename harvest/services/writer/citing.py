"""Edges between works, whichever of the two comes first."""

from collections.abc import Sequence

from harvest.services.writer.tables import execute
from harvest.services.writer.upsert import Upsert


def write_references(upserts: Sequence[Upsert]) -> None:
    """Store the references that this batch states: an edge where the cited work is here, else the reference."""
    rows = [
        (upsert.paper_id, place, identifier.scheme, identifier.value, record.source)
        for upsert in upserts
        for record in upsert.sources
        for place, reference in enumerate(record.references)
        for identifier in reference.ids
    ]
    if not rows:
        return
    citing, places, schemes, values, sources = (list(column) for column in zip(*rows, strict=True))
    execute(
        """WITH stated AS (
               SELECT r.*, i.paper_id AS cited
               FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::text[], %s::text[])
                    AS r(citing, place, scheme, value, source)
               LEFT JOIN papers_paperidentifier i ON i.scheme = r.scheme AND i.value = r.value
           ), edges AS (
               INSERT INTO papers_citation (citing_id, cited_id, source)
               SELECT DISTINCT ON (citing, cited) citing, cited, source FROM stated
               WHERE cited IS NOT NULL AND cited <> citing ORDER BY citing, cited
               ON CONFLICT DO NOTHING
           )
           INSERT INTO papers_unresolvedreference (citing_id, scheme, value, source)
           SELECT DISTINCT ON (s.citing, s.scheme, s.value) s.citing, s.scheme, s.value, s.source FROM stated s
           WHERE NOT EXISTS (
               SELECT FROM stated o WHERE o.citing = s.citing AND o.place = s.place AND o.source = s.source
                 AND o.cited IS NOT NULL)
           ORDER BY s.citing, s.scheme, s.value
           ON CONFLICT DO NOTHING""",
        [citing, places, schemes, values, sources],
    )


def resolve_waiting(identifiers: Sequence[tuple[int, str, str]]) -> None:
    """Turn references that waited for these identifiers, given as (paper, scheme, value), into edges."""
    if not identifiers:
        return
    execute(
        """WITH arrived AS (
               SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS a(paper_id, scheme, value)
           ), taken AS (
               DELETE FROM papers_unresolvedreference u USING arrived a
               WHERE u.scheme = a.scheme AND u.value = a.value
               RETURNING u.citing_id, a.paper_id, u.source
           )
           INSERT INTO papers_citation (citing_id, cited_id, source)
           SELECT DISTINCT ON (citing_id, paper_id) citing_id, paper_id, source FROM taken
           WHERE citing_id <> paper_id ORDER BY citing_id, paper_id
           ON CONFLICT DO NOTHING""",
        [list(column) for column in zip(*identifiers, strict=True)],
    )

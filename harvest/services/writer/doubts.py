"""What the names of a batch say against what was known: identifiers not believed, and authors that are no people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from common.richtext.text import without_controls
from harvest.services.mentions import Mention
from harvest.services.resolution import Doubt
from harvest.services.writer.tables import execute
from papers.domain.name_parts import read_names


def write_doubts(doubts: Sequence[Doubt], *, now: datetime) -> None:
    """Keep for curators each identifier that a name was not believed to have; one that waits already is left."""
    if not doubts:
        return
    rows = [
        (
            doubt.mention.paper_id,
            doubt.mention.printed,
            doubt.identifier.scheme,
            doubt.identifier.value,
            doubt.mention.author_id,
            doubt.holder_id,
        )
        for doubt in doubts
        if doubt.mention.paper_id > 0 and doubt.mention.author_id
    ]
    if not rows:
        return
    execute(
        """INSERT INTO papers_doubtfulidentifier (paper_id, printed_name, scheme, value, author_id, holder_id, at)
           SELECT *, %s FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
           ON CONFLICT DO NOTHING""",
        [now, *(list(column) for column in zip(*rows, strict=True))],
    )


def write_kinds(mentions: Iterable[Mention]) -> None:
    """Take the page from authors made before it was known that their name is a group's, or nobody's."""
    known = {
        mention.author_id: mention.parts.kind
        for mention in mentions
        if mention.parts.kind != "person" and mention.kept is not None and mention.pinned is None
    }
    if known:
        execute(
            """UPDATE papers_author a SET kind = k.kind, is_listed = false, changed_at = now()
               FROM unnest(%s::bigint[], %s::text[]) AS k(id, kind) WHERE a.id = k.id AND a.kind = 'person'""",
            [list(known), list(known.values())],
        )


def hide_emptied(kept: Mapping[tuple[int, str], int]) -> None:
    """Take the page from authors that were lists, groups or nobody by name, or whose name was misread, once no byline is
    left to them.

    `kept` has the authors of the bylines as they were, by (paper, printed name).
    """
    doubtful = {
        author_id
        for (_paper, printed), author_id in kept.items()
        if [(one.kind, one.name) for one in read_names(without_controls(printed))] != [("person", printed)]
    }
    if doubtful:
        execute(
            """UPDATE papers_author a SET kind = 'other', is_listed = false, changed_at = now()
               WHERE a.id = ANY(%s) AND a.kind = 'person' AND a.id IN (SELECT id FROM canonical_author WHERE is_canonical)
                 AND NOT EXISTS (SELECT FROM papers_authorship s WHERE s.author_id = a.id)""",
            [list(doubtful)],
        )

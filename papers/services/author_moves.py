"""Rows of one author that become another's, each noted with where it came from. Statements for merges and splits to run."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

_NOTE = "INSERT INTO papers_recordmove (revision_id, what, row_id, paper_id, number, value, from_author_id, to_author_id, before, after)"

BYLINES = f"""
WITH moved AS (
    UPDATE papers_authorship s SET author_id = %(to)s FROM papers_authorship o
    WHERE s.id = o.id AND o.author_id = ANY(%(from)s)
      AND (%(papers)s::bigint[] IS NULL OR o.paper_id = ANY(%(papers)s::bigint[]))
    RETURNING s.id, s.paper_id, s.position, s.printed_name, o.author_id
)
{_NOTE}
SELECT %(revision)s, 'byline', id, paper_id, position, printed_name, author_id, %(to)s, '', '' FROM moved
"""

# A name that the other record has as well stays where it is.
NAMES = f"""
WITH chosen AS (
    SELECT DISTINCT ON (name) id, author_id FROM papers_authorname n
    WHERE author_id = ANY(%(from)s) AND (%(names)s::bigint[] IS NULL OR id = ANY(%(names)s::bigint[]))
      AND NOT EXISTS (SELECT FROM papers_authorname o WHERE o.author_id = %(to)s AND o.name = n.name)
    ORDER BY name, id
), moved AS (
    UPDATE papers_authorname n SET author_id = %(to)s FROM chosen c WHERE n.id = c.id
    RETURNING n.id, n.name, c.author_id
)
{_NOTE}
SELECT %(revision)s, 'name', id, NULL, NULL, name, author_id, %(to)s, '', '' FROM moved
"""

IDENTIFIERS = f"""
WITH moved AS (
    UPDATE papers_authoridentifier i SET author_id = %(to)s FROM papers_authoridentifier o
    WHERE i.id = o.id AND o.author_id = ANY(%(from)s)
      AND (%(identifiers)s::bigint[] IS NULL OR o.id = ANY(%(identifiers)s::bigint[]))
    RETURNING i.id, i.scheme, i.value, o.author_id
)
{_NOTE}
SELECT %(revision)s, 'identifier', id, NULL, NULL, scheme || ':' || value, author_id, %(to)s, '', '' FROM moved
"""

AFFILIATIONS = f"""
WITH chosen AS (
    SELECT DISTINCT ON (institution_id, source) id, author_id FROM papers_authoraffiliation a
    WHERE author_id = ANY(%(from)s) AND NOT EXISTS (
        SELECT FROM papers_authoraffiliation o WHERE o.author_id = %(to)s
          AND o.institution_id = a.institution_id AND o.source = a.source)
    ORDER BY institution_id, source, id
), moved AS (
    UPDATE papers_authoraffiliation a SET author_id = %(to)s FROM chosen c WHERE a.id = c.id
    RETURNING a.id, a.institution_id, a.source, c.author_id
)
{_NOTE}
SELECT %(revision)s, 'affiliation', id, NULL, institution_id, source, author_id, %(to)s, '', '' FROM moved
"""

STATEMENTS = f"""
WITH moved AS (
    UPDATE papers_entitystatement e SET object_id = %(to)s FROM papers_entitystatement o
    WHERE e.id = o.id AND o.kind = 'author' AND o.object_id = ANY(%(from)s)
    RETURNING e.id, e.source, e.source_key, o.object_id
)
{_NOTE}
SELECT %(revision)s, 'statement', id, NULL, NULL, source || ' ' || source_key, object_id, %(to)s, '', '' FROM moved
"""

# The merged records themselves, and those that led to them: redirects are flat.
REDIRECTS = f"""
WITH moved AS (
    UPDATE papers_author a SET merged_into_id = %(to)s, changed_at = %(now)s FROM papers_author o
    WHERE a.id = o.id AND (o.id = ANY(%(from)s) OR o.merged_into_id = ANY(%(from)s))
    RETURNING a.id, o.merged_into_id
)
{_NOTE}
SELECT %(revision)s, 'redirect', id, NULL, NULL, '', merged_into_id, %(to)s, '', '' FROM moved
"""

SEARCH_TEXT = f"""
WITH moved AS (
    UPDATE papers_author a SET search_text = %(text)s, changed_at = %(now)s FROM papers_author o
    WHERE a.id = o.id AND a.id = %(to)s AND a.search_text <> %(text)s
    RETURNING a.id, o.search_text
)
{_NOTE}
SELECT %(revision)s, 'search text', id, NULL, NULL, '', %(to)s, %(to)s, search_text, %(text)s FROM moved
"""

SET_ASIDE = f"""
WITH moved AS (
    UPDATE papers_bylinedecision SET withdrawn_at = %(now)s, withdrawn_by_id = %(by)s
    WHERE author_id = ANY(%(from)s) AND paper_id = ANY(%(papers)s::bigint[]) AND withdrawn_at IS NULL
    RETURNING id, paper_id, author_id
)
{_NOTE}
SELECT %(revision)s, 'set aside', id, paper_id, NULL, '', author_id, author_id, '', '' FROM moved
"""


def run_moves(statements: Sequence[str], params: dict[str, Any]) -> None:
    """Run statements of this module; parameters that none of them was given restrict nothing."""
    given = {"papers": None, "names": None, "identifiers": None, **params}
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, given)

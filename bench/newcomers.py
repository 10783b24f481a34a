"""Works as if they had just been imported: copies of the latest ones, with their bylines, subjects and references."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

# What comes with a work: table, and its column that names the work.
_WITH_A_WORK = (
    ("papers_authorship", "paper_id"),
    ("papers_papercategory", "paper_id"),
    ("papers_papertopic", "paper_id"),
    ("papers_citation", "citing_id"),
)
_CHANGED = "INSERT INTO papers_change (kind, object_id, at) SELECT %s, id, now() FROM ({}) AS x(id)"


@contextmanager
def newcomers(link: psycopg.Connection, number: int) -> Iterator[None]:
    """`number` works and their changes; taken away again afterwards, with changes for all that they had touched."""
    link.execute(
        "CREATE TEMP TABLE newcomers AS SELECT id AS old_id,"
        " nextval(pg_get_serial_sequence('papers_paper', 'id')) AS new_id"
        " FROM papers_paper WHERE merged_into_id IS NULL ORDER BY id DESC LIMIT %s",
        [number],
    )
    with link.transaction():
        _copy(link, "papers_paper", "id")
        for table, column in _WITH_A_WORK:
            _copy(link, table, column)
        _change(link, "paper", "SELECT new_id FROM newcomers")
    link.execute("ANALYZE papers_change")
    try:
        yield
    finally:
        _remove(link)


def _copy(link: psycopg.Connection, table: str, column: str) -> None:
    """Rows of the latest works once more, for the newcomers; ids of other rows are made anew."""
    names = [
        name
        for (name,) in link.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'"
            " AND column_name <> %s ORDER BY 1",
            [table, column],
        )
    ]
    listed = sql.SQL(", ").join(sql.Identifier(name) for name in names)
    link.execute(
        sql.SQL(
            "INSERT INTO {table} ({column}, {listed}) SELECT n.new_id, {listed} FROM {table} t JOIN newcomers n"
            " ON n.old_id = t.{column}"
        ).format(table=sql.Identifier(table), column=sql.Identifier(column), listed=listed)
    )


def _change(link: psycopg.Connection, kind: str, query: str) -> None:
    link.execute(sql.SQL(_CHANGED).format(sql.SQL(query)), [kind])


def _remove(link: psycopg.Connection) -> None:
    with link.transaction():
        of_newcomers = "(SELECT new_id FROM newcomers)"
        _change(link, "paper", f"SELECT DISTINCT cited_id FROM papers_citation WHERE citing_id IN {of_newcomers}")
        _change(
            link,
            "author",
            f"SELECT DISTINCT author_id FROM papers_authorship WHERE paper_id IN {of_newcomers}",
        )
        for table in ("metrics_papermetrics", "metrics_papervector"):
            link.execute(sql.SQL(f"DELETE FROM {{}} WHERE paper_id IN {of_newcomers}").format(sql.Identifier(table)))
        for table, column in reversed(_WITH_A_WORK):
            link.execute(
                sql.SQL(f"DELETE FROM {{}} WHERE {{}} IN {of_newcomers}").format(
                    sql.Identifier(table), sql.Identifier(column)
                )
            )
        link.execute(f"DELETE FROM papers_paper WHERE id IN {of_newcomers}")
    link.execute("DROP TABLE newcomers")

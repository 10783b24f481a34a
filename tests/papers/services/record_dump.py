"""Every row that an act on author records may touch, for saying that nothing of it changed."""

import orjson
from django.db import connection

TABLES = {
    "papers_author": "changed_at",
    "papers_authorname": "",
    "papers_authoridentifier": "",
    "papers_authoraffiliation": "",
    "papers_authorship": "",
    "papers_authorshipinstitution": "",
    "papers_entitystatement": "",
    "papers_correction": "",
    "papers_bylinedecision": "",
    "papers_paper": "changed_at",
    "papers_paperidentifier": "",
    "papers_citation": "",
}


def record_dump() -> dict[str, list[dict]]:
    """All rows of these tables with all of their columns, but for the time of an author's or a work's last change."""
    dump = {}
    with connection.cursor() as cursor:
        for table, stamp in TABLES.items():
            cursor.execute(f"SELECT to_jsonb(t) - %s FROM {table} t ORDER BY id", [stamp])
            dump[table] = [orjson.loads(row) for (row,) in cursor.fetchall()]
    return dump

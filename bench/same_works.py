"""Whether two portals hold the same works: imported from the same files in another order, or before and after a rebuild.

python -m bench.same_works write PATH          what this portal says of each work, a line each
python -m bench.same_works compare PATH PATH   how many works differ, in what, with examples; exit 1 when any does
"""

import argparse
import gzip
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

type Works = dict[str, dict[str, Any]]

# A work is known by its identifiers; what it is made of stands beside them.
_WORKS = """
SELECT coalesce((SELECT string_agg(scheme || ':' || value, ' ' ORDER BY scheme, value)
                 FROM papers_paperidentifier i WHERE i.paper_id = p.id), 'title:' || p.title) AS ids,
    p.title, p.kind, p.published_date::text || p.published_precision AS date, v.name AS venue, v.kind AS venue_kind,
    p.language, p.license, md5(p.abstract) AS abstract, p.notice, p.is_retracted, p.is_authors_truncated, p.authors_total,
    p.reported_citation_count AS reported, p.references_total,
    (SELECT array_agg(a.printed_name || ' ' || x.kind || ' ' || a.role ORDER BY a.position)
     FROM papers_authorship a JOIN papers_author x ON x.id = a.author_id WHERE a.paper_id = p.id) AS authors,
    (SELECT array_agg(concat_ws(' | ', n.name, l.version, l.kind, l.published_date::text || l.published_precision,
                                l.scheme || ':' || l.value, l.license, l.pdf_url, l.is_open::text, l.reference)
                      ORDER BY l.position)
     FROM papers_paperlocation l LEFT JOIN papers_venuename n ON n.id = l.venue_name_id WHERE l.paper_id = p.id) AS locations,
    (SELECT concat_ws(' | ', l.volume, l.issue, l.pages, l.article_number, l.publisher, l.book_title, l.edition, l.isbns)
     FROM papers_paperlocation l WHERE l.paper_id = p.id AND l.position = 1) AS details,
    (SELECT array_agg(c.code ORDER BY pc.position) FROM papers_papercategory pc JOIN papers_category c
     ON c.id = pc.category_id WHERE pc.paper_id = p.id) AS categories,
    (SELECT array_agg(r.kind || ' ' || r.scheme || ':' || r.value ORDER BY r.kind, r.scheme, r.value)
     FROM papers_paperrelation r WHERE r.paper_id = p.id) AS relations,
    (SELECT count(*) FROM papers_citation c WHERE c.citing_id = p.id) AS cites
FROM papers_paper p JOIN canonical_paper k ON k.id = p.id AND k.is_canonical LEFT JOIN papers_venue v ON v.id = p.venue_id
"""


def main() -> int:
    """Returns 1 when works differ."""
    parser = argparse.ArgumentParser(prog="python -m bench.same_works", description=__doc__)
    parser.add_argument("act", choices=["write", "compare"])
    parser.add_argument("paths", type=Path, nargs="+")
    options = parser.parse_args()
    if options.act == "compare":
        one, other = options.paths
        return compare(_read(one), _read(other))
    from portal.start import prepare

    prepare(role="command")
    import django

    django.setup()
    return write(options.paths[0])


def write(path: Path) -> int:
    """Write what the portal says of each work."""
    from django.db import connection

    with connection.cursor() as cursor, gzip.open(path, "wb", compresslevel=1) as file:
        cursor.execute(_WORKS)
        names = [column.name for column in cursor.description or ()]
        for row in cursor:
            file.write(orjson.dumps(dict(zip(names, row, strict=True))) + b"\n")
    return 0


def _read(path: Path) -> Works:
    with gzip.open(path, "rb") as file:
        return {work["ids"]: work for work in map(orjson.loads, file)}


def compare(one: Works, other: Works) -> int:
    """Print which works only one has, and in which fields the others differ, with up to eight examples each."""
    lone = [sorted(one.keys() - other.keys()), sorted(other.keys() - one.keys())]
    fields: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    differing = 0
    for ids in one.keys() & other.keys():
        unlike = [name for name, value in one[ids].items() if value != other[ids][name]]
        differing += bool(unlike)
        fields.update(unlike)
        for name in unlike:
            examples.setdefault(name, []).append(f"{ids}: {one[ids][name]!r} / {other[ids][name]!r}")
    print(f"works={len(one)} other={len(other)} alone={len(lone[0])} other_alone={len(lone[1])} differing={differing}")
    for works in lone:
        print(*(f"    alone: {ids[:200]}" for ids in works[:8]), sep="\n")
    for name, count in fields.most_common():
        print(f"{name} {count}", *(f"    {text[:500]}" for text in examples[name][:8]), sep="\n")
    return 1 if differing or any(lone) else 0


if __name__ == "__main__":
    sys.exit(main())

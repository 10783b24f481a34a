"""Export and import again: what 10,000 works of this portal lose on the way, format by format, field by field.

    python -m bench.round_trip [--works 10000] [--import]

Each work is exported and read back by the format's own reader, and what that says is compared with the work: so an empty
portal would have it. With `--import` the file is also imported into this portal, in a transaction that is rolled back.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

FORMATS = ("bib", "ris", "json", "jsonl")
ORIGIN = "https://colophon.example"


def main() -> int:
    """Returns 0 when nothing differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.round_trip", description=__doc__)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--import", dest="imported", action="store_true")
    options = parser.parse_args()
    from portal.start import prepare

    prepare(role="command")
    import django

    django.setup()
    ids = chosen(options.works)
    differing = 0
    for name in FORMATS:
        differing += compared(name, ids)
        if options.imported:
            differing += imported(name, ids)
    return 1 if differing else 0


def chosen(number: int) -> list[int]:
    """Works spread evenly over all of them."""
    from papers.models import Paper

    ids = list(Paper.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True))
    step = max(1, len(ids) // number)
    return ids[::step][:number]


def compared(name: str, ids: list[int]) -> int:
    """How many works a reader of the format does not read as they are."""
    from papers.selectors.citable import citable_works

    fields: Counter[str] = Counter()
    examples: dict[str, str] = {}
    differing = 0
    for work in citable_works(ids, origin=ORIGIN):
        found = differences(work, read_back(name, work))
        differing += bool(found)
        for field, pair in found.items():
            fields[field] += 1
            examples.setdefault(field, f"{work.public_id}: {_first_difference(*pair)}")
    print(f"{name} works={len(ids)} differing={differing} {dict(fields)}")
    for field, example in examples.items():
        print(f"    {field}: {example[:400]}")
    return differing


def _first_difference(stated: object, said: object) -> str:
    """What the two say from where they part."""
    one, other = str(stated), str(said)
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 30) : at + 60]!r} → {other[max(0, at - 30) : at + 60]!r}"


def read_back(name: str, work: Any) -> Any:
    """The record that the format's reader makes of the work's export."""
    from harvest.domain.build import build_work
    from harvest.sources.bibtex.entries import read_entries as bibtex_entries
    from harvest.sources.bibtex.parse import parse_entry as from_bibtex
    from harvest.sources.csl.parse import parse_item
    from harvest.sources.ris.parse import parse_entry as from_ris
    from harvest.sources.ris.parse import read_entries as ris_entries
    from papers.domain.bibtex import bibtex_entry
    from papers.domain.csl import csl_item
    from papers.domain.record_line import record_line
    from papers.domain.ris import ris_entry

    match name:
        case "bib":
            return from_bibtex(next(iter(bibtex_entries(bibtex_entry(work)))))
        case "ris":
            return from_ris(next(iter(ris_entries(ris_entry(work)))))
        case "json":
            return parse_item(orjson.loads(orjson.dumps(csl_item(work))))
        case _:
            return build_work(orjson.loads(record_line(work)))


def differences(work: Any, record: Any) -> dict[str, tuple[object, object]]:
    """The fields in which the record says something else than the work."""
    stated, said = dict(_of_work(work)), dict(_of_record(record))
    return {field: (stated[field], said[field]) for field in stated if stated[field] != said[field]}


def _of_work(work: Any) -> Iterator[tuple[str, object]]:
    people = [*work.names, *work.editors, *work.translators]
    # A work that has nobody but editors is by its editors; so its reader sees it.
    yield "people", [(one.printed, one.is_group) for one in people]
    yield "split", [(one.given, one.full_family, one.suffix) for one in people if not one.is_group]
    yield "ids", sorted({(scheme, value) for scheme, value in work.identifiers if scheme != "isbn"})
    yield "date", work.date_parts
    yield "cut", work.authors_total is not None
    yield "isbns", sorted(work.isbns)
    for name in ("title", "abstract", "kind", "venue", "language", "volume", "issue", "pages", "article_number"):
        yield name, getattr(work, name)
    yield "publisher", work.publisher
    yield "edition", work.edition


def _of_record(record: Any) -> Iterator[tuple[str, object]]:
    from harvest.domain.record import SourcedDetails
    from papers.domain.citable import citable_name

    names = [citable_name(one.parts) for one in (*record.authors, *record.contributors)]
    details = record.details or SourcedDetails()
    day = record.published
    yield "people", [(one.printed, one.is_group) for one in names]
    yield "split", [(one.given, one.full_family, one.suffix) for one in names if not one.is_group]
    named = {(one.scheme, one.value) for one in record.ids if one.scheme != "isbn"}
    yield "ids", sorted(one for one in named if not one[1].startswith(("bibtex:", "ris:", "csl:")))
    yield "date", tuple(part for part in (day.year, day.month, day.day) if part) if day else ()
    yield "cut", record.is_authors_truncated
    yield "isbns", sorted({*details.isbns, *(one.value for one in record.ids if one.scheme == "isbn")})
    for name in ("title", "abstract", "kind", "language"):
        yield name, getattr(record, name)
    yield "venue", record.venue.name if record.venue else ""
    for name in ("volume", "issue", "pages", "article_number", "publisher", "edition"):
        yield name, getattr(details, name)


def imported(name: str, ids: list[int]) -> int:
    """How many works an import of the export makes or changes here; nothing of it stays."""
    from django.db import transaction

    from common import clock
    from harvest.services.importing import import_files
    from harvest.sources import BIBTEX, CSL, RECORDS, RIS
    from papers.selectors.citable import cited_as

    source = {"bib": BIBTEX, "ris": RIS, "json": CSL, "jsonl": RECORDS}[name]
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / f"export.{name}"
        path.write_text("".join(cited_as(ids, format=name, origin=ORIGIN)))
        run = import_files(source=source, paths=[path], clock=clock.now)
        transaction.set_rollback(True)
    print(
        f"{name} imported: created={run.created_count} updated={run.updated_count} unchanged={run.unchanged_count}"
        f" rejected={run.rejected_count}"
    )
    return run.created_count + run.updated_count + run.rejected_count


if __name__ == "__main__":
    sys.exit(main())

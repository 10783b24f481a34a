"""Works as rows of a table."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from papers.selectors.citable import citable_works

CSV_TYPE = "text/csv"
_HEADER = ("id", "title", "authors", "year", "venue", "type", "doi", "arxiv", "url")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_rows(paper_ids: Iterable[int], *, origin: str) -> Iterator[str]:
    """A heading and a line for each work in the order given. No cell is read as a formula: an apostrophe stands before."""
    yield _line(_HEADER)
    for work in citable_works(paper_ids, origin=origin):
        year = str(work.published_date.year) if work.published_date else ""
        authors = "; ".join(name.printed for name in work.names)
        yield _line((work.public_id, work.title, authors, year, work.venue, work.kind, work.doi, work.arxiv, work.url))


def _line(cells: Iterable[str]) -> str:
    text = StringIO()
    csv.writer(text).writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue()

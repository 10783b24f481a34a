"""Crossref's works, as its API gives them."""

from collections.abc import Iterator

from harvest.domain.reading import CappedStream
from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, parse_object_or_line, read_answers
from harvest.sources.crossref.parse import parse_object, works_in


def _read(stream: CappedStream) -> Iterator[RawRecord]:
    return read_answers(stream, (b'"items"',), works_in)


def _parse(raw: RawRecord) -> SourceRecord:
    return parse_object_or_line(raw, parse_object)


CROSSREF = Source(Origin("crossref", "Crossref", rank=10, abstract_rank=40, key_schemes=("doi",)), _read, _parse)

"""OpenAlex: works, authors, institutions, sources and topics of the API and of snapshots."""

from collections.abc import Iterator

from harvest.domain.reading import CappedStream
from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, parse_object_or_line, read_answers
from harvest.sources.openalex.parse import objects_in, parse_object


def _read(stream: CappedStream) -> Iterator[RawRecord]:
    return read_answers(stream, (b'"results"',), objects_in)


def _parse(raw: RawRecord) -> SourceRecord:
    return parse_object_or_line(raw, parse_object)


OPENALEX = Source(Origin("openalex", "OpenAlex", rank=30, abstract_rank=30, key_schemes=("openalex",)), _read, _parse)

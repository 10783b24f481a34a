"""RIS files."""

from collections.abc import Iterator

from harvest.domain.reading import CappedStream
from harvest.domain.record import RecordError, SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, read_whole
from harvest.sources.ris.parse import RisEntry, parse_entry, read_entries


def _pieces(text: str) -> Iterator[RawRecord]:
    for entry in read_entries(text):
        yield RawRecord(entry.line, 1_000, entry)


def _read(stream: CappedStream) -> Iterator[RawRecord]:
    return read_whole(stream, _pieces)


def _parse(raw: RawRecord) -> SourceRecord:
    if not isinstance(raw.data, RisEntry):
        raise RecordError("no_data", "the piece holds no entry")
    return parse_entry(raw.data)


RIS = Source(Origin("ris", "RIS", rank=90), _read, _parse, in_pool=False)

"""arXiv's OAI-PMH pages."""

from collections.abc import Iterator

from lxml import etree

from harvest.domain.reading import CappedStream
from harvest.domain.record import RecordError, SourceRecord
from harvest.domain.xml import BrokenXml, records_of
from harvest.sources.arxiv.parse import parse_record
from harvest.sources.base import Origin, RawRecord, Source


def _read(stream: CappedStream) -> Iterator[RawRecord]:
    for record in records_of(stream):
        if isinstance(record, BrokenXml):
            yield RawRecord(record.line, 0, None, (record.code, record.why))
        else:
            yield RawRecord(record.line, 2_000, record.element)


def _parse(raw: RawRecord) -> SourceRecord:
    if not isinstance(raw.data, etree._Element):
        raise RecordError("no_data", "the piece holds no element")
    return parse_record(raw.data)


# Its abstracts are as the authors wrote them, with TeX; publishers' are often cut or missing.
ARXIV = Source(
    Origin("arxiv", "arXiv", rank=40, abstract_rank=10, key_schemes=("arxiv",)), _read, _parse, in_pool=False
)

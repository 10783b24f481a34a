"""ROR's organisations."""

from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, RawRecord, Source, line_of, read_lines
from harvest.sources.ror.parse import parse_organisation


def _parse(raw: RawRecord) -> SourceRecord:
    return parse_organisation(line_of(raw))


ROR = Source(Origin("ror", "ROR"), read_lines, _parse)

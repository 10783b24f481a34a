"""ROR's organisations."""

from harvest.domain.record import SourceRecord
from harvest.sources.base import Origin, Piece, Source, line_of, read_line_pieces
from harvest.sources.ror.parse import parse_organisation


def _parse(piece: Piece) -> SourceRecord:
    return parse_organisation(line_of(piece))


ROR = Source(Origin("ror", "ROR"), read_line_pieces, _parse)

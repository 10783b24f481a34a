"""The record format: JSON Lines in which every other source is expressed."""

from harvest.domain.record import SourceRecord
from harvest.sources.base import Piece, Source, line_of, read_line_pieces
from harvest.sources.records.parse import parse_work


def _parse(piece: Piece) -> SourceRecord:
    return parse_work(line_of(piece))


RECORDS = Source("records", read_line_pieces, _parse)

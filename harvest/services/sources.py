"""The sources that can be imported, each by how its files are read and understood."""

from harvest.domain.pieces import Piece, Source, read_line_pieces
from harvest.domain.record import SourceRecord
from harvest.records.parse import parse_work


def _work_of(piece: Piece) -> SourceRecord:
    assert isinstance(piece.data, bytes)
    return parse_work(piece.data)


RECORDS = Source("records", read_line_pieces, _work_of)

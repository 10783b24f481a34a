"""The sources that can be imported, each by how its files are read and understood."""

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from harvest.arxiv.parse import parse_record
from harvest.bibtex import parse as bibtex
from harvest.crossref import parse as crossref
from harvest.domain.json_lines import load_object
from harvest.domain.pieces import Piece, Source, read_line_pieces
from harvest.domain.reading import BoundedStream, UnreadableFile
from harvest.domain.record import RecordError, SourceRecord
from harvest.domain.xml import BrokenXml, records_of
from harvest.openalex import parse as openalex
from harvest.records.parse import parse_work
from harvest.ris import parse as ris
from harvest.ror.parse import parse_organisation

# BibTeX and RIS are read whole, since an entry is only known to have ended when the next begins.
MAX_REFERENCE_FILE_BYTES = 64 * 1024 * 1024


def _bytes_of(piece: Piece) -> bytes:
    if not isinstance(piece.data, bytes):
        raise RecordError("no_data", "the piece holds no line")
    return piece.data


def _parse_records(piece: Piece) -> SourceRecord:
    return parse_work(_bytes_of(piece))


def _parse_openalex(piece: Piece) -> SourceRecord:
    return openalex.parse_object(piece.data) if isinstance(piece.data, dict) else openalex.parse_line(_bytes_of(piece))


def _parse_crossref(piece: Piece) -> SourceRecord:
    return crossref.parse_object(piece.data) if isinstance(piece.data, dict) else crossref.parse_work(_bytes_of(piece))


def _parse_ror(piece: Piece) -> SourceRecord:
    return parse_organisation(_bytes_of(piece))


def _parse_arxiv(piece: Piece) -> SourceRecord:
    if not isinstance(piece.data, etree._Element):
        raise RecordError("no_data", "the piece holds no element")
    return parse_record(piece.data)


def _parse_bibtex(piece: Piece) -> SourceRecord:
    if not isinstance(piece.data, bibtex.BibEntry):
        raise RecordError("no_data", "the piece holds no entry")
    return bibtex.parse_entry(piece.data)


def _parse_ris(piece: Piece) -> SourceRecord:
    if not isinstance(piece.data, ris.RisEntry):
        raise RecordError("no_data", "the piece holds no entry")
    return ris.parse_entry(piece.data)


def _read_answers(
    stream: BoundedStream, marks: tuple[bytes, ...], parts: Callable[[dict[str, Any]], list[dict[str, Any]]]
) -> Iterator[Piece]:
    """Lines of one object each; a line that is a whole answer of the API gives a piece for each object in it."""
    for piece in read_line_pieces(stream):
        data = piece.data
        if not isinstance(data, bytes) or not any(mark in data[:2000] for mark in marks):
            yield piece
            continue
        try:
            objects = parts(load_object(data))
        except RecordError:
            yield piece  # understood again, and then rejected with its reason, like any other line
            continue
        for one in objects:
            yield Piece(piece.place, len(data) // len(objects), one)


def _read_openalex(stream: BoundedStream) -> Iterator[Piece]:
    return _read_answers(stream, (b'"results"',), openalex.objects_in)


def _read_crossref(stream: BoundedStream) -> Iterator[Piece]:
    return _read_answers(stream, (b'"items"',), crossref.works_in)


def _read_oai(stream: BoundedStream) -> Iterator[Piece]:
    for record in records_of(stream):
        if isinstance(record, BrokenXml):
            yield Piece(record.line, 0, None, (record.code, record.why))
        else:
            yield Piece(record.line, 2_000, record.element)


def _read_whole[Entry: (bibtex.BibEntry, ris.RisEntry)](
    stream: BoundedStream, entries: Callable[[str], Iterator[Entry]]
) -> Iterator[Piece]:
    """The entries of a file that is held whole; of one that breaks off or is too large, those that were read."""
    data = bytearray()
    damage: UnreadableFile | None = None
    try:
        while chunk := stream.read():
            if len(data) + len(chunk) > MAX_REFERENCE_FILE_BYTES:
                why = f"it is larger than the {MAX_REFERENCE_FILE_BYTES:,} bytes that are taken"
                raise UnreadableFile(stream.path, data.count(b"\n"), why)
            data += chunk
    except UnreadableFile as problem:
        damage = UnreadableFile(problem.path, data.count(b"\n"), problem.why)
    for entry in entries(_decoded(bytes(data))):
        yield Piece(entry.line, 1_000, entry)
    if damage is not None:
        raise damage


def _decoded(data: bytes) -> str:
    """UTF-8; a line that is not is read as Latin-1, and no other line with it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(_decoded_line(line) for line in data.splitlines(keepends=True))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _read_bibtex(stream: BoundedStream) -> Iterator[Piece]:
    return _read_whole(stream, bibtex.read_entries)


def _read_ris(stream: BoundedStream) -> Iterator[Piece]:
    return _read_whole(stream, ris.read_entries)


RECORDS = Source("records", read_line_pieces, _parse_records)
OPENALEX = Source("openalex", _read_openalex, _parse_openalex)
CROSSREF = Source("crossref", _read_crossref, _parse_crossref)
ROR = Source("ror", read_line_pieces, _parse_ror)
ARXIV = Source("arxiv", _read_oai, _parse_arxiv, in_pool=False)
BIBTEX = Source("bibtex", _read_bibtex, _parse_bibtex, in_pool=False)
RIS = Source("ris", _read_ris, _parse_ris, in_pool=False)

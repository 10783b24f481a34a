"""What a source is: how its files are read into raw records, and how each of these is understood.

A new source is a module of `harvest/sources` with one `Source` in it, and a line in `harvest/sources/__init__.py`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from harvest.domain.json_lines import load_object
from harvest.domain.raw_records import RawRecord, Source, read_lines
from harvest.domain.reading import CappedStream, UnreadableFile
from harvest.domain.record import RecordError, SourceRecord
from papers.domain.sources import Origin

__all__ = ["Origin", "RawRecord", "Source", "parse_object_or_line", "read_answers", "read_lines", "read_whole"]

# BibTeX, RIS and CSL are read whole, since an entry is only known to have ended when the next begins.
MAX_REFERENCE_FILE_BYTES = 64 * 1024 * 1024


def line_of(raw: RawRecord) -> bytes:
    """The line of a JSON Lines file; raises RecordError where the raw record holds none."""
    if not isinstance(raw.data, bytes):
        raise RecordError("no_data", "the piece holds no line")
    return raw.data


def parse_object_or_line(raw: RawRecord, parse: Callable[[dict[str, Any]], SourceRecord]) -> SourceRecord:
    """Understand an object that `read_answers` cut out of an answer, or a line that holds one."""
    return parse(raw.data if isinstance(raw.data, dict) else load_object(line_of(raw)))


def read_answers(
    stream: CappedStream, marks: tuple[bytes, ...], parts: Callable[[dict[str, Any]], list[dict[str, Any]]]
) -> Iterator[RawRecord]:
    """Lines of one object each; a line that is a whole answer of the API gives a raw record for each object in it."""
    for raw in read_lines(stream):
        data = raw.data
        if not isinstance(data, bytes) or not any(mark in data[:2000] for mark in marks):
            yield raw
            continue
        try:
            objects = parts(load_object(data))
        except RecordError:
            yield raw  # understood again, and then rejected with its reason, like any other line
            continue
        for one in objects:
            yield RawRecord(raw.line, len(data) // len(objects), one)


def read_whole(stream: CappedStream, records_of: Callable[[str], Iterator[RawRecord]]) -> Iterator[RawRecord]:
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
    yield from records_of(decoded_text(bytes(data)))
    if damage is not None:
        raise damage


def decoded_text(data: bytes) -> str:
    """UTF-8, or UTF-16 that says so; a line that is neither is read as Latin-1, and no other line with it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "".join(_decoded_line(line) for line in data.splitlines(keepends=True))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")

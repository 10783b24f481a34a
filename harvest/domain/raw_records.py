"""A file as a row of pieces, and what each raw record turned out to be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from common.fast_pickle import FastPickled
from harvest.domain.reading import CappedStream, LineTooLong, lines_of
from harvest.domain.record import RecordError, SourceRecord
from papers.domain.sources import Origin

EXCERPT_CHARS = 300
_STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class RawRecord(FastPickled):
    """One record of a file before it is parsed. `line` counts from 1; `size` its bytes, as far as known.

    A piece with a `fault` (code, sentence) cannot be parsed and has no data.
    """

    line: int
    size: int
    data: object
    fault: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Parsed(FastPickled):
    """What a raw record became: a record, or the reason (code, sentence) why it became none."""

    line: int
    record: SourceRecord | None
    fault: tuple[str, str] | None = None
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """How files of one source are read, and whose records they hold: the source's own, and of `others` that come in
    its form. `parse` raises RecordError; it is a top-level function when `in_pool`, which says that its pieces may be
    sent to another process. `read` takes the open file and raises UnreadableFile at the end of what can be read."""

    origin: Origin
    read: Callable[[CappedStream], Iterator[RawRecord]]
    parse: Callable[[RawRecord], SourceRecord]
    in_pool: bool = True
    others: tuple[Origin, ...] = ()

    @property
    def name(self) -> str:
        return self.origin.name


def read_lines(stream: CappedStream) -> Iterator[RawRecord]:
    """The lines of a JSON Lines file."""
    for line in lines_of(stream):
        if isinstance(line, LineTooLong):
            yield RawRecord(line.number, line.size, None, ("line_too_long", line.why))
        else:
            yield RawRecord(line.number, len(line.data), line.data)


def parse_raw(source: Source, raw: RawRecord) -> Parsed:
    """The piece understood; a record that cannot be taken becomes a fault, never an exception."""
    if raw.fault is not None:
        return Parsed(raw.line, None, raw.fault)
    try:
        return Parsed(raw.line, source.parse(raw))
    except RecordError as problem:
        return Parsed(raw.line, None, (problem.code, problem.message), _excerpt(raw.data))
    except _STUMBLES as problem:
        # A shape nobody has thought of costs its record, never the rest of the file.
        why = f"it could not be understood ({type(problem).__name__}: {str(problem)[:200]})"
        return Parsed(raw.line, None, ("not_understood", why), _excerpt(raw.data))


def _excerpt(data: object) -> str:
    """The start of the record as text that Postgres takes."""
    text = data[: EXCERPT_CHARS * 4].decode("utf-8", "replace") if isinstance(data, bytes) else str(data)
    return text[:EXCERPT_CHARS].replace("\x00", "").encode("utf-8", "replace").decode()

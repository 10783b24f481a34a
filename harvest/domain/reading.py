"""Opening source files of any size safely: plain, gzip, xz and zstd, by lines or as a stream.

Memory stays bounded whatever the file holds. All that can be read before damage is given out first;
then `UnreadableFile` says where it ended.
"""

import gzip
import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any, cast

import zstandard

MAX_LINE_BYTES = 8 * 2**20  # the largest real record (5,000 authors with affiliations) has about 5 MiB
MAX_RATIO = 1_000  # real metadata shrinks about 5 times, repetitive XML 30 times
RATIO_APPLIES_FROM = 64 * 2**20  # bytes out; below this no ratio does harm
_CHUNK = 256 * 1024
_END = b"\xffend of the file, after which nothing may come\xff"
_BOM = b"\xef\xbb\xbf"
_DAMAGE = (EOFError, OSError, lzma.LZMAError, zlib.error, zstandard.ZstdError)


class UnreadableFile(Exception):
    """A file that cannot be read from some line on; `str()` is a sentence with file, line and reason."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        self.path = path
        self.line = line
        self.why = why
        super().__init__(f"{path.name}: cannot be read after line {line:,}: {why}")

    def __reduce__(self) -> tuple[type, tuple[Path, int, str]]:
        return type(self), (self.path, self.line, self.why)


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end. `number` counts from 1; `offset` is where it starts in the decompressed file."""

    number: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class LineTooLong:
    """A line that was skipped because it is longer than MAX_LINE_BYTES; `size` is its length in bytes."""

    number: int
    offset: int
    size: int

    @property
    def why(self) -> str:
        """A sentence for the list of rejected records."""
        return f"the line has {self.size:,} bytes; at most {MAX_LINE_BYTES:,} are taken"


class _Counted(RawIOBase):
    """The compressed file, counting what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Followed(RawIOBase):
    """A file with one more zstd frame after its end."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._frame = zstandard.compress(_END)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size if size > 0 else _CHUNK)
        if not data:
            data, self._frame = self._frame[:size], self._frame[size:]
        return data


class _Zstd:
    """Decompressed zstd that knows whether the last frame was whole.

    The library ends in silence when a frame is cut; so a frame of our own follows the file, and when
    its content does not come out at the end, something before it was missing.
    """

    def __init__(self, file: BufferedReader) -> None:
        decompressor = zstandard.ZstdDecompressor(max_window_size=2**27)
        followed = cast("IO[bytes]", _Followed(file))
        self._reader: Any = decompressor.stream_reader(followed, read_across_frames=True)
        self._held = b""

    def read1(self, size: int) -> bytes:
        while True:
            data: bytes = self._reader.read(size)
            if not data and self._held != _END:
                self._held = _END
                raise EOFError
            if not data:
                return b""
            known = self._held + data
            self._held = known[-len(_END) :]
            if given := known[: -len(_END)]:
                return given

    def close(self) -> None:
        self._reader.close()


class CappedStream:
    """Decompressed bytes of a file; `read` raises UnreadableFile at damage or when it expands beyond reason."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.line = 0
        self.given = 0
        try:
            self._raw = _Counted(path.open("rb"))
            self._source: Any = _decompressed(path, BufferedReader(self._raw, _CHUNK))
        except _DAMAGE as problem:
            raise UnreadableFile(path, 0, _reason(problem)) from None

    def read(self, size: int = _CHUNK) -> bytes:
        """At most `size` bytes; b"" at the end of the file."""
        try:
            # read1 gives what there is before damage; read would throw that away with the exception.
            data: bytes = self._source.read1(min(size, _CHUNK) if size > 0 else _CHUNK)
        except _DAMAGE as problem:
            raise UnreadableFile(self.path, self.line, _reason(problem)) from None
        self.given += len(data)
        if self.given > RATIO_APPLIES_FROM and self.given > self._raw.taken * MAX_RATIO:
            raise UnreadableFile(
                self.path, self.line, f"it expands more than {MAX_RATIO:,} times, as no real data does"
            )
        return data

    @property
    def taken(self) -> int:
        """Bytes read of the file as it lies on the disk, for progress against its size."""
        return self._raw.taken

    def close(self) -> None:
        """Close the file."""
        self._source.close()
        self._raw.close()

    def __enter__(self) -> "CappedStream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_stream(path: Path) -> CappedStream:
    """The file's decompressed bytes with the bounds of this module; raises UnreadableFile."""
    return CappedStream(path)


def read_lines(path: Path) -> Iterator[Line | LineTooLong]:
    """The non-empty lines of a file; a byte order mark and CRLF are taken off.

    Raises UnreadableFile after everything that could be read was given out.
    """
    with open_stream(path) as stream:
        yield from lines_of(stream)


def lines_of(stream: CappedStream) -> Iterator[Line | LineTooLong]:
    """The non-empty lines of an open stream, see `read_lines`."""
    rest = b""
    number = offset = skipped = 0
    while True:
        chunk, damage = _next_chunk(stream)
        *lines, rest = (rest + chunk).split(b"\n") if chunk else [rest, b""]
        if not chunk and damage is None and not (lines[0] or skipped):
            return
        for data in lines:
            if not chunk and damage is not None:
                break  # the last, cut line is part of the damage
            number += 1
            stream.line = number
            size = len(data) + skipped
            if skipped or size > MAX_LINE_BYTES:
                yield LineTooLong(number, offset, size)
            elif stripped := _clean(data, number):
                yield Line(number, offset, stripped)
            offset += size + 1
            skipped = 0
        if damage is not None:
            raise UnreadableFile(damage.path, number, damage.why)
        if not chunk:
            return
        if len(rest) > MAX_LINE_BYTES or skipped:
            skipped += len(rest)
            rest = b""


def _next_chunk(stream: CappedStream) -> tuple[bytes, UnreadableFile | None]:
    try:
        return stream.read(), None
    except UnreadableFile as damage:
        return b"", damage


def _clean(data: bytes, number: int) -> bytes:
    if number == 1 and data.startswith(_BOM):
        data = data[len(_BOM) :]
    data = data.removesuffix(b"\r")
    return b"" if data.isspace() else data


def _decompressed(path: Path, file: BufferedReader) -> "gzip.GzipFile | lzma.LZMAFile | _Zstd | BufferedReader":
    """The reader that fits the file's first bytes; the name's ending does not count."""
    start = file.peek(6)[:6]
    if start.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file, mode="rb")
    if start.startswith(b"\xfd7zXZ\x00"):
        return lzma.LZMAFile(file)
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        return _Zstd(file)
    if path.suffix in {".gz", ".xz", ".zst"} and start:
        raise OSError(f"it is not a {path.suffix} file")
    return file


def _reason(problem: BaseException) -> str:
    if isinstance(problem, FileNotFoundError):
        return "there is no such file"
    if isinstance(problem, IsADirectoryError):
        return "it is a folder"
    if isinstance(problem, PermissionError):
        return "it may not be read"
    if isinstance(problem, gzip.BadGzipFile):
        return f"the compressed data is damaged ({str(problem)[:120]})"
    if isinstance(problem, EOFError):
        return "the compressed data ends too early"
    text = str(problem) or type(problem).__name__
    return f"the compressed data is damaged ({text[:120]})" if not isinstance(problem, OSError) else text[:160]


def encoding_problem(data: bytes) -> str:
    """Why the bytes are not UTF-8, with the place of the first wrong byte; "" when they are."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return f"byte {problem.start + 1:,} (0x{data[problem.start]:02x}) is not UTF-8"
    return ""

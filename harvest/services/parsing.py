"""Files read and understood ahead of the writer, on other cores where the source allows it."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path

from common.collector import spare_what_lives
from harvest.domain.encoding import EncodedChunk, decode, encode
from harvest.domain.raw_records import Parsed, RawRecord, Source, parse_raw
from harvest.domain.reading import CappedStream, UnreadableFile, open_stream
from papers.domain.sources import Origin, origins, register_origins

CHUNK_PIECES = 2_000
CHUNK_BYTES = 8 * 1024 * 1024  # bounds the memory of a file of very long lines
AHEAD = 3  # chunks in flight, so that neither the parsers nor the writer wait and memory stays bounded
MAX_PARSERS = 4
UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Chunk[Item: (RawRecord, Parsed)]:
    """Some records of a file in order; `taken` is how many bytes of it, as it lies on the disk, are read by then."""

    items: list[Item]
    taken: int


def chunks_of(source: Source, path: Path, *, skip: int) -> Iterator[Chunk[RawRecord]]:
    """The file's pieces in chunks, without the first `skip`.

    Where the file cannot be read on, the last piece bears the fault UNREADABLE and all before it is given out.
    """
    try:
        with open_stream(path) as stream:
            yield from _chunked(islice(_pieces(source, stream), skip, None), stream)
    except UnreadableFile as damage:
        yield Chunk([_end_of(damage)], 0)


def _chunked(raw_records: Iterator[RawRecord], stream: CappedStream) -> Iterator[Chunk[RawRecord]]:
    items: list[RawRecord] = []
    size = 0
    for raw in raw_records:
        items.append(raw)
        size += raw.size
        if len(items) >= CHUNK_PIECES or size >= CHUNK_BYTES:
            yield Chunk(items, stream.taken)
            items, size = [], 0
    if items:
        yield Chunk(items, stream.taken)


def _pieces(source: Source, stream: CappedStream) -> Iterator[RawRecord]:
    try:
        yield from source.read(stream)
    except UnreadableFile as damage:
        yield _end_of(damage)


def _end_of(damage: UnreadableFile) -> RawRecord:
    return RawRecord(damage.line, 0, None, (UNREADABLE, str(damage)))


def parse_chunk(source: Source, raw_records: Sequence[RawRecord]) -> list[Parsed]:
    """Every piece of a chunk understood, in order."""
    return [parse_raw(source, raw) for raw in raw_records]


def _parse_chunk_elsewhere(source: Source, raw_records: Sequence[RawRecord]) -> EncodedChunk:
    """Runs in a parser: see `parse_chunk`."""
    return encode(parse_chunk(source, raw_records))


def _begin(known: Sequence[Origin]) -> None:
    """Runs in a parser, which begins without Django: what is known of sources, and when to end."""
    register_origins(known)
    _end_with_parent()


def _end_with_parent() -> None:
    """Runs in a parser: end when the importing process is gone, which a killed one cannot tell us itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to every process of a terminal; the importer decides
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    gone = parent.sentinel

    def watch() -> None:
        wait([gone])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C waits until the block is left, and never comes to processes that are started in it.

    Of a parser that is just starting it would make a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Parsers:
    """A few processes that understand chunks, started only when there is more than one chunk.

    `prepare` is called with each chunk that comes from one of them, on a thread beside the writer: what it works out
    there is ready when the writer, who mostly waits for Postgres, comes to it.
    """

    def __init__(self, source: Source, prepare: Callable[[Sequence[Parsed]], None] = lambda _: None) -> None:
        self._source = source
        self._prepare = prepare
        self._pool: ProcessPoolExecutor | None = None
        self._unpacking = ThreadPoolExecutor(max_workers=1)

    def __enter__(self) -> "Parsers":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._unpacking.shutdown(wait=True, cancel_futures=True)

    def parsed(self, chunks: Iterator[Chunk[RawRecord]]) -> Iterator[Chunk[Parsed]]:
        """The chunks understood, in their order; reads only a few ahead of who consumes them."""
        ahead = list(islice(chunks, 2)) if self._source.in_pool else []
        if len(ahead) < 2:
            for chunk in chain(ahead, chunks):
                yield Chunk(parse_chunk(self._source, chunk.items), chunk.taken)
            return
        waiting: deque[tuple[Future[list[Parsed]], int]] = deque()
        for chunk in chain(ahead, chunks):
            waiting.append((self._submit(chunk.items), chunk.taken))
            if len(waiting) > AHEAD:
                future, taken = waiting.popleft()
                yield Chunk(future.result(), taken)
        for future, taken in waiting:
            yield Chunk(future.result(), taken)

    def _submit(self, raw_records: list[RawRecord]) -> "Future[list[Parsed]]":
        if self._pool is None:
            spare_what_lives()  # a long file: what this process holds would be walked through with every other chunk
            # Spawned, not forked: a fork would share this process's database connection.
            self._pool = ProcessPoolExecutor(
                max_workers=min(MAX_PARSERS, os.cpu_count() or 1),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(origins(),),
            )
        with _interrupts_held_back():
            encoded = self._pool.submit(_parse_chunk_elsewhere, self._source, raw_records)
        return self._unpacking.submit(self._unpack, encoded)

    def _unpack(self, encoded: "Future[EncodedChunk]") -> list[Parsed]:
        items = list(decode(encoded.result()))
        self._prepare(items)
        return items

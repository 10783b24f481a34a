"""Files read and understood ahead of the writer, on other cores where the source allows it."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path

from harvest.domain.pieces import Parsed, Piece, Source, parse_piece
from harvest.domain.reading import UnreadableFile

CHUNK_PIECES = 2_000
CHUNK_BYTES = 8 * 1024 * 1024  # bounds the memory of a file of very long lines
AHEAD = 3  # chunks in flight, so that neither the parsers nor the writer wait and memory stays bounded
MAX_PARSERS = 4
UNREADABLE = "unreadable"


def chunks_of(source: Source, path: Path, *, skip: int) -> Iterator[list[Piece]]:
    """The file's pieces in chunks, without the first `skip`.

    Where the file cannot be read on, the last piece bears the fault UNREADABLE and all before it is given out.
    """
    chunk: list[Piece] = []
    size = 0
    for piece in islice(_pieces(source, path), skip, None):
        chunk.append(piece)
        size += piece.size
        if len(chunk) >= CHUNK_PIECES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _pieces(source: Source, path: Path) -> Iterator[Piece]:
    try:
        yield from source.read(path)
    except UnreadableFile as damage:
        yield Piece(damage.line, 0, None, (UNREADABLE, str(damage)))


def parse_chunk(source: Source, chunk: Sequence[Piece]) -> list[Parsed]:
    """Every piece of a chunk understood, in order."""
    return [parse_piece(source, piece) for piece in chunk]


def _end_with_parent() -> None:
    """Runs in a parser: end when the importing process is gone, which a killed one cannot tell us itself."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    gone = parent.sentinel

    def watch() -> None:
        wait([gone])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Parsers:
    """A few processes that understand chunks, started only when there is more than one chunk."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Parsers":
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def parsed(self, chunks: Iterator[list[Piece]]) -> Iterator[list[Parsed]]:
        """The chunks understood, in their order; reads only a few ahead of who consumes them."""
        if not self._source.in_pool:
            yield from (parse_chunk(self._source, chunk) for chunk in chunks)
            return
        waiting: deque[Future[list[Parsed]]] = deque()
        first = next(chunks, None)
        second = next(chunks, None) if first is not None else None
        if first is None:
            return
        if second is None:
            yield parse_chunk(self._source, first)
            return
        waiting.append(self._submit(first))
        waiting.append(self._submit(second))
        for chunk in chunks:
            waiting.append(self._submit(chunk))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _submit(self, chunk: list[Piece]) -> "Future[list[Parsed]]":
        if self._pool is None:
            # Spawned, not forked: a fork would share this process's database connection.
            self._pool = ProcessPoolExecutor(
                max_workers=min(MAX_PARSERS, os.cpu_count() or 1),
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_end_with_parent,
            )
        return self._pool.submit(parse_chunk, self._source, chunk)

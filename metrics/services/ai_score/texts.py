"""Titles and abstracts in a file, read by row: a million abstracts are no reason to have two gigabytes of memory."""

import mmap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

import numpy as np


class TextFile(Sequence[str]):
    """Texts written once, in order, then read by row."""

    def __init__(self, path: Path) -> None:
        """An empty file at `path`, to be written to until `close_writing`."""
        self._path = path
        self._out = path.open("wb")
        self._ends: list[int] = [0]
        self._starts = np.zeros(1, dtype=np.int64)
        self._content: mmap.mmap | bytes = b""

    def write(self, text: str) -> None:
        self._ends.append(self._ends[-1] + self._out.write(text.encode()))

    @property
    def written(self) -> int:
        """Texts written so far."""
        return len(self._ends) - 1

    def close_writing(self) -> None:
        """From here on the texts can be read."""
        self._out.close()
        self._starts, self._ends = np.array(self._ends, dtype=np.int64), []
        if self._path.stat().st_size:
            with self._path.open("rb") as source:
                self._content = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
        self._path.unlink()  # it can be read while we hold it, and a killed worker leaves nothing behind

    def close(self) -> None:
        """Let go of the file."""
        if isinstance(self._content, mmap.mmap):
            self._content.close()

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> str: ...

    @overload
    def __getitem__(self, row: slice) -> list[str]: ...

    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self._read(one) for one in range(*row.indices(len(self)))]
        if not 0 <= row < len(self):
            raise IndexError(row)
        return self._read(row)

    def __iter__(self) -> Iterator[str]:
        return (self._read(row) for row in range(len(self)))

    def _read(self, row: int) -> str:
        return self._content[int(self._starts[row]) : int(self._starts[row + 1])].decode()

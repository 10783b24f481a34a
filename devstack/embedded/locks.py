"""File locks that the kernel drops when their holder dies, however it dies."""

import fcntl
import os
import time
from pathlib import Path

from devstack.embedded.errors import EmbeddedError

SHARED = fcntl.LOCK_SH
ALONE = fcntl.LOCK_EX


class FileLock:
    """A flock on a file of its own. It is held until `release()` or the death of the process and its forks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._fd: int | None = None

    def try_take(self, mode: int = ALONE) -> bool:
        """Take the lock if nobody stands in the way; says whether it was taken."""
        fd = self._fd if self._fd is not None else os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            if self._fd is None:
                os.close(fd)
            return False
        self._fd = fd
        return True

    def take(self, mode: int = ALONE, *, seconds: float) -> None:
        """Take the lock, waiting up to `seconds`; raises EmbeddedError when that was too short."""
        deadline = time.monotonic() + seconds
        while not self.try_take(mode):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"Somebody has held {self.path} for {seconds:.0f} s: is another start stuck?")
            time.sleep(0.05)

    def release(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock alone at this moment."""
    if not path.exists():
        return False
    probe = FileLock(path)
    taken = probe.try_take(SHARED)
    probe.release()
    return not taken

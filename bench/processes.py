"""Commands of the project in processes of their own, with their time and their memory."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parent.parent
_PAUSE_SECONDS = 0.1


class CommandFailed(Exception):
    """A command ended with an error; `str()` holds its last words."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that went well: its seconds, the peak of its memory in MB, what it printed."""

    seconds: float
    peak_mb: float
    output: str


def manage(*arguments: str, env: Mapping[str, str]) -> Finished:
    """Run `manage.py` with the given arguments and environment; raises CommandFailed."""
    return run([sys.executable, "manage.py", *arguments], env=env)


def run(command: Sequence[str], *, env: Mapping[str, str]) -> Finished:
    """Run a command in the project's folder, watching its memory; raises CommandFailed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watch = MemoryWatch(process.pid)
    try:
        output, _ = process.communicate()
    finally:
        process.kill()
        peak = watch.stop()
    seconds = time.perf_counter() - started
    if process.returncode:
        raise CommandFailed(f"{' '.join(command[1:3])} ended with {process.returncode}: {output[-1500:]}")
    return Finished(seconds, peak, output)


class MemoryWatch:
    """The peak of the memory of a process and its descendants.

    Pages that several of them share are counted once (proportional set size).
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """End the watch and return the peak in MB (of 1,000,000 bytes)."""
        self._stopped.set()
        self._thread.join()
        return self._peak / 1e6

    def _watch(self) -> None:
        while not self._stopped.wait(_PAUSE_SECONDS):
            self._peak = max(self._peak, memory_of(self._pid))


def memory_of(pid: int) -> int:
    """Bytes that a process and its descendants use now; 0 when it is gone."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(_own_memory(process) for process in family)


def _own_memory(process: psutil.Process) -> int:
    try:
        facts = process.memory_full_info()
        return int(getattr(facts, "pss", facts.rss))
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0

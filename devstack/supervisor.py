"""Keeps a handful of processes running: starts them again when they die, and ends them all together.

Each runs in a session of its own, so that a Ctrl-C in the terminal reaches the supervisor alone. The kernel
tells them when the supervisor is gone (Linux), so `kill -9` of it leaves nothing behind.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devstack.embedded.account import Account, become

LONGEST_PAUSE_SECONDS = 30.0
SETTLED_AFTER_SECONDS = 60.0


@dataclass(slots=True)
class Child:
    """One supervised program: how it is called in messages, what runs, how patiently it is stopped.

    A `socket` that it makes is removed before each start: what a killed one left behind could not be made again.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    patience_seconds: float = 10.0
    socket: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    started_at: float = 0.0
    not_before: float = 0.0

    def start(self) -> None:
        nobody_else = Account("", os.getuid(), os.getgid())
        if self.socket is not None:
            self.socket.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=become(nobody_else, capability=None, dies_with_us=signal.SIGTERM),  # noqa: PLW1509
        )
        self.started_at = time.monotonic()

    def run_to_end(self) -> int:
        """Start and wait; returns the exit status."""
        self.start()
        return self.process.wait() if self.process else 1

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """To the program and all it started: what a killed parent left behind would hold its port."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


class Supervisor:
    """Runs its children until `stop()` is called or a signal arrives."""

    def __init__(self, children: Sequence[Child], *, say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        self.stopping = False
        self.ticks: list[Callable[[], None]] = []

    def listen(self) -> None:
        """Let Ctrl-C, SIGTERM and a closed terminal end the loop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop())

    def stop(self) -> None:
        self.stopping = True

    def run(self) -> None:
        """Start all, keep them up until told to stop, then end all."""
        try:
            for child in self.children:
                child.start()
            while not self.stopping:
                time.sleep(0.2)
                for child in self.children:
                    self._look_after(child)
                for tick in self.ticks:
                    tick()
        finally:
            self.end_all()

    def end_all(self) -> None:
        """Ask everybody at once, wait for each as long as it may take, then kill what is left."""
        for child in self.children:
            child.ask_to_stop()
        started = time.monotonic()
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, child.patience_seconds - (time.monotonic() - started)))
            except subprocess.TimeoutExpired:
                self.say(f"{child.name} did not stop within {child.patience_seconds:.0f} s: killed")
            child.signal(signal.SIGKILL)
            child.process.wait()

    def _look_after(self, child: Child) -> None:
        now = time.monotonic()
        if child.is_running():
            if now - child.started_at > SETTLED_AFTER_SECONDS:
                child.failures = 0
            return
        if child.not_before == 0.0:
            child.failures += 1
            pause = min(2.0 ** (child.failures - 1) / 2, LONGEST_PAUSE_SECONDS)
            child.not_before = now + pause
            child.signal(signal.SIGKILL)
            code = child.process.returncode if child.process else None
            self.say(f"{child.name} ended ({describe(code)}): starting it again in {pause:.1f} s")
        elif now >= child.not_before:
            child.not_before = 0.0
            child.start()
            self.say(f"{child.name} started again")


def describe(code: int | None) -> str:
    """An exit status in words."""
    if code is None:
        return "never started"
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"


def python(*arguments: str) -> list[str]:
    """A command that runs with the interpreter we run with."""
    return [sys.executable, *arguments]

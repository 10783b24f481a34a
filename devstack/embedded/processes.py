"""Finding and ending a server that an earlier supervisor left behind."""

import os
import signal
import subprocess
import time
from pathlib import Path


def is_alive(pid: int) -> bool:
    """Whether a process of this id exists and is more than a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return not Path("/proc/self").exists()


def command_of(pid: int) -> str:
    """The command line of a process, empty when there is none: ids are used again after a crash."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return ""
    found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def first_number(path: Path) -> int | None:
    """The process id on a pid file's first line; None when there is no such file or line."""
    try:
        line = path.read_text().split("\n", 1)[0].strip()
    except OSError:
        return None
    return int(line) if line.isdigit() else None


def end(pid: int, *, politely: int, seconds: float) -> None:
    """Send `politely`, wait, and send SIGKILL to what is still there."""
    for number, patience in ((politely, seconds), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if not is_alive(pid):
                return
            time.sleep(0.05)

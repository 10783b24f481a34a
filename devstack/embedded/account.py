"""As whom an embedded server runs, and how it is tied to the life of its supervisor.

Postgres refuses to run as root. Started by root, both servers run as an unprivileged user that exists
already. The project or its data may lie where that user cannot go (a clone in root's home): then the
server keeps one capability, to pass through folders, and nothing else of root's power.
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from devstack.embedded.errors import EmbeddedError

CANDIDATES = ("postgres", "nobody", "daemon")
PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 28, 47, 2
# With this bit access(2), by which Postgres looks for its own files, counts the capability of a user who is not root.
SECURE_NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522
# CAP_DAC_READ_SEARCH is the smaller power; containers often grant only CAP_DAC_OVERRIDE.
PASSING_CAPABILITIES = (2, 1)


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def account_for(folder: Path) -> Account:
    """Who runs the server whose data is (or will be) in `folder`: us, or for root an unprivileged user."""
    if os.getuid() != 0:
        return Account("", os.getuid(), os.getgid())
    if folder.exists() and (owner := folder.stat().st_uid) != 0:
        entry = pwd.getpwuid(owner)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError("Postgres does not run as root, and this machine has no user postgres, nobody or daemon.")


def start(
    command: Sequence[str | Path],
    *,
    account: Account,
    reaches: Sequence[Path],
    dies_with_us: int | None = None,
    environment: Mapping[str, str] | None = None,
    output: IO[bytes] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` as `account`, able to reach the paths in `reaches`.

    With `dies_with_us` the kernel sends it that signal when this process dies (Linux only).
    """
    capability = _capability_to_reach(reaches, account)
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env={**os.environ, **(environment or {})},
        cwd="/",
        start_new_session=True,
        preexec_fn=become(account, capability=capability, dies_with_us=dies_with_us),  # noqa: PLW1509 - no threads here
    )


def become(account: Account, *, capability: int | None, dies_with_us: int | None) -> Callable[[], None]:
    """What a fresh child does before its program starts: change user, keep one capability, die with us."""
    linux = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    us = os.getpid()

    def change() -> None:
        if os.getuid() == 0 and account.uid != 0:
            if linux is not None and capability is not None:
                linux.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
                linux.prctl(PR_SET_SECUREBITS, SECURE_NO_SETUID_FIXUP, 0, 0, 0)
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            if linux is not None and capability is not None:
                _keep_only(linux, capability)
        if linux is not None and dies_with_us is not None:
            linux.prctl(PR_SET_PDEATHSIG, dies_with_us, 0, 0, 0)
            if os.getppid() != us:
                os.kill(os.getpid(), signal.SIGKILL)

    return change


def _keep_only(linux: ctypes.CDLL, capability: int) -> None:
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    mask = 1 << capability
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    linux.capset(header, sets)
    linux.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)


def _capability_to_reach(paths: Sequence[Path], account: Account) -> int | None:
    """None when `account` reaches every path by itself, else the smallest capability by which it does."""
    if os.getuid() != 0 or account.uid == 0 or _reaches(paths, account, None):
        return None
    for capability in PASSING_CAPABILITIES:
        if sys.platform == "linux" and _reaches(paths, account, capability):
            return capability
    raise EmbeddedError(
        f"The user {account.name}, as whom Postgres runs when root starts it, cannot reach {paths[0]}: "
        "set DATA_DIR to a folder that every user can pass through, or run as an ordinary user."
    )


def _reaches(paths: Sequence[Path], account: Account, capability: int | None) -> bool:
    """Let a child become `account` and look for itself."""
    change = become(account, capability=capability, dies_with_us=None)
    child = os.fork()
    if child == 0:
        try:
            change()
            os._exit(0 if all(os.access(path, os.X_OK) for path in paths) else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

"""How much memory and how many cores this process may use."""

import os
from pathlib import Path

MIB = 1024 * 1024
CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def memory_bytes() -> int:
    """The machine's memory, or the container's limit when that is less."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for path in CGROUP_LIMITS:
        try:
            limit = path.read_text().strip()
        except OSError:
            continue
        if limit.isdigit():
            total = min(total, int(limit))
    return total


def cores() -> int:
    """The cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def shared_memory_is_small() -> bool:
    """Whether /dev/shm is too small for parallel queries, as in a container with the default 64 MB."""
    try:
        found = os.statvfs("/dev/shm")
    except OSError:
        return True
    return found.f_bavail * found.f_frsize < 512 * MIB

"""How long, how large and how many: what the front grants a client."""

import resource
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

HEALTH_PATH = b"/healthz"
PEER_HEADER = b"x-colophon-peer"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts. The defaults are the portal's; tests choose smaller ones."""

    slots: int = 8  # requests in the application at one time: its processes times its threads
    most_connections: int = 4_000
    connections_per_address: int = 100  # that are idle or sending; those whose request is whole do not count
    waiting_per_address: int = 100
    head_seconds: float = 10.0
    most_head_bytes: int = 32 * 1024
    most_headers: int = 100
    body_seconds: float = 20.0
    least_body_rate: int = 32 * 1024  # bytes a second beyond `body_seconds`
    most_body_bytes: int = 8 * 1024 * 1024
    small_body_bytes: int = 64 * 1024
    most_buffered_bytes: int = 128 * 1024 * 1024  # of all bodies that are not small, together
    idle_seconds: float = 60.0
    waiting_seconds: float = 30.0
    answer_seconds: float = 120.0
    stalled_seconds: float = 30.0  # how long a client may leave a full send buffer untouched
    send_buffer_bytes: int = 1024 * 1024
    closing_seconds: float = 2.0
    sweep_seconds: float = 0.25

    @property
    def slots_per_address(self) -> int:
        """Half of all, so that nobody alone can have every thread busy."""
        return max(1, self.slots // 2)


def counted_as(address: str) -> str:
    """Whom an address counts as: itself, or its network of 64 bits if it is an IPv6 address."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


def raise_file_limit(wanted: int) -> int:
    """Let this process have `wanted` open files, as far as the system allows; returns how many it may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    return soft

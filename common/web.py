"""Who asks: the network address of a request."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def remote_address(request: HttpRequest) -> str:
    """The address that a request comes from, as text; "" when it comes by a socket that has none.

    `X-Forwarded-For` counts only for as many proxies as TRUSTED_PROXY_COUNT says stand in front of the portal:
    what a client writes into the header itself stands further left and is not read.
    """
    address: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUSTED_PROXY_COUNT
    if proxies > 0:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            address = hops[-proxies]
    parsed = _parsed(address)
    return str(parsed) if parsed else ""


def client_address(request: HttpRequest) -> str:
    """Who asks, as far as a limit goes: an IPv4 address, or an IPv6 network of 64 bits."""
    address = _parsed(remote_address(request))
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address) if address else "unknown"


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """An address, also with the port that some proxies write behind it."""
    host = text
    if text.startswith("["):
        host = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        host = text.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address

"""Tell clients and hosts apart: whose address it is, and what may stand in a Host header."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_HOST = re.compile(
    r"(?P<name>\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]{0,5})?"
)
LONGEST_HOST = 260
"""Characters of a host name and its port (RFC 1035, section 2.3.4)."""


def name_in_host(text: str) -> str | None:
    """The name or address in ``uri-host [ ":" port ]`` (RFC 9110, 7.2); ``None`` for no host."""
    found = _HOST.fullmatch(text) if len(text) <= LONGEST_HOST else None
    return found["name"].strip("[]").lower() if found else None


def is_address(name: str) -> bool:
    """Tell whether the name of a host is an IP address."""
    return _parsed(name) is not None


def is_here(client: str) -> bool:
    """Tell whether a client is on this machine."""
    parsed = _parsed(client)
    return parsed is not None and parsed.is_loopback


def network_of(client: str) -> str:
    """The name that a client is counted by: its address, or its /64 if it is of IPv6.

    Whoever has one address of a /64 has them all. What is no address counts as it is.
    """
    parsed = _parsed(client)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed.packed, 64), strict=False))
    return client if parsed is None else str(parsed)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 that is written as IPv6 is that of IPv4."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed

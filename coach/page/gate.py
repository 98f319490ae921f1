"""Who may see the page and give commands: this machine, and who has shown the code."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

DIGITS = 6
TRIES = 20
"""Wrong codes until nobody is let in any more: one in fifty thousand guesses right by then."""
GUESTS = 8
"""Devices that may have shown the code."""


def is_this_machine(address: str) -> bool:
    """Whether an address is a loopback one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


@dataclass
class Gate:
    """Decides by what a request says of itself. All of it is checked anew with each request."""

    hosts: frozenset[str]
    """What the page may be called, with its port: "localhost:8765". Another name is a trick of another page's."""
    code: str = field(default_factory=lambda: "".join(secrets.choice("0123456789") for _ in range(DIGITS)))
    _wrong: int = 0
    _guests: set[str] = field(default_factory=set)

    def knows(self, peer: str, host: str, cookie: str) -> bool:
        """Whether this request may have an answer at all."""
        return host.lower() in self.hosts and (is_this_machine(peer) or self._is_guest(cookie))

    def may_command(self, origin: str, host: str) -> bool:
        """Whether a command comes from the page itself, and not from one that is open beside it."""
        return origin != "" and urlsplit(origin).netloc.lower() == host.lower() and origin.startswith("http://")

    def pair(self, host: str, code: str) -> str | None:
        """The sign by which a device that shows the code is known from then on; None where the code is wrong."""
        if host.lower() not in self.hosts or self._wrong >= TRIES or len(self._guests) >= GUESTS:
            return None
        if not hmac.compare_digest(code.encode(), self.code.encode()):
            self._wrong += 1
            return None
        guest = secrets.token_urlsafe(32)
        self._guests.add(guest)
        return guest

    def _is_guest(self, cookie: str) -> bool:
        return any(hmac.compare_digest(cookie.encode(), guest.encode()) for guest in self._guests)


def hosts(addresses: Iterable[str], port: int) -> frozenset[str]:
    """What the page may be called at these addresses."""
    named = (f"[{address}]" if ":" in address else address for address in addresses)
    return frozenset(f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]", *named))

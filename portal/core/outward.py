"""Follows an address that somebody wrote down, on the public Internet only, within bounds.

An address is whatever an author typed: it must not make the portal knock at doors inside the
network it stands in. So names are resolved here, each answer is judged, and the connection goes to
the very address that was judged, again at every redirect. Only the head of an answer is read.
"""

import re
import socket
import ssl
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit

AGENT = "CustomsForum-LinkCheck/1"
PORTS = {"http": 80, "https": 443}
MOST_SECONDS = 8.0
MOST_BYTES = 16_384
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PATH_SAFE = "/%:@!$&'()*+,;=~"
STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})")
LOCATION = re.compile(rb"\r?\nlocation:[ \t]*([^\r\n]+)", re.IGNORECASE)
# Addresses that carry another one inside: a translator would lead there.
NAT64 = ip_network("64:ff9b::/96")


class Unreachable(Exception):
    """Nobody answers there, or not in HTTP, or not in time."""


class Forbidden(Exception):
    """The address is not one of the public Internet, or not one of the web."""


@dataclass(frozen=True)
class Reach:
    """Where requests may go: the public Internet at the ports of the web, and what is named."""

    beside: tuple[IPv4Network | IPv6Network, ...] = ()

    def allows(self, host: str, port: int) -> bool:
        """Say whether this numeric address may be connected to."""
        address = ip_address(host)
        if any(address in network for network in self.beside):
            return True
        return port in PORTS.values() and _is_public(address)


PUBLIC = Reach()


def status_of(address: str, *, reach: Reach = PUBLIC, seconds: float = MOST_SECONDS) -> int:
    """Give the HTTP status that an address answers with in the end, all redirects followed.

    Raises `Forbidden` or `Unreachable`; `seconds` bounds the whole errand, name look-ups aside.
    """
    end = time.monotonic() + seconds
    for _attempt in range(MOST_REDIRECTS + 1):
        try:
            status, location = _ask(_parts_of(address), reach, end)
        except (OSError, ValueError) as error:
            raise Unreachable(str(error)) from error
        if status not in REDIRECTS or not location:
            return status
        address = urljoin(address, location)
    raise Unreachable("redirected too often")


def _parts_of(address: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise Forbidden("not an address of the web")
    return parts


def _ask(parts: SplitResult, reach: Reach, end: float) -> tuple[int, str]:
    host = (parts.hostname or "").encode("idna").decode()
    port = parts.port or PORTS[parts.scheme]
    with _connected(host, port, reach, end) as plain:
        line = plain
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        with line:
            line.settimeout(_left(end))
            line.sendall(_request(parts, host, port))
            head = _head(line, end)
    found = STATUS.match(head)
    if found is None:
        raise Unreachable("no answer in HTTP")
    location = LOCATION.search(head)
    return int(found[1]), location[1].decode("latin-1").strip() if location else ""


def _connected(host: str, port: int, reach: Reach, end: float) -> socket.socket:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    places = [str(sockaddr[0]) for *_kind, sockaddr in answers]
    if not all(reach.allows(place, port) for place in places):
        raise Forbidden("not an address of the public Internet")
    return socket.create_connection((places[0], port), timeout=_left(end))


def _request(parts: SplitResult, host: str, port: int) -> bytes:
    target = quote(parts.path or "/", safe=PATH_SAFE)
    if parts.query:
        target += "?" + quote(parts.query, safe=PATH_SAFE + "?")
    name = host if port == PORTS[parts.scheme] else f"{host}:{port}"
    lines = [f"GET {target} HTTP/1.1", f"Host: {name}", f"User-Agent: {AGENT}"]
    return "\r\n".join([*lines, "Accept: */*", "Connection: close", "", ""]).encode("ascii")


def _head(line: socket.socket, end: float) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < MOST_BYTES:
        line.settimeout(_left(end))
        piece = line.recv(4096)
        if not piece:
            break
        head += piece
    return head


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("took too long")
    return left


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return _is_public(inner)
        if address.teredo or address.is_site_local:
            return False
    return address.is_global and not address.is_multicast

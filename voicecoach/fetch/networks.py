"""How near a server is: this machine, its network, or the internet; and that no page leads to a nearer one.

A page from elsewhere that redirects to an address of this machine or network would have the program ask there
in the person's name, of servers that trust whoever is near. A name may lead anywhere, and to another place at
each look-up: where it leads is judged before the program connects, and again by the address connected to.
"""

import socket
import urllib.request
from collections.abc import Callable
from enum import IntEnum
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from voicecoach.errors import FileError, plain

_NAT64 = IPv6Network("64:ff9b::/96")
_LOW_32_BITS = 0xFFFF_FFFF
_CITED = 60


class Network(IntEnum):
    """Where an address is, the nearest first."""

    THIS_MACHINE = 0
    THIS_NETWORK = 1
    INTERNET = 2


def network_of(address: str) -> Network:
    """Return where an IP address is; an IPv4 address inside an IPv6 one counts as what it is."""
    bare = ip_address(address.partition("%")[0])
    if isinstance(bare, IPv6Address):
        inside = IPv4Address(int(bare) & _LOW_32_BITS) if bare in _NAT64 else None
        bare = bare.ipv4_mapped or bare.sixtofour or inside or bare
    if bare.is_loopback or bare.is_unspecified:
        return Network.THIS_MACHINE
    return Network.INTERNET if bare.is_global and not bare.is_multicast else Network.THIS_NETWORK


class Reach:
    """The networks that a page and its redirects come from: none leads to a nearer one than it came from."""

    def __init__(self, page: str) -> None:
        self._page, self._farthest = page, Network.THIS_MACHINE

    def take(self, address: str, host: str) -> None:
        """Go on to an IP address of a host; raises FileError where it is nearer than one before."""
        network = network_of(address)
        if network < self._farthest:
            where = "this machine" if network is Network.THIS_MACHINE else "your own network"
            what = f"the page leads to an address of {where}, {plain(host)[:_CITED]}"
            raise FileError(self._page, what, "give that one if you trust it")
        self._farthest = network

    def take_name(self, host: str) -> None:
        """Go on to a host by its name: to the nearest address that it leads to here, or if to none, far."""
        try:
            found = {str(each[4][0]) for each in socket.getaddrinfo(host, None)}
        except (OSError, UnicodeError):
            self._farthest = Network.INTERNET
        else:
            self.take(min(found, key=network_of), host)


class _Connection(HTTPConnection):
    """A connection that is not made where it would lead too near; where it does, nothing is sent."""

    reach: Reach | None = None

    def connect(self) -> None:
        if self.reach:
            self.reach.take_name(self.host)
        super().connect()
        if self.reach:
            self.reach.take(self.sock.getpeername()[0], self.host)


class _SecureConnection(HTTPSConnection, _Connection):
    """The same with TLS, which begins after `_Connection` has looked where it leads."""


class Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https addresses within a `Reach`."""

    def __init__(self, reach: Reach) -> None:
        super().__init__()
        self._reach = reach

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Open an address without TLS."""
        return self.do_open(self._within(_Connection, req), req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        """Open an address with TLS."""
        return self.do_open(self._within(_SecureConnection, req), req)

    def _within(self, kind: type[_Connection], req: urllib.request.Request) -> Callable[..., HTTPConnection]:
        # Of a proxy it tells nothing where it is; what counts is whom it is asked to connect to.
        proxied = req.has_proxy() or bool(getattr(req, "_tunnel_host", None))
        if proxied:
            self._reach.take_name(urlsplit(req.full_url).hostname or "")
        return type(kind.__name__, (kind,), {"reach": None if proxied else self._reach})

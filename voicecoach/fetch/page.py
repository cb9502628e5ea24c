"""One page from the web: bounded in size, time, redirects, and in whose network it may lead to.

A page from elsewhere that redirects to an address of this machine or network would have the program ask there
in the person's name, of servers that trust whoever is near. A name may lead anywhere, and to another place at
each look-up: where it leads is judged before the program connects, and again by the address connected to.
"""

import contextlib
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from enum import IntEnum
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection, IncompleteRead
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from voicecoach.errors import FileError, plain
from voicecoach.fetch import LARGEST

TIMEOUT_S = 20.0
_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
_CHUNK = 65_536
_CITED = 60
_NAT64 = IPv6Network("64:ff9b::/96")
_LOW_32_BITS = 0xFFFF_FFFF
_HEADERS = {"User-Agent": "voicecoach", "Accept": "text/html, text/plain, text/markdown;q=0.9, */*;q=0.1"}
_SAVE = "save the page as a file and import that"
_STATUS = {
    401: ("the page asks for a password", _SAVE),
    403: ("the server refuses programs", _SAVE),
    404: ("there is no such page", "check the address"),
    410: ("the page is gone", "check the address"),
    429: ("the server is asked too often", "try again in a few minutes"),
}


class Fetched(NamedTuple):
    """The bytes of a page, the encoding its server declares ("" where none), and where it was found."""

    raw: bytes
    charset: str
    address: str
    html: bool


def fetch(address: str, *, timeout_s: float = TIMEOUT_S, largest: int = LARGEST) -> Fetched:
    """Return the page at an http or https address; nothing it refers to is fetched.

    `timeout_s` bounds the whole of it. Raises FileError, in one sentence, where there is no page to be had.
    """
    _check(address, address)
    came: SimpleQueue[Fetched | BaseException] = SimpleQueue()

    def ask() -> None:
        try:
            came.put(_page(address, timeout_s, largest))
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that waits
            came.put(error)

    with _told(address, timeout_s):
        # A server that sends a byte now and then never times out by itself: it is not waited for in here.
        Thread(target=ask, daemon=True).start()
        try:
            page = came.get(timeout=timeout_s)
        except Empty:
            raise TimeoutError from None
        if isinstance(page, BaseException):
            raise page
        return page


def _page(address: str, timeout_s: float, largest: int) -> Fetched:
    opener = urllib.request.build_opener(_Redirects(address), _Handler(_Reach(address)))
    wanted = urllib.request.Request(address, headers=_HEADERS)  # noqa: S310 - the scheme is checked above
    with opener.open(wanted, timeout=timeout_s) as answer:
        kind = answer.headers.get_content_type()
        if not kind.startswith(_TYPES):
            what = f"this is no page of text but {plain(kind)[:_CITED]}"
            raise FileError(address, what, "give the address of a page")
        raw = _body(answer, address, largest)
        if answer.length:
            raise IncompleteRead(raw, answer.length)
        charset = answer.headers.get_content_charset("")
        return Fetched(raw, charset, answer.geturl(), html="html" in kind)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and only to where a page can be; `_Reach` says to which networks."""

    max_redirections, max_repeats = 5, 2

    def __init__(self, address: str) -> None:
        self._address = address

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        _check(newurl, self._address)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _check(address: str, given: str) -> None:
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(each.isspace() for each in address):
        raise FileError(given, "this is no address of a page", "write one like https://example.org/page")
    if parts.username is not None:
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise FileError(bare, "no name and password are sent to a server", _SAVE)


def _body(answer: IO[bytes], address: str, largest: int) -> bytes:
    """Return what an answer brings, as long as it is not too much."""
    parts, size = [], 0
    some: Callable[[int], bytes] = getattr(answer, "read1", answer.read)
    while part := some(_CHUNK):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise FileError(address, f"the page has over {largest / 1e6:g} MB", _SAVE + ", without its pictures")
    return b"".join(parts)


@contextlib.contextmanager
def _told(address: str, timeout_s: float) -> Iterator[None]:
    """Turn what can go wrong on the way into a sentence."""
    try:
        yield
    except urllib.error.HTTPError as error:
        with error:
            what, hint = _STATUS.get(error.code, (f"the server answers {error.code}", "try again later"))
        if error.code in {301, 302, 303, 307, 308}:
            what, hint = "the address leads round in circles, or to no page", "check the address"
        raise FileError(address, what, hint) from None
    except IncompleteRead:
        raise FileError(address, "the page broke off on its way", "try again") from None
    except (OSError, HTTPException, ValueError) as error:
        # urllib wraps what came before the answer, and leaves alone what comes after it.
        if isinstance(getattr(error, "reason", error), TimeoutError):
            what, hint = f"the page did not come within {timeout_s:g} seconds", "try again later"
        else:
            what, hint = "the server cannot be reached", "check the address and the connection"
        raise FileError(address, what, hint) from None


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


class _Reach:
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

    reach: _Reach | None = None

    def connect(self) -> None:
        if self.reach:
            self.reach.take_name(self.host)
        super().connect()
        if self.reach:
            self.reach.take(self.sock.getpeername()[0], self.host)


class _SecureConnection(HTTPSConnection, _Connection):
    """The same with TLS, which begins after `_Connection` has looked where it leads."""


class _Handler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Opens http and https addresses within a `_Reach`."""

    def __init__(self, reach: _Reach) -> None:
        super().__init__()
        self._reach = reach

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._within(_Connection, req), req)

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(self._within(_SecureConnection, req), req)

    def _within(self, kind: type[_Connection], req: urllib.request.Request) -> Callable[..., HTTPConnection]:
        # Of a proxy it tells nothing where it is; what counts is whom it is asked to connect to.
        proxied = req.has_proxy() or bool(getattr(req, "_tunnel_host", None))
        if proxied:
            self._reach.take_name(urlsplit(req.full_url).hostname or "")
        return type(kind.__name__, (kind,), {"reach": None if proxied else self._reach})

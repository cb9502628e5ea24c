"""One page from the web: bounded in size, time and redirects."""

import contextlib
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPException, HTTPMessage, IncompleteRead
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, NamedTuple
from urllib.parse import urlsplit

from voicecoach.errors import FileError, plain
from voicecoach.fetch import LARGEST
from voicecoach.fetch.networks import Handler, Reach

TIMEOUT_S = 20.0
MOST_REDIRECTS = 5
_SCHEMES = ("http", "https")
_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
_CHUNK = 65_536
_CITED = 60
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
    _checked(address, address)
    with _told(address, timeout_s):
        # A server that sends a byte now and then never times out by itself: it is not waited for in here.
        return _within(timeout_s, lambda: _page(address, timeout_s, largest))


def _page(address: str, timeout_s: float, largest: int) -> Fetched:
    opener = urllib.request.build_opener(_Redirects(address), Handler(Reach(address)))
    wanted = urllib.request.Request(address, headers=_HEADERS)  # noqa: S310 - the scheme is checked above
    with opener.open(wanted, timeout=timeout_s) as answer:
        kind = answer.headers.get_content_type()
        if not kind.startswith(_TYPES):
            raise FileError(
                address, f"this is no page of text but {plain(kind)[:_CITED]}", "give the address of a page"
            )
        raw = _body(answer, address, largest)
        if answer.length:
            raise IncompleteRead(raw, answer.length)
        charset = answer.headers.get_content_charset("")
        return Fetched(raw, charset, answer.geturl(), html="html" in kind)


def _within(limit_s: float, ask: Callable[[], Fetched]) -> Fetched:
    """Return what `ask` returns, or raise what it raises; raises TimeoutError where neither comes in time."""
    came: SimpleQueue[Fetched | BaseException] = SimpleQueue()

    def asked() -> None:
        try:
            came.put(ask())
        except BaseException as error:  # noqa: BLE001 - it belongs to the thread that waits
            came.put(error)

    Thread(target=asked, daemon=True).start()
    try:
        page = came.get(timeout=limit_s)
    except Empty:
        raise TimeoutError from None
    if isinstance(page, BaseException):
        raise page
    return page


_HEADERS = {"User-Agent": "voicecoach", "Accept": "text/html, text/plain, text/markdown;q=0.9, */*;q=0.1"}


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and only to where a page can be; `Reach` says to which networks."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def __init__(self, address: str) -> None:
        self._address = address

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        _checked(newurl, self._address)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _checked(address: str, given: str) -> None:
    try:
        parts = urlsplit(address)
        sound = parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
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
    while part := _some(answer):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise FileError(address, f"the page has over {largest / 1e6:g} MB", _SAVE + ", without its pictures")
    return b"".join(parts)


def _some(answer: IO[bytes]) -> bytes:
    read = getattr(answer, "read1", answer.read)
    part: bytes = read(_CHUNK)
    return part


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
    except urllib.error.URLError as error:
        slow = isinstance(error.reason, TimeoutError)
        raise _too_slow(address, timeout_s) if slow else _unreachable(address) from None
    except IncompleteRead:
        raise FileError(address, "the page broke off on its way", "try again") from None
    except TimeoutError:
        raise _too_slow(address, timeout_s) from None
    except (OSError, HTTPException, UnicodeError, ValueError):
        raise _unreachable(address) from None


def _too_slow(address: str, timeout_s: float) -> FileError:
    return FileError(address, f"the page did not come within {timeout_s:g} seconds", "try again later")


def _unreachable(address: str) -> FileError:
    return FileError(address, "the server cannot be reached", "check the address and the connection")

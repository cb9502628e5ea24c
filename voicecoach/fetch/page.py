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
_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
_CHUNK = 65_536
_CITED = 60
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
    opener = urllib.request.build_opener(_Redirects(address), Handler(Reach(address)))
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
    """Follows a few redirects, and only to where a page can be; `Reach` says to which networks."""

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

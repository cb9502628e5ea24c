"""One page from the web: bounded in size, time and redirects."""

import contextlib
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from voicecoach.errors import FileError
from voicecoach.fetch import Fetched

MOST_REDIRECTS = 5
_SCHEMES = ("http", "https")
_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
_CHUNK = 65_536
_SAVE = "save the page as a file and import that"
_STATUS = {
    401: ("the page asks for a password", _SAVE),
    403: ("the server refuses programs", _SAVE),
    404: ("there is no such page", "check the address"),
    410: ("the page is gone", "check the address"),
    429: ("the server is asked too often", "try again in a few minutes"),
}


def fetched(address: str, *, timeout_s: float, largest: int) -> Fetched:
    """Return the page at an http or https address; nothing it refers to is fetched.

    `timeout_s` bounds the whole of it. Raises FileError, in one sentence, where there is no page to be had.
    """
    _checked(address, address)
    until = time.monotonic() + timeout_s
    opener = urllib.request.build_opener(_Redirects(address))
    wanted = urllib.request.Request(address, headers=_HEADERS)  # noqa: S310 - the scheme is checked above
    with _told(address, timeout_s), opener.open(wanted, timeout=timeout_s) as answer:
        kind = answer.headers.get_content_type()
        if not kind.startswith(_TYPES):
            raise FileError(address, f"this is no page of text but {kind}", "give the address of a page")
        raw = _body(answer, address, until, largest)
        charset = answer.headers.get_content_charset("")
        return Fetched(raw, charset, answer.geturl(), html="html" in kind)


_HEADERS = {"User-Agent": "voicecoach", "Accept": "text/html, text/plain, text/markdown;q=0.9, */*;q=0.1"}


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few redirects, and only to where a page can be."""

    max_redirections = MOST_REDIRECTS
    max_repeats = 2

    def __init__(self, address: str) -> None:
        self._address = address

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
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


def _body(answer: IO[bytes], address: str, until: float, largest: int) -> bytes:
    """Return what an answer brings, as long as it is neither too much nor too slow."""
    parts, size = [], 0
    # A server that sends a byte now and then never times out by itself: the clock is looked at between parts.
    while part := _some(answer):
        parts.append(part)
        size += len(part)
        if size > largest:
            raise FileError(
                address, f"the page has over {largest / 1e6:g} MB", _SAVE + ", without its pictures"
            )
        if time.monotonic() > until:
            raise TimeoutError
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
    except TimeoutError:
        raise _too_slow(address, timeout_s) from None
    except (OSError, HTTPException, UnicodeError, ValueError):
        raise _unreachable(address) from None


def _too_slow(address: str, timeout_s: float) -> FileError:
    return FileError(address, f"the page did not come within {timeout_s:g} seconds", "try again later")


def _unreachable(address: str) -> FileError:
    return FileError(address, "the server cannot be reached", "check the address and the connection")

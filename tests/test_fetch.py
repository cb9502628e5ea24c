"""Fetching, against a real server on this machine that behaves in every bad way."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from voicecoach.articles.decode import decode
from voicecoach.errors import FileError
from voicecoach.fetch import fetch, is_address

PAGE = "<html><h1>Přitahování kolene</h1></html>"


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        getattr(self, "page_" + self.path.strip("/").replace("-", "_"), self.page_missing)()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
        del format, args

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def page_plain(self) -> None:
        self.answer(200, b"# Plank", Content_Type="text/plain")

    def page_central(self) -> None:
        self.answer(200, PAGE.encode("cp1250"), Content_Type="text/html; charset=windows-1250")

    def page_missing(self) -> None:
        self.answer(404)

    def page_refused(self) -> None:
        self.answer(403)

    def page_broken(self) -> None:
        self.answer(500)

    def page_loop(self) -> None:
        self.answer(302, Location="/loop")

    def page_moved(self) -> None:
        self.answer(301, Location="/plain")

    def page_to_file(self) -> None:
        self.answer(302, Location="file:///etc/hostname")

    def page_picture(self) -> None:
        self.answer(200, b"GIF89a", Content_Type="image/gif")

    def page_huge(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(1000):
                self.wfile.write(b"x" * 10_000)
        except OSError:
            return

    def page_slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def page_dripping_headers(self) -> None:
        try:
            self.wfile.write(b"HTTP/1.1 200 ")
            for _ in range(100):
                self.wfile.write(b"O")
                time.sleep(0.05)
        except OSError:
            return

    def page_broken_off(self) -> None:
        self.answer(200, b"1. Bridge", Content_Type="text/html", Content_Length="900")

    def page_broken_chunk(self) -> None:
        self.protocol_version = "HTTP/1.1"
        self.answer(200, b"90\r\n1. Bridge", Content_Type="text/html", Transfer_Encoding="chunked")
        self.close_connection = True

    def page_silent(self) -> None:
        time.sleep(2)

    def page_garbled(self) -> None:
        self.wfile.write(b"nothing that a server says\r\n")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_comes_with_its_bytes(site: str) -> None:
    assert fetch(f"{site}/plain").raw == b"# Plank"


def test_a_moved_page_is_followed_to_where_it_is(site: str) -> None:
    assert fetch(f"{site}/moved").address == f"{site}/plain"


def test_the_declared_encoding_reads_the_page(site: str) -> None:
    page = fetch(f"{site}/central")
    assert decode(page.raw, page.charset) == PAGE
    assert page.html


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing", "no such page"),
        ("refused", "refuses programs"),
        ("broken", "answers 500"),
        ("loop", "round in circles"),
        ("to-file", "or to no page"),
        ("picture", "image/gif"),
        ("huge", "over 1 MB"),
        ("slow", "within 0.5 seconds"),
        ("dripping-headers", "within 0.5 seconds"),
        ("broken-off", "broke off on its way"),
        ("broken-chunk", "broke off on its way"),
        ("silent", "within 0.5 seconds"),
        ("garbled", "cannot be reached"),
    ],
)
def test_what_cannot_be_had_is_told_in_one_sentence(site: str, path: str, words: str) -> None:
    with pytest.raises(FileError, match=words) as told:
        fetch(f"{site}/{path}", timeout_s=0.5, largest=1_000_000)
    assert "\n" not in str(told.value)
    assert told.value.hint


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "https://",
        "http://[::1",
        "http://a b.org",
        "http://x:99999/",
    ],
)
def test_an_address_of_another_kind_is_refused_before_anything_is_opened(address: str) -> None:
    with pytest.raises(FileError, match="no address of a page"):
        fetch(address)


def test_a_password_is_neither_sent_nor_shown() -> None:
    with pytest.raises(FileError, match="no name and password") as told:
        fetch("http://someone:secret@127.0.0.1:9/page")
    assert str(told.value).startswith("http://127.0.0.1:9/page")
    assert "secret" not in str(told.value)


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(FileError, match="cannot be reached"):
        fetch("http://127.0.0.1:9/", timeout_s=2)


@pytest.mark.parametrize(
    ("text", "on_the_web"),
    [("https://example.org", True), ("HTTP://x", True), ("http.txt", False), ("-", False)],
)
def test_an_address_is_told_from_a_file(text: str, on_the_web: bool) -> None:
    assert is_address(text) is on_the_web

"""Fetching, against a real server on this machine that behaves in every bad way."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from voicecoach.articles.decode import decode
from voicecoach.errors import FileError
from voicecoach.fetch import is_address
from voicecoach.fetch.page import Network, fetch, network_of

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

    def page_to_password(self) -> None:
        self.answer(302, Location="http://someone:secret@127.0.0.1:9/page")

    def page_to_ftp(self) -> None:
        self.answer(302, Location="ftp://127.0.0.1:9/page")

    def page_to_nowhere(self) -> None:
        self.answer(302, Location="http://[::1/page")

    def page_steering(self) -> None:
        self.answer(200, b"", Content_Type="image/\x1b[31m\x07\x9bgif")

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
        ("to-password", "no name and password are sent"),
        ("to-ftp", "no address of a page"),
        ("to-nowhere", "no address of a page|cannot be reached"),
        ("picture", "image/gif"),
        ("steering", "this is no page of text but"),
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
    assert str(told.value).isprintable()
    assert told.value.hint


ELSEWHERE = "93.184.216.34"
"""An address of the internet, which is never connected to: a proxy of the test's own answers for it."""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """Answer for every server, each page redirecting to what stands behind its question mark."""
    asked: list[str] = []

    class Proxy(Server):
        def do_GET(self) -> None:
            asked.append(self.path)
            _, _, target = self.path.partition("?")
            self.answer(302, Location=target) if target else self.page_plain()

        def do_CONNECT(self) -> None:
            asked.append(self.path)
            self.answer(502)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.server_port}")
    yield str(server.server_port), asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("direct", [True, False], ids=["connected to", "by way of a proxy"])
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::]", "[::ffff:127.0.0.1]"]
)
def test_a_page_from_elsewhere_never_leads_to_this_machine(
    proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, host: str, direct: bool
) -> None:
    port, asked = proxy
    if direct:
        monkeypatch.setenv("no_proxy", host.strip("[]"))
    with pytest.raises(FileError, match="the page leads to an address of this machine") as told:
        fetch(f"http://{ELSEWHERE}/?http://{host}:{port}/plain", timeout_s=10)
    assert told.value.path.startswith(f"http://{ELSEWHERE}/")
    assert len(asked) == 1


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Listen on this machine, and take nobody who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def test_nobody_is_called_who_is_too_near(
    proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, listening: socket.socket
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    port = listening.getsockname()[1]
    with pytest.raises(FileError, match=r"an address of this machine, 127\.0\.0\.1; give that one"):
        fetch(f"http://{ELSEWHERE}/?http://127.0.0.1:{port}/plain", timeout_s=10)
    with pytest.raises(BlockingIOError):
        listening.accept()
    assert len(proxy[1]) == 1


def test_nothing_listens_there_and_the_page_is_refused_all_the_same(
    proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, listening: socket.socket
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    port = listening.getsockname()[1]
    listening.close()
    with pytest.raises(FileError, match="an address of this machine"):
        fetch(f"http://{ELSEWHERE}/?http://127.0.0.1:{port}/plain", timeout_s=10)
    assert len(proxy[1]) == 1


def test_a_name_that_leads_near_at_the_second_look_up_is_asked_for_nothing(
    proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = proxy
    monkeypatch.setenv("no_proxy", "moving.example")
    look_up, answers = socket.getaddrinfo, iter([ELSEWHERE, "127.0.0.1"])

    def moving(host: str, *how: Any, **more: Any) -> Any:  # noqa: ANN401 - the library's own arguments
        return look_up(next(answers) if host == "moving.example" else host, *how, **more)

    monkeypatch.setattr(socket, "getaddrinfo", moving)
    with pytest.raises(FileError, match=r"an address of this machine, moving\.example"):
        fetch(f"http://{ELSEWHERE}/?http://moving.example:{port}/plain", timeout_s=10)
    assert len(asked) == 1
    assert next(answers, None) is None


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[fe80::1]", "100.64.0.1"])
def test_nor_to_the_network_that_it_stands_in(proxy: tuple[str, list[str]], host: str) -> None:
    with pytest.raises(FileError, match="an address of your own network"):
        fetch(f"http://{ELSEWHERE}/?http://{host}/plain", timeout_s=10)
    assert len(proxy[1]) == 1


@pytest.mark.parametrize("direct", [True, False], ids=["connected to", "by way of a proxy"])
def test_nor_to_it_over_tls(proxy: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch, direct: bool) -> None:
    port, asked = proxy
    if direct:
        monkeypatch.setenv("no_proxy", "127.0.0.1")
    with pytest.raises(FileError, match="an address of this machine"):
        fetch(f"http://{ELSEWHERE}/?https://127.0.0.1:{port}/plain", timeout_s=10)
    assert len(asked) == 1


def test_nor_after_a_page_of_this_machine_led_elsewhere(proxy: tuple[str, list[str]]) -> None:
    far = f"http://{ELSEWHERE}/?http://127.0.0.1/plain"
    with pytest.raises(FileError, match="an address of this machine"):
        fetch(f"http://127.0.0.1/?{far}", timeout_s=10)
    assert len(proxy[1]) == 2


def test_a_page_from_elsewhere_may_move_elsewhere(proxy: tuple[str, list[str]]) -> None:
    assert fetch(f"http://{ELSEWHERE}/?http://{ELSEWHERE}/plain", timeout_s=10).raw == b"# Plank"
    assert len(proxy[1]) == 2


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("127.0.0.1", Network.THIS_MACHINE),
        ("127.8.9.1", Network.THIS_MACHINE),
        ("0.0.0.0", Network.THIS_MACHINE),  # noqa: S104 - nothing is bound to it
        ("::1", Network.THIS_MACHINE),
        ("::", Network.THIS_MACHINE),
        ("::ffff:127.0.0.1", Network.THIS_MACHINE),
        ("64:ff9b::7f00:1", Network.THIS_MACHINE),
        ("2002:7f00:1::", Network.THIS_MACHINE),
        ("10.1.2.3", Network.THIS_NETWORK),
        ("172.16.0.1", Network.THIS_NETWORK),
        ("::ffff:192.168.0.1", Network.THIS_NETWORK),
        ("169.254.169.254", Network.THIS_NETWORK),
        ("100.64.0.1", Network.THIS_NETWORK),
        ("224.0.0.1", Network.THIS_NETWORK),
        ("fe80::1%eth0", Network.THIS_NETWORK),
        ("fd00::1", Network.THIS_NETWORK),
        (ELSEWHERE, Network.INTERNET),
        ("2606:4700::1111", Network.INTERNET),
        ("::ffff:93.184.216.34", Network.INTERNET),
    ],
)
def test_an_address_is_near_or_far(address: str, network: Network) -> None:
    assert network_of(address) is network


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://example.org/x", "https://", "http://[::1", "http://a b.org", "http://x:99999/"],
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
    ("text", "on_the_web"), [("https://example.org", True), ("HTTP://x", True), ("http.txt", False), ("-", False)]
)
def test_an_address_is_told_from_a_file(text: str, on_the_web: bool) -> None:
    assert is_address(text) is on_the_web

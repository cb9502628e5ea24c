"""Pages for the tests of the command line, and a server that counts who asks for anything."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = """\
Two moves for the morning

Knee rolls
Lie on your back with your knees bent. Roll your knees to the left and back. Do 8 rolls on each side.

Sphinx hold
Lie on your front and prop yourself up on your elbows. Stay there for 20 seconds. Repeat 3 times.
"""
MARKDOWN = """\
---
title: Two moves for the morning
---

## Knee rolls

1. Lie on your back with your knees bent.
2. Roll your knees to the left and back.
3. Do 8 rolls on each side.

## Sphinx hold

1. Lie on your front and prop yourself up on your elbows.
2. Stay there for 20 seconds.
3. Repeat 3 times.
"""
HTML = """\
<!DOCTYPE html><html lang="en"><head><title>Two moves for the morning</title></head><body>
<nav><a href="/plank">Plank 60 seconds</a></nav><h1>Two moves for the morning</h1>
<h2>Knee rolls</h2><ol><li>Lie on your back with both knees bent.</li>
<li>Roll your knees to the left and back.</li><li>Do 8 rolls on each side.</li></ol>
<h2>Sphinx hold</h2><ol><li>Lie on your front and prop yourself up on your elbows.</li>
<li>Stay there for 20 seconds.</li><li>Repeat 3 times.</li></ol></body></html>
"""
BLANKS = """\
Your exercises

Knee hugs
Stretch out on your back and bring your knees in together. Hold for ___ seconds. Repeat ___ times.

Sphinx hold
Lie on your front and prop yourself up on your elbows. Hold for ___ seconds. Repeat 3 times.
"""
CZECH = """\
Dva cviky na záda

1. Přitažení kolene
Lehněte si na záda a pokrčte nohy. Přitáhněte jedno koleno k hrudníku a vydržte 20 sekund. \
Opakujte 3x na každou nohu.

2. Most
Lehněte si na záda, pokrčte kolena. Zvedněte pánev a pomalu ji položte. Opakujte 10x.
"""
NO_EXERCISES = "Our opening hours\n\nMonday to Friday from 8 to 18. Call us, or write a letter.\n"
PROGRAM = """\
title: A short one
exercises:
  - name: Knee hug
    steps: [Draw your knees up.]
    hold: 5s
"""


class Served:
    """A server on this machine: `address` of its page, and every path that it was `asked` for."""

    def __init__(self, page: bytes, kind: str) -> None:
        self.asked: list[str] = []
        served = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                served.asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(page)

            do_POST = do_HEAD = do_GET  # noqa: N815 - the base's names

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
                del format, args

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def served(page: str, kind: str = "text/html; charset=utf-8") -> Iterator[Served]:
    """Serve a page under every path, as long as the body runs."""
    place = Served(page.encode(), kind)
    thread = threading.Thread(target=place.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield place
    finally:
        place.server.shutdown()
        place.server.server_close()
        thread.join()

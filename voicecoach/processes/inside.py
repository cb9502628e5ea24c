"""Inside a child: the way to the program and back, which what a library prints never reaches.

Nothing heavy is imported here: every child begins with it.
"""

import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from voicecoach.processes.frames import FAILED, READY, Frame, GarbledError, read_frame, write_frame


class ParentProcess:
    """The program that this process belongs to. To be made once, first of all, and in the main thread.

    A thread reads what it sends, and ends this process once the program is gone, even in the middle of
    foreign code that never returns.
    """

    def __init__(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides when Ctrl-C ends a session
        # The pipes are for ourselves: standard input and output lead nowhere from now on.
        self._source, self._sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1):
            os.dup2(nowhere, standard)
        sys.stdout = sys.stderr
        self._sending = Lock()
        self._received: SimpleQueue[Frame] = SimpleQueue()
        Thread(target=self._listen, daemon=True).start()

    def receive(self, limit_s: float | None = None) -> Frame | None:
        """Return the next frame, None where none comes within the limit."""
        with suppress(Empty):
            return self._received.get(timeout=limit_s)
        return None

    def send(self, kind: str, fields: Mapping[str, Any] | None = None, payload: bytes = b"") -> None:
        """Send a frame; any thread may. Where the program is gone, so is this process, in a moment."""
        with self._sending, suppress(OSError):
            write_frame(self._sink.write, Frame(kind, fields or {}, payload))
            self._sink.flush()

    def is_ready(self) -> None:
        """Tell that this process can serve from now on."""
        self.send(READY)

    def fail(self, why: str) -> None:
        """Tell why it cannot serve, or no longer."""
        self.send(FAILED, {"why": why})

    def _listen(self) -> None:
        try:
            while True:
                self._received.put(read_frame(self._source.read))
        except (EOFError, OSError, GarbledError):
            os._exit(0)  # and not sys.exit: the main thread may be stuck in C


def tell_in_a_line(error: Exception) -> str:
    """Return what a library's error says, on one line."""
    return " ".join((str(error) or type(error).__name__).split())

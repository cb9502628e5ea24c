"""The terminal at standard error: one that is gone, or takes nothing just now, is in nobody's way."""

import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# For a terminal that is only slow; one that took nothing for so long is not waited for until it does.
_PATIENCE_S = 0.2


class Screen(io.FileIO):
    """A terminal by its file descriptor. What it does not take any more, or not in time, is left out.

    With a `patience_s` of None it is given all the time that it wants; else the descriptor must not block.
    """

    def __init__(self, number: int, patience_s: float | None = None) -> None:
        super().__init__(number, "w", closefd=False)
        self._patience_s = self._wait_s = patience_s

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]
        """Write as much of the data as is taken, and return the length of it all."""
        rest = memoryview(data)
        with suppress(OSError):
            while rest and self._takes():
                rest = rest[os.write(self.fileno(), rest) :]
        return len(data)

    def _takes(self) -> bool:
        if self._patience_s is None:
            return True
        taken = bool(select.select([], [self], [], self._wait_s)[1])
        self._wait_s = self._patience_s if taken else 0.0
        return taken


def never_fail() -> None:
    """Let no message of this run fail because its terminal is gone: what is left to do is still done."""
    if _is_terminal():
        sys.stderr = _stream(Screen(sys.stderr.fileno()))


@contextmanager
def never_waited_for() -> Iterator[None]:
    """Let nobody wait for the terminal meanwhile, as when Ctrl-S has stopped it."""
    before, number = sys.stderr, None
    with suppress(OSError):
        if _is_terminal():
            # Opened once more, for us alone, so that it does not block.
            flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
            number = os.open(os.ttyname(before.fileno()), flags)
            sys.stderr = _stream(Screen(number, _PATIENCE_S))
    try:
        yield
    finally:
        sys.stderr = before
        if number is not None:
            os.close(number)


def _is_terminal() -> bool:
    return sys.platform != "win32" and sys.stderr is not None and sys.stderr.isatty()


def _stream(screen: Screen) -> io.TextIOWrapper:
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    return io.TextIOWrapper(screen, encoding, "backslashreplace", line_buffering=True)

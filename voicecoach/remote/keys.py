"""Single keys in the terminal that a session was started from."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from voicecoach.player import Command
from voicecoach.remote import Obey, Status

KEYS = {
    " ": Command.TOGGLE,
    "n": Command.NEXT,
    "p": Command.PREVIOUS,
    "r": Command.REPEAT,
    "s": Command.SKIP,
    "m": Command.MORE,
    "-": Command.SLOWER,
    "+": Command.FASTER,
    "a": Command.AGAIN,
    "l": Command.LEFT,
    "q": Command.STOP,
}
"""The key of each command, as they are shown."""

ALSO = {"\r": Command.RESUME, "\n": Command.RESUME, "=": Command.FASTER, "_": Command.SLOWER}
"""Keys that a hand in the dark hits just as well."""

_POLL_S = 0.1


def shown() -> str:
    """Return the keys and what they do, in one line."""
    return "  ".join(f"{'space' if key == ' ' else key} {command}" for key, command in KEYS.items())


class Keys:
    """The keyboard of the terminal. The terminal's settings come back at `close`, whatever happens."""

    def __init__(self) -> None:
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:  # noqa: ARG002 - keys show nothing
        """Begin to listen, if there is a terminal to listen to."""
        if sys.stdin is None or not sys.stdin.isatty():
            return
        self._thread = threading.Thread(
            target=self._listen, args=(obey,), name="voicecoach-keys", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and restore the terminal."""
        self._leaving.set()
        if self._thread:
            self._thread.join(1.0)

    def _listen(self, obey: Obey) -> None:
        with _keys() as pressed:
            for key in pressed(self._leaving):
                command = KEYS.get(key.lower()) or ALSO.get(key)
                if command:
                    obey(command)


Pressed = Callable[[threading.Event], Iterator[str]]


@contextmanager
def _keys() -> Iterator[Pressed]:
    """Give single key presses, without their echo; signals like Ctrl-C stay signals."""
    if sys.platform == "win32":
        yield _windows_keys
        return
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    try:
        tty.setcbreak(number)
        yield _unix_keys
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)


def _unix_keys(leaving: threading.Event) -> Iterator[str]:
    import os
    import select

    number = sys.stdin.fileno()
    while not leaving.is_set():
        ready, _, _ = select.select([number], [], [], _POLL_S)
        if ready:
            typed = os.read(number, 64)
            if not typed:
                return
            yield from typed.decode("utf-8", "ignore")


def _windows_keys(leaving: threading.Event) -> Iterator[str]:  # pragma: no cover - only on Windows
    import msvcrt

    while not leaving.wait(_POLL_S / 2):
        while msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
            yield msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]

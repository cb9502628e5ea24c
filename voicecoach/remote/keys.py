"""Single keys in the terminal that a session was started from, which is always left as it was found."""

import atexit
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

from voicecoach.player.commands import Command, State
from voicecoach.remote import Note, Obey, Status, beside

if sys.platform == "win32":
    import msvcrt
else:
    import termios
    import tty

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
_ESCAPE = "\x1b"
_MOST_BYTES = 64


def describe_keys() -> str:
    """Return the keys and what they do, in one line."""
    named = {" ": "space", Command.TOGGLE: "pause"}
    return "  ".join(f"{named.get(key, key)} {named.get(command, command)}" for key, command in KEYS.items())


def can_be_pressed() -> bool:
    """Return whether there is a keyboard to listen to: a terminal, and this program in front of it."""
    try:
        number = sys.stdin.fileno()
        # To read, or to change the terminal, from behind another program would stop this one.
        return os.isatty(number) and (sys.platform == "win32" or os.tcgetpgrp(number) == os.getpgrp())
    except (AttributeError, OSError, ValueError):
        return False


@contextmanager
def listen_to_keys(obey: Obey, status: Callable[[], Status], _: Note) -> Iterator[None]:
    """Listen, if there is a keyboard."""
    if not can_be_pressed():
        yield
        return
    terminal, leaving = _Terminal(), threading.Event()

    def listen() -> None:
        for key in _presses(leaving):
            was_away, terminal.was_away = terminal.was_away, False
            if was_away and status().state is not State.PAUSED:
                # A person who was elsewhere is asked, and not hurried.
                obey(Command.PAUSE)
            command = KEYS.get(key.lower()) or ALSO.get(key)
            if command:
                obey(command)

    def leave() -> None:
        leaving.set()
        terminal.leave()

    with beside(listen, "keys", leave):
        yield


class _Terminal:
    """The terminal without echo and lines, whose settings come back at `leave`, or else as the program ends.

    They do so through a stop, by Ctrl-Z above all, too. Signals like Ctrl-C stay signals. Main thread only.
    """

    def __init__(self) -> None:
        self.was_away = False
        self._before: list[Any] | None = None
        if sys.platform == "win32":
            return
        with suppress(termios.error):
            self._before = termios.tcgetattr(sys.stdin.fileno())
            tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)
            # Where something else ends the program, the shell still finds its terminal.
            atexit.register(self.leave)
            with suppress(ValueError):  # not in the main thread
                signal.signal(signal.SIGTSTP, self._step_aside)
                signal.signal(signal.SIGCONT, self._come_back)

    def leave(self) -> None:
        if self._before is None or sys.platform == "win32":
            return
        self._restore()
        self._before = None
        atexit.unregister(self.leave)
        with suppress(ValueError):
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            signal.signal(signal.SIGCONT, signal.SIG_DFL)

    def _step_aside(self, number: int, _: FrameType | None) -> None:
        """Leave the terminal to the shell, and stop."""
        self._restore()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, self._step_aside)

    def _come_back(self, _: int, __: FrameType | None) -> None:
        """Take the terminal again when continued in front of it, however the program was stopped."""
        self.was_away = True
        if self._before is not None and can_be_pressed():
            tty.setcbreak(sys.stdin.fileno(), termios.TCSADRAIN)

    def _restore(self) -> None:
        with suppress(termios.error):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before or [])


if sys.platform == "win32":

    def _presses(leaving: threading.Event) -> Iterator[str]:
        """Yield the keys as they are pressed."""
        while not leaving.wait(_POLL_S / 2):
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in "\0\xe0":
                    msvcrt.getwch()
                else:
                    yield key

else:

    def _presses(leaving: threading.Event) -> Iterator[str]:
        """Yield the keys as they are pressed, and "" while none is."""
        number = sys.stdin.fileno()
        while not leaving.is_set():
            is_ours = can_be_pressed()
            if not is_ours:
                leaving.wait(_POLL_S)
            if not is_ours or not select.select([number], [], [], _POLL_S)[0]:
                yield ""
                continue
            typed = b""
            with suppress(OSError):  # the terminal is gone
                typed = os.read(number, _MOST_BYTES)
            if not typed:
                return
            text = typed.decode("utf-8", "ignore")
            # An arrow or function key is one key, although it sends letters too.
            yield from "" if text.startswith(_ESCAPE) else text

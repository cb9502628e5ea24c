"""Single keys in the terminal that a session was started from."""

import os
import select
import sys
import threading
from collections.abc import Callable, Iterator

from voicecoach.player.commands import Command, State
from voicecoach.remote import Obey, Status
from voicecoach.remote.terminal import KeyTerminal, is_in_front

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
    return is_in_front()


class Keys:
    """The keyboard of the terminal, whose settings come back at `close`, or else as the program ends."""

    def __init__(self) -> None:
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None
        self._terminal = KeyTerminal()

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to listen, if there is a keyboard."""
        if not can_be_pressed():
            return
        self._terminal.enter()
        self._thread = threading.Thread(target=self._listen, args=(obey, status), name="voicecoach-keys", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and restore the terminal."""
        self._leaving.set()
        self._terminal.leave()
        if self._thread:
            self._thread.join(1.0)

    def _listen(self, obey: Obey, status: Callable[[], Status]) -> None:
        for key in _presses(self._leaving):
            if self._terminal.came_back() and status().state is not State.PAUSED:
                # A person who was elsewhere is asked, and not hurried.
                obey(Command.PAUSE)
            command = KEYS.get(key.lower()) or ALSO.get(key)
            if command:
                obey(command)


if sys.platform == "win32":
    import msvcrt

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
            if not can_be_pressed():
                leaving.wait(_POLL_S)
                yield ""
                continue
            ready, _, _ = select.select([number], [], [], _POLL_S)
            if not ready:
                yield ""
                continue
            try:
                typed = os.read(number, _MOST_BYTES)
            except OSError:  # the terminal is gone
                return
            if not typed:
                return
            text = typed.decode("utf-8", "ignore")
            # An arrow or function key is one key, although it sends letters too.
            yield from "" if text.startswith(_ESCAPE) else text

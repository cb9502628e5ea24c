"""The process for media buttons: its main thread is the system's, another one reads what is to be shown.

How to add a system: write a module with a class that satisfies `SystemPlayer`, add a row to `PLAYERS`, and
name it in `remote/table.py`.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, Protocol

from voicecoach.player import Command
from voicecoach.processes.child import private_pipes
from voicecoach.remote.buttons_wire import FAILED, parsed
from voicecoach.remote.track import Track

Press = Callable[[Command], None]

_TURN_S = 0.05


class SystemPlayer(Protocol):
    """A session as a system's own player; made with what is to be called for each button, by any thread."""

    def show(self, track: Track, position_us: int) -> None:
        """Show a track from now on, and that the session is so far in it."""
        ...

    def turn(self, seconds: float) -> None:
        """Let the system deliver what was pressed, for so long at most."""
        ...


def _macos(press: Press) -> SystemPlayer:
    from voicecoach.remote.buttons_macos import NowPlaying

    return NowPlaying(press)


def _windows(press: Press) -> SystemPlayer:
    from voicecoach.remote.buttons_windows import TransportControls

    return TransportControls(press)


PLAYERS: dict[str, Callable[[Press], SystemPlayer]] = {"macos": _macos, "windows": _windows}


def main(system: str) -> None:
    """Be the player of that system until the program closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program decides when Ctrl-C ends a session
    source, sink = private_pipes()
    wanted: SimpleQueue[tuple[Track, int]] = SimpleQueue()
    Thread(target=_listen, args=(source, wanted), daemon=True).start()
    try:
        player = PLAYERS[system](lambda command: _send(sink, command))
        while True:
            with suppress(Empty):
                player.show(*wanted.get(timeout=_TURN_S))
            player.turn(_TURN_S)
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        _send(sink, FAILED + " ".join((str(error) or type(error).__name__).split()))


def _listen(source: BinaryIO, wanted: "SimpleQueue[tuple[Track, int]]") -> None:
    try:
        for line in source:
            wanted.put(parsed(line))
    finally:
        os._exit(0)  # the program is gone, and the system may hold the main thread


def _send(sink: BinaryIO, word: str) -> None:
    with suppress(OSError):
        sink.write(word.encode() + b"\n")
        sink.flush()

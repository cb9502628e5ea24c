"""Media buttons on macOS and Windows: the session as a player of the system, in a process of its own.

macOS delivers what was pressed to the run loop of a main thread, which in this program follows the sound, and
on both systems foreign code runs: what hangs or crashes there takes no session along.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from voicecoach.player import Command
from voicecoach.processes.child import child_command, ending
from voicecoach.remote import Obey, Status
from voicecoach.remote.buttons_wire import FAILED, packed
from voicecoach.remote.track import PositionClock, Progress

_LOOK_S = 0.25
_PARTING_S = 1.0


class Buttons:
    """The player of a system, a name of `PLAYERS` in `buttons_main`; where it cannot be had, there is none.

    `note` is told why there is none.
    """

    def __init__(self, system: str, note: Callable[[str], None], command: tuple[str, ...] = ()) -> None:
        self._command = command or child_command("voicecoach.remote.buttons_main", system)
        self._note = note
        self._leaving = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to appear among the system's players; nothing is waited for."""
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        try:
            self._process = subprocess.Popen(
                self._command, creationflags=flags, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except OSError as error:
            self._note(_useless(error.strerror or str(error)))
            return
        self._threads = [
            threading.Thread(target=role, args=(self._process, asked), name="voicecoach-buttons", daemon=True)
            for role, asked in ((self._show, status), (self._listen, obey))
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Leave the system's players."""
        self._leaving.set()
        if self._process:
            self._threads[0].join(_PARTING_S)
            try:
                self._process.wait(_PARTING_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            for thread in self._threads:
                thread.join(_PARTING_S)

    def _show(self, process: "subprocess.Popen[bytes]", status: Callable[[], Status]) -> None:
        """Tell the process what changes, until the session leaves, which it sees by the end of its pipe."""
        progress, counted, shown = Progress(), PositionClock(), None
        pipe = process.stdin
        assert pipe is not None  # noqa: S101 - it was asked for
        with suppress(OSError), pipe:
            while not self._leaving.is_set():
                now = status()
                track, position_us = progress.track(now), progress.position_us(now)
                jumped = counted.jumped(position_us, time.monotonic(), plays=track.playback == "Playing")
                if jumped or track != shown:
                    pipe.write(packed(track, position_us))
                    pipe.flush()
                    shown = track
                self._leaving.wait(_LOOK_S)

    def _listen(self, process: "subprocess.Popen[bytes]", obey: Obey) -> None:
        """Obey what is pressed, until the process ends; note why, where nobody asked it to."""
        pipe, why = process.stdout, ""
        assert pipe is not None  # noqa: S101 - it was asked for
        with pipe:
            for line in pipe:
                word = line.decode(errors="replace").rstrip()
                if word in set(Command) and not self._leaving.is_set():
                    obey(Command(word))
                elif word.startswith(FAILED):
                    why = word.removeprefix(FAILED)
        code = process.wait()
        if not self._leaving.is_set():
            self._note(_useless(why or ending(code)))


def _useless(why: str) -> str:
    return f"Media buttons do not work here ({why})."

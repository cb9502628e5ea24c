"""Media buttons on macOS and Windows: the session as a player of the system, in a process of its own.

macOS delivers what was pressed to the run loop of a main thread, which in this program follows the sound, and
on both systems foreign code runs: what hangs or crashes there takes no session along.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib.util import find_spec

from voicecoach.player.commands import Command
from voicecoach.processes.child import Child, ChildError, Failure, child_command
from voicecoach.processes.frames import FAILED
from voicecoach.processes.supervisor import Supervisor
from voicecoach.remote import Note, Obey, Status
from voicecoach.remote.buttons_main import PLAYERS, PRESSED, SHOW
from voicecoach.remote.track import PositionClock, Progress

_LOOK_S = 0.25
_PARTING_S = 1.0  # the session may just be told of a button
# Nobody waits for it: a cold disk and a busy machine may take their time.
_START_LIMIT_S = 20.0


class Buttons:
    """The player of a system, a name of `PLAYERS`; where it cannot be had, `note` is told why."""

    def __init__(self, note: Note, system: str, command: tuple[str, ...] = ()) -> None:
        self._needed = "" if command else PLAYERS[system].needed
        command = command or child_command("voicecoach.remote.buttons_main:run_buttons", system)
        self._supervisor = Supervisor(command, _START_LIMIT_S)
        self._note = note
        self._thread: threading.Thread | None = None

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to appear among the system's players; nothing is waited for."""
        if self._needed and not _is_installed(self._needed):
            self._note('Media buttons are not installed (pip install "voicecoach[buttons]").')
            return
        self._thread = threading.Thread(target=self._run, args=(obey, status), name="voicecoach-buttons", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Leave the system's players."""
        self._supervisor.close()
        if self._thread:
            self._thread.join(_PARTING_S)

    def _run(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Appear, until the session leaves; note why, where it is not the session that does."""
        try:
            self._supervisor.use(lambda child: self._follow(child, obey, status))
        except ChildError as error:
            if error.failure is not Failure.CLOSED:
                self._note(f"Media buttons do not work here ({error.why}).")

    def _follow(self, child: Child, obey: Obey, status: Callable[[], Status]) -> None:
        """Tell the process what changes, and obey what is pressed, until it fails."""
        progress, counted, shown = Progress(), PositionClock(), None
        while True:
            now = status()
            track, position_us = progress.track(now), progress.position_us(now)
            jumped = counted.jumped(position_us, time.monotonic(), plays=track.playback == "Playing")
            if jumped or track != shown:
                child.send(SHOW, {"track": asdict(track), "position_us": position_us})
                shown = track
            frame = child.poll(_LOOK_S)
            if frame and frame.kind == FAILED:
                raise ChildError(Failure.REFUSED, frame.fields["why"])
            if frame and frame.kind == PRESSED:
                obey(Command(frame.fields["command"]))


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it would be in
        return False

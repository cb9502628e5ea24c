"""Media buttons on macOS and Windows: the session as a player of the system, in a process of its own.

macOS delivers what was pressed to the run loop of a main thread, which in this program follows the sound, and
on both systems foreign code runs: what hangs or crashes there takes no session along. The main thread of that
process is the system's; another one reads what is to be shown.

How to add a system: write a module with a class that satisfies `SystemPlayer`, add a row to `PLAYERS`, and
one to `remote/table.py`.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.util import find_spec
from pkgutil import resolve_name
from typing import Protocol

from voicecoach.player.commands import Command
from voicecoach.processes.child import Child, ChildError, Failure, child_command
from voicecoach.processes.frames import FAILED
from voicecoach.processes.inside import ParentProcess, tell_in_a_line
from voicecoach.processes.supervisor import Supervisor
from voicecoach.remote import Note, Obey, Status, beside
from voicecoach.remote.track import Progress, Track

SHOW = "show"
PRESSED = "pressed"
"""What passes: a `track` and the `position_us` in it; the `command` of a button."""

PLAYERS = {
    "darwin": ("voicecoach.remote.buttons_macos:NowPlaying", "MediaPlayer"),
    "win32": ("voicecoach.remote.buttons_windows:TransportControls", "winrt.windows.media.playback"),
}
"""By `sys.platform` the dotted name of its `SystemPlayer`, and the module of the extra `buttons` that it needs."""

_LOOK_S = 0.25
_TURN_S = 0.05
# Nobody waits for it: a cold disk and a busy machine may take their time.
_START_LIMIT_S = 20.0


class SystemPlayer(Protocol):
    """A session as a system's own player; made with what is to be called for each button, by any thread."""

    def show(self, track: Track, position_us: int) -> None:
        """Show a track from now on, and that the session is so far in it."""
        ...

    def turn(self, seconds: float) -> None:
        """Let the system deliver what was pressed, for so long at most."""
        ...


@contextmanager
def listen_to_buttons(
    obey: Obey, status: Callable[[], Status], note: Note, supervisor: Supervisor | None = None
) -> Iterator[None]:
    """Be among the players of the system, which nothing waits for; where that cannot be, `note` is told why."""
    if supervisor is None:
        found = None
        with suppress(ModuleNotFoundError):  # not even the package that it would be in
            found = find_spec(PLAYERS[sys.platform][1])
        if found is None:
            note('Media buttons are not installed (pip install "voicecoach[buttons]").')
            yield
            return
        supervisor = Supervisor(child_command("voicecoach.remote.buttons:run_buttons"), _START_LIMIT_S)

    def run() -> None:
        try:
            supervisor.use(lambda child: _follow(child, obey, status))
        except ChildError as error:
            if error.failure is not Failure.CLOSED:
                note(f"Media buttons do not work here ({error.why}).")

    with beside(run, "buttons", supervisor.close):
        yield


def _follow(child: Child, obey: Obey, status: Callable[[], Status]) -> None:
    """Tell the process what changes, and obey what is pressed, until it fails."""
    progress, shown = Progress(), None
    while True:
        track, position_us = progress.look(status())
        jumped = progress.jumped(position_us, time.monotonic(), plays=track.playback == "Playing")
        if jumped or track != shown:
            child.send(SHOW, {"track": asdict(track), "position_us": position_us})
            shown = track
        frame = child.poll(_LOOK_S)
        if frame and frame.kind == FAILED:
            raise ChildError(Failure.REFUSED, frame.fields["why"])
        if frame and frame.kind == PRESSED:
            obey(Command(frame.fields["command"]))


def run_buttons() -> None:
    """Be the player of this system until the program is gone."""
    serve(resolve_name(PLAYERS[sys.platform][0]))


def serve(make: Callable[[Obey], SystemPlayer]) -> None:
    """Show what the program sends on the player that is made, and tell it what is pressed there."""
    parent = ParentProcess()
    try:
        player = make(lambda command: parent.send(PRESSED, {"command": command.value}))
        parent.is_ready()
        while True:
            if frame := parent.receive(_TURN_S):
                player.show(Track(**frame.fields["track"]), frame.fields["position_us"])
            player.turn(_TURN_S)
    except Exception as error:  # noqa: BLE001 - whatever it is, the program is to hear of it
        parent.fail(tell_in_a_line(error))

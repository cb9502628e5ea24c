"""The process for media buttons: its main thread is the system's, another one reads what is to be shown.

How to add a system: write a module with a class that satisfies `SystemPlayer`, add a row to `PLAYERS`, and
name it in a row of `remote/table.py`.
"""

from collections.abc import Callable
from pkgutil import resolve_name
from typing import NamedTuple, Protocol

from voicecoach.player.commands import Command
from voicecoach.processes.inside import ParentProcess, tell_in_a_line
from voicecoach.remote.track import Track

SHOW = "show"
PRESSED = "pressed"
"""What passes: a `track` and the `position_us` in it; the `command` of a button."""

_TURN_S = 0.05

Press = Callable[[Command], None]


class SystemPlayer(Protocol):
    """A session as a system's own player; made with what is to be called for each button, by any thread."""

    def show(self, track: Track, position_us: int) -> None:
        """Show a track from now on, and that the session is so far in it."""
        ...

    def turn(self, seconds: float) -> None:
        """Let the system deliver what was pressed, for so long at most."""
        ...


class PlayerRow(NamedTuple):
    """The dotted name of a `SystemPlayer`, and the module of the extra `buttons` that it needs."""

    player: str
    needed: str


PLAYERS = {
    "macos": PlayerRow("voicecoach.remote.buttons_macos:NowPlaying", "MediaPlayer"),
    "windows": PlayerRow("voicecoach.remote.buttons_windows:TransportControls", "winrt.windows.media.playback"),
}


def run_buttons(system: str) -> None:
    """Be the player of that system until the program is gone."""
    serve(resolve_name(PLAYERS[system].player))


def serve(make: Callable[[Press], SystemPlayer]) -> None:
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

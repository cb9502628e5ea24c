"""What remotes are tried on: a session that only writes down what it is told."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from tests.bounds import HANG_S
from voicecoach.player.commands import Command, State
from voicecoach.remote import Status

PATIENCE_S = HANG_S

STATUS = Status(
    title="Morning",
    state=State.PLAYING,
    exercise="Bird-dog",
    place="bird-dog, set 1",
    index=2,
    exercises=5,
    position_ms=60_000,
    left_ms=240_000,
)


class Watched:
    """Obeys every command by writing it down; `status` is what it says of itself."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.status_now = STATUS

    def obey(self, command: Command) -> None:
        self.commands.append(command)
        if command is Command.PAUSE:
            self.change(state=State.PAUSED)

    def status(self) -> Status:
        return self.status_now

    def change(self, **what: object) -> None:
        self.status_now = replace(self.status_now, **what)  # type: ignore[arg-type]


def eventually(claim: Callable[[], object]) -> None:
    """Wait until a claim holds; fail where it does not."""
    until = time.monotonic() + PATIENCE_S
    while not claim():
        assert time.monotonic() < until, "it never came to that"
        time.sleep(0.01)


def threads() -> set[str]:
    """Return the names of the remotes' threads that run now."""
    return {each.name for each in threading.enumerate() if each.name.startswith("voicecoach-")}

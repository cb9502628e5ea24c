"""Remotes: what lets a person steer a live session: keys, a local socket, media buttons.

How to add one:

1. Write a module here with a class that satisfies `Remote`.
2. Add a row to `REMOTES` in `remote/table.py`; the module is imported only when the row is used.
3. Run the contract tests of `tests/remote/` on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from voicecoach.player.commands import Command, State

Obey = Callable[[Command], None]
Note = Callable[[str], None]
"""Told what only those want to know who ask for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a remote may show of a session. Times are in milliseconds; `left_ms` 0 means not known yet."""

    title: str
    state: State
    exercise: str
    place: str
    index: int
    exercises: int
    position_ms: int
    left_ms: int


class Remote(Protocol):
    """Something that gives commands; it lives in threads of its own until `close`."""

    def start(self, obey: Obey, status: Callable[[], Status]) -> None:
        """Begin to listen: call `obey` with each command, and `status` whenever something asks for it.

        Raises RemoteError where it cannot.
        """
        ...

    def close(self) -> None:
        """Stop listening and leave everything as it was found: the terminal above all."""
        ...

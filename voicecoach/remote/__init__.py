"""Remotes: what lets a person steer a live session: keys, a local socket, media buttons.

How to add one:

1. Write a module here with a context manager that is a `Remote`.
2. Add a row to `REMOTES` in `remote/table.py`; the module is imported only when the row is used.
3. Run the contract tests of `tests/remote/` on it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from threading import Thread

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


Remote = Callable[[Obey, Callable[[], Status], Note], AbstractContextManager[None]]
"""What gives commands while its context lasts, from threads of its own: it calls the first with each command,
and the second whenever something asks for the status. Raises RemoteError where it cannot listen; it leaves
everything as it was found, the terminal above all.
"""


@contextmanager
def beside(run: Callable[[], None], name: str, leave: Callable[[], None]) -> Iterator[None]:
    """Let a thread `run` until the context is left: then `leave` tells it, and a second is waited for it."""
    thread = Thread(target=run, name=f"voicecoach-{name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        leave()
        thread.join(1.0)

"""Sinks: where a live session's sound goes.

How to add one:

1. Write a module here with a class that satisfies `Sink`.
2. Add a row to `SINKS` in `sinks/table.py`; the module is imported only when the row is used.
3. Run the contract tests of `tests/sinks/` on it.
"""

from collections.abc import Callable
from typing import Protocol

from voicecoach.sinks.feed import Feed


class Sink(Protocol):
    """A place for one continuous stream of sound.

    `late` is how many samples of silence stood in for sound that was not ready.
    """

    name: str
    late: int

    @property
    def underruns(self) -> int | None:
        """How often the device had played all it had before it was given more; None where nobody counts."""
        ...

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play all that an entered `feed` gives in real time; return the samples handed to the device.

        The feed is read ahead in a thread of its own, and silence fills in where it is late. `heard` is
        called about ten times a second, in the caller's thread, with the samples handed over so far. An
        exception out of the feed or `heard`, KeyboardInterrupt above all, stops the sound at once and is
        raised here. Raises DeviceError.
        """
        ...

"""Waiting, and noticing that a session was held up: the program was stopped, or the machine was asleep."""

import sys
import threading
import time
from collections.abc import Callable

HELD_S = 2.0
"""Two looks a tenth of a second apart that lie further apart than this were held up from outside."""

_STEP_S = 0.2

# The clock of each system that goes on in its sleep; that of Python stands there, and elsewhere goes on.
_GOES_ON = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}


def sleepless_s() -> float:
    """Return the seconds of a clock that goes on while the machine sleeps."""
    clock = getattr(time, _GOES_ON.get(sys.platform, ""), None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def wait_for_event(event: threading.Event, seconds: float) -> None:
    """Wait for an event, in steps so short that Ctrl-C ends it on any system."""
    until_s = time.monotonic() + seconds
    while (left_s := until_s - time.monotonic()) > 0 and not event.wait(min(left_s, _STEP_S)):
        pass


class SuspensionWatch:
    """Compares looks at a clock, which are taken ten times a second."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._looked_s: float | None = None

    def begin(self) -> None:
        """Take the next look for the first, as after a wait of our own."""
        self._looked_s = None

    def held_s(self) -> float:
        """Look, and return for how many seconds all was held up since the last look; 0 where it was not."""
        before_s, self._looked_s = self._looked_s, self._clock()
        gone_s = 0.0 if before_s is None else self._looked_s - before_s
        return gone_s if gone_s > HELD_S else 0.0

"""A sink without sound: a session in real time on a machine without a device."""

import time
from collections.abc import Callable

from voicecoach.sinks.feed import Feed

_TICK_S = 0.1


class NullSink:
    """Plays to nothing, at the pace of `clock` and `sleep`, both in seconds."""

    name = "null"
    late = 0
    underruns = None

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        """Play all that `feed` gives, as `Sink` has it; the last sample has sounded when it returns."""
        while not feed.wait_for(1, _TICK_S):
            pass
        start, taken = self._clock(), 0
        while not feed.all_given:
            # Ticks are counted from the start: a sleep that is late shortens the next one.
            until = taken + round(_TICK_S * rate_hz)
            feed.take(until - taken)
            taken, self.late = until, feed.late
            heard(feed.given)
            feed.check()
            self._sleep(max(0.0, start + taken / rate_hz - self._clock()))
        feed.check()
        return feed.given

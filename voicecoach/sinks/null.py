"""A sink without sound: a session in real time on a machine without a device."""

import time
from collections.abc import Callable

from voicecoach.sinks.feed import Feed

_TICK_S = 0.1
_HELD_S = 1.0  # a wait that ends later than this was held up from outside, as by SIGSTOP or a sleep


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
            due = start + taken / rate_hz
            self._sleep(max(0.0, due - self._clock()))
            late_s = self._clock() - due
            # A person who was away is not to hear minutes in a rush: what was missed is not caught up with.
            start += late_s if late_s > _HELD_S else 0.0
        feed.check()
        return feed.given

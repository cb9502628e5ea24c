"""The sink without sound keeps a session's pace by the clock and sleep that it is given."""

import time
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from tests.sinks.fed import fed
from voicecoach.audio import Pcm
from voicecoach.sinks.null import NullSink

RATE_HZ = 8_000


class SlowClock:
    """A clock whose sleeps always last a little too long."""

    def __init__(self, too_long_s: float) -> None:
        self.now_s = 1_000.0
        self._too_long_s = too_long_s

    def clock(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now_s += seconds + self._too_long_s
        time.sleep(0.001)  # let the reading thread run: only this clock's time is not real


def blocks(seconds: float) -> Iterator[Pcm]:
    for _ in range(round(seconds * 10)):
        yield np.ones(RATE_HZ // 10, np.int16)


@pytest.mark.parametrize("too_long_s", [0.0, 0.02])
def test_two_minutes_take_two_minutes_although_every_sleep_is_late(too_long_s: float) -> None:
    clock, heard = SlowClock(too_long_s), list[int]()
    played = fed(NullSink(clock.clock, clock.sleep), blocks(120), heard.append, RATE_HZ)
    assert played == heard[-1] == 120 * RATE_HZ
    assert heard == sorted(heard)
    assert clock.now_s - 1_000 == pytest.approx(120, abs=too_long_s + 2 * 0.1)


def test_what_was_missed_while_the_program_was_held_is_not_rushed_through() -> None:
    clock, told_s = SlowClock(0.0), list[float]()

    def heard(samples: int) -> None:
        told_s.append(clock.now_s)
        if samples == 10 * RATE_HZ:
            clock.now_s += 60  # as between SIGSTOP and SIGCONT

    fed(NullSink(clock.clock, clock.sleep), blocks(20), heard, RATE_HZ)
    apart_s = [later - early for early, later in pairwise(told_s)]
    assert min(apart_s) == pytest.approx(0.1)
    assert max(apart_s) == pytest.approx(60)
    assert clock.now_s - 1_000 == pytest.approx(80, abs=0.2)


def test_a_second_of_sound_takes_a_second() -> None:
    before = time.monotonic()
    assert fed(NullSink(), blocks(1), lambda _: None, RATE_HZ) == RATE_HZ
    assert time.monotonic() - before > 0.95


def test_silence_that_stood_in_for_late_sound_is_counted_and_underruns_are_not() -> None:
    def hesitating() -> Iterator[Pcm]:
        yield from blocks(0.2)
        time.sleep(0.6)
        yield from blocks(0.2)

    sink = NullSink()
    assert fed(sink, hesitating(), lambda _: None, RATE_HZ) == 0.4 * RATE_HZ
    assert sink.late > 0.2 * RATE_HZ  # and more where the machine hesitates, too
    assert sink.underruns is None


def test_nothing_to_play_ends_at_once() -> None:
    assert fed(NullSink(), iter(()), lambda _: None, RATE_HZ) == 0


def test_an_interrupt_while_it_plays_is_raised_at_once() -> None:
    def heard(samples: int) -> None:
        if samples >= RATE_HZ // 5:
            raise KeyboardInterrupt

    before = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        fed(NullSink(), blocks(600), heard, RATE_HZ)
    assert time.monotonic() - before < 300  # of 600


def test_an_error_in_the_blocks_is_raised_and_no_thread_stays() -> None:
    def broken() -> Iterator[Pcm]:
        yield from blocks(0.5)
        raise RuntimeError("no voice")

    with pytest.raises(RuntimeError, match="no voice"):
        fed(NullSink(), broken(), lambda _: None, RATE_HZ)

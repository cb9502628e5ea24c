"""Long sessions: counted in samples to the last one, and as light after hours as in the first minute."""

import sys
import time
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.fakes import LetterVoice, english
from tests.live.driver import Driver
from voicecoach import coach
from voicecoach.coach import Controls
from voicecoach.model import Dose, Exercise, Pacing, Phase, Posture, Program
from voicecoach.player.commands import Command, Moment, State
from voicecoach.session import Session
from voicecoach.sinks.feed import Feed
from voicecoach.sinks.null import NullSink
from voicecoach.units import RATE_HZ, Range, ms_to_samples

MINUTE_MS = 60_000
AHEAD_SAMPLES = RATE_HZ // 5
"""What the feed has ready at each tick of simulated time, as it would have in real time."""

LONG_HOLD = Exercise(
    name="Long hold",
    steps=("Lie still.",),
    posture=Posture.BACK,
    dose=Dose(hold=Range(3 * MINUTE_MS, 3 * MINUTE_MS), reps=Range(3, 3), rest=Range(30_000, 30_000)),
)
LIFTS = Exercise(
    name="Lifts",
    steps=("Lift your hips.", "Lower them again."),
    phases=(Phase(cue="Lift", seconds=2), Phase(cue="Hold", hold=True), Phase(cue="Lower", seconds=2)),
    dose=Dose(hold=Range(5000, 5000), reps=Range(60, 60), rest=Range(30_000, 30_000)),
)


def lasting(minutes: int) -> Program:
    """Return a program of that length or a little more: holds of three minutes, and many short ones."""
    return Program(title="Long", exercises=(LONG_HOLD, LIFTS) * -(-minutes // 19))


class Simulated:
    """A null sink on a clock of its own, which remembers how many samples were handed to it."""

    name = "simulated"
    late = 0
    underruns = None

    def __init__(self) -> None:
        self.now_s = 0.0
        self.given = 0

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        def sleep(seconds: float) -> None:
            self.now_s += seconds
            assert feed.wait_for(AHEAD_SAMPLES, 10)

        self.given = NullSink(lambda: self.now_s, sleep).play(feed, rate_hz, heard)
        return self.given


class Hour:
    """An hour that is played in seconds, with commands at times of its own."""

    def __init__(self, program: Program, commands: dict[int, Command]) -> None:
        self.sink = Simulated()
        self.moments: list[Moment] = []
        self._commands = dict(commands)
        self._obey: Callable[[Command], None] | None = None
        session = Session(program=program, pacing=Pacing(), phrases=english())
        self.timeline = coach.play_session(session, LetterVoice(), self.sink, self._show, Controls(remote=self._listen))

    def _listen(self, obey: Callable[[Command], None]) -> None:
        self._obey = obey

    def _show(self, moment: Moment) -> None:
        self.moments.append(moment)
        due = min(self._commands, default=sys.maxsize)
        if self._obey and moment.position_ms >= due:
            self._obey(self._commands.pop(due))


PAUSES = {
    10 * MINUTE_MS: Command.PAUSE,
    15 * MINUTE_MS: Command.RESUME,
    40 * MINUTE_MS: Command.PAUSE,
    41 * MINUTE_MS: Command.RESUME,
}


@pytest.fixture(scope="module")
def hour() -> Hour:
    return Hour(lasting(60), PAUSES)


def test_an_hour_with_two_pauses_ends_on_its_timeline_to_the_sample(hour: Hour) -> None:
    assert hour.timeline.duration_ms > 66 * MINUTE_MS
    assert hour.sink.given == ms_to_samples(hour.timeline.duration_ms, RATE_HZ)
    assert hour.moments[-1].position_ms == hour.timeline.duration_ms


def test_every_hold_of_the_hour_is_whole_or_was_cut_by_a_pause(hour: Hour) -> None:
    cut = [hold for hold in hour.timeline.holds if hold.end_ms - hold.start_ms != hold.prescribed_ms]
    assert len(cut) <= 2
    assert all(any(hold.end_ms - at_ms in range(300) for at_ms in PAUSES) for hold in cut)


def test_the_hour_is_as_long_as_the_clock_on_the_wall_has_it(hour: Hour) -> None:
    # The last tick may go on for a tenth of a second behind the last sample, and one before the first.
    assert abs(hour.sink.now_s - hour.sink.given / RATE_HZ) < 0.2


def test_pauses_are_seen_at_their_times_and_time_never_goes_back(hour: Hour) -> None:
    paused = [each.position_ms for each in hour.moments if each.state is State.PAUSED]
    assert 5.9 * MINUTE_MS < len(paused) * 100 < 6.1 * MINUTE_MS
    assert all(early.position_ms <= late.position_ms for early, late in pairwise(hour.moments))


def test_the_tenth_hour_costs_no_more_than_the_first() -> None:
    driver = watched_by_nobody()
    costs_s = [_hour_s(driver) for _ in range(10)]
    assert driver.position_ms == 600 * MINUTE_MS
    assert max(costs_s[5:]) < 2 * max(costs_s[:5])
    assert _told_us(driver) < 1000


def test_an_hour_more_is_hardly_any_memory_more() -> None:
    driver = watched_by_nobody()
    tracemalloc.start()
    try:
        _hour_s(driver)
        first, _ = tracemalloc.get_traced_memory()
        _hour_s(driver)
        second, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert second - first < 2_500_000


class Forgetful(list[Any]):
    """A list that keeps only the last: what a test watches with is not to be measured."""

    def append(self, each: object) -> None:
        self[:] = [each]


def watched_by_nobody() -> Driver:
    """Return ten hours and more, of which nothing is kept for a test to look at."""
    driver = Driver(lasting(620))
    driver.voice.asked = driver.moments = Forgetful()
    return driver


def _hour_s(driver: Driver) -> float:
    """Return how long the processor is busy with an hour."""
    began_s = time.process_time()
    for _ in range(600):
        driver.take_ms(6000)
    return time.process_time() - began_s


def _told_us(driver: Driver) -> float:
    """Return how long it takes to tell a moment, which is done ten times a second."""
    began_s = time.process_time()
    for _ in range(200):
        driver.live.tell(driver.given, lambda _: None)
    return (time.process_time() - began_s) * 1e6 / 200

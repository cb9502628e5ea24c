"""A session that is held up, as on a machine asleep: the person is asked then, and nothing is rushed."""

import threading
import time
from collections.abc import Callable

import pytest

from tests.fakes import LetterVoice, english
from tests.live.driver import Driver
from tests.live.test_live import PROGRAM
from tests.live.test_long import Simulated
from voicecoach import coach
from voicecoach.coach import Controls
from voicecoach.live.suspension import HELD_S, SuspensionWatch, sleepless_s
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, Moment, State
from voicecoach.session import Session
from voicecoach.units import RATE_HZ, samples_to_ms

WHOLE_MS = [12_000] * 4 + [20_000] * 2
NIGHT_S = 8 * 3600.0
TICK_MS = 100
RESUMED_MS = 30_000
"""How long after it woke the person comes back."""


class Night:
    """A session on a simulated clock; the machine sleeps in its first hold for so many seconds."""

    def __init__(self, slept_s: float) -> None:
        self.sink = Simulated()
        self.moments: list[Moment] = []
        self.told_s: list[float] = []
        self.slept_at_ms = 0
        self.held_s: list[float] = []
        self._sleeps_s, self._slept_s = slept_s, 40.0  # it may have slept before the session, too
        self._obey: Callable[[Command], None] = lambda _: None
        session = Session(program=PROGRAM, pacing=Pacing(), phrases=english())
        controls = Controls(remote=self._listen, held=self.held_s.append, clock=lambda: self.sink.now_s + self._slept_s)
        self.timeline = coach.play_session(session, LetterVoice(), self.sink, self._show, controls)

    def after(self) -> list[Moment]:
        """Return what was shown from the first moment after the sleep on."""
        return [each for each in self.moments if each.position_ms > self.slept_at_ms]

    def _listen(self, obey: Callable[[Command], None]) -> None:
        self._obey = obey

    def _show(self, moment: Moment) -> None:
        self.moments.append(moment)
        self.told_s.append(self.sink.now_s)
        into_ms = moment.position_ms - moment.now.start_ms
        if not self.slept_at_ms and moment.now.slot.kind == "hold" and into_ms > 4000:
            self.slept_at_ms = moment.position_ms
            self._slept_s += self._sleeps_s
        elif moment.state is State.PAUSED and moment.position_ms > self.slept_at_ms + RESUMED_MS:
            self._obey(Command.RESUME)


@pytest.fixture(scope="module")
def night() -> Night:
    return Night(NIGHT_S)


def test_the_session_is_paused_as_soon_as_the_sleep_is_noticed_and_says_so(night: Night) -> None:
    first = night.after()[0]
    assert first.state is State.PAUSED
    assert first.position_ms - night.slept_at_ms <= TICK_MS
    said = [each.text for each in night.timeline.events if each.start_ms >= night.slept_at_ms]
    assert said[0] == "Paused."
    assert night.held_s == [pytest.approx(NIGHT_S, abs=TICK_MS / 500)]


def test_it_stands_until_it_is_told_to_go_on_and_then_plays_every_hold_whole(night: Night) -> None:
    standing = [each for each in night.after() if each.state is State.PAUSED]
    assert standing[-1].position_ms == pytest.approx(night.slept_at_ms + RESUMED_MS, abs=2 * TICK_MS)
    resumed_ms = standing[-1].position_ms
    said = [each.text for each in night.timeline.events if each.start_ms >= resumed_ms]
    assert said[:4] == ["Bridge, set one. Going on.", "Three", "Two", "One"]
    holds = [hold for hold in night.timeline.holds if hold.end_ms - hold.start_ms == hold.prescribed_ms]
    assert [hold.prescribed_ms for hold in holds] == WHOLE_MS
    assert night.moments[-1].done == {1, 2}


def test_nothing_is_rushed_to_catch_up_with_the_night(night: Night) -> None:
    for moment, now_s in zip(night.moments, night.told_s, strict=True):
        assert abs(moment.position_ms - now_s * 1000) <= 2 * TICK_MS
    assert samples_to_ms(night.sink.given, RATE_HZ) == night.timeline.duration_ms


@pytest.mark.parametrize("slept_s", [0.0, HELD_S - 0.2])
def test_a_nap_that_nobody_notices_changes_nothing(slept_s: float) -> None:
    nap = Night(slept_s)
    assert nap.held_s == []
    assert {each.state for each in nap.moments} == {State.PLAYING}
    assert [hold.prescribed_ms for hold in nap.timeline.holds] == WHOLE_MS


LOOKS = {
    "ten looks a second": ([0.0, 0.1, 0.2, 0.3], []),
    "a busy machine": ([0.0, 0.1, 1.9, 2.0], []),
    "a stop": ([0.0, 0.1, 12.1, 12.2], [12.0]),
    "two stops": ([0.0, 3.0, 6.5], [3.0, 3.5]),
    "an early start": ([500.0, 500.1], []),
}


@pytest.mark.parametrize(("looks_s", "held_s"), LOOKS.values(), ids=LOOKS)
def test_looks_that_lie_far_apart_were_held_up(looks_s: list[float], held_s: list[float]) -> None:
    watch = SuspensionWatch(iter(looks_s).__next__)
    found = [watch.held_s() for _ in looks_s]
    assert [each for each in found if each] == pytest.approx(held_s)


def test_a_wait_of_our_own_is_no_hold_up() -> None:
    watch = SuspensionWatch(iter([0.0, 30.0, 30.1]).__next__)
    watch.held_s()
    watch.begin()
    assert (watch.held_s(), watch.held_s()) == (0, 0)


def test_the_clock_goes_on_at_the_pace_of_the_wall() -> None:
    outer_s, before_s, inner_s = time.monotonic(), sleepless_s(), time.monotonic()
    time.sleep(0.2)
    least_s, after_s = time.monotonic() - inner_s, sleepless_s()
    assert least_s - 0.01 <= after_s - before_s <= time.monotonic() - outer_s + 0.01


def test_a_session_that_is_making_words_is_not_waited_for_to_tell_where_it_is() -> None:
    driver = Driver(PROGRAM)
    driver.take_ms(3000)
    held, done = threading.Event(), threading.Event()

    def make_words() -> None:
        with driver.live._lock:
            held.set()
            done.wait(10)

    maker = threading.Thread(target=make_words)
    maker.start()
    held.wait(10)
    told = len(driver.moments)
    driver.live.tell(driver.given, driver.moments.append, 0.01)
    done.set()
    maker.join()
    assert len(driver.moments) == told
    driver.live.tell(driver.given, driver.moments.append, 0.01)
    assert len(driver.moments) == told + 1

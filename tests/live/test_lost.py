"""A device that vanished and came back: nothing spoken is skipped; a pause and a stop stay."""

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from tests.bounds import HANG_S
from tests.fakes import LetterVoice, english
from tests.live.driver import Driver
from tests.live.test_live import PROGRAM, at_hold, words_after
from voicecoach.audio import Pcm
from voicecoach.coach import Controls, play_session
from voicecoach.errors import DeviceError
from voicecoach.live.suspension import wait_for_event
from voicecoach.model import Pacing
from voicecoach.player.commands import Command, Moment, State
from voicecoach.session import Session
from voicecoach.sinks.feed import Feed


def came_back(driver: Driver) -> None:
    def steer(turned: Callable[[int], Iterator[Pcm]]) -> None:
        driver._left = np.zeros(0, np.int16)
        driver._blocks = turned(driver.given)

    driver.live.lost(steer)


def test_the_session_goes_on_from_the_start_of_the_cut_exercise_and_says_so() -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    position_ms = driver.position_ms
    came_back(driver)
    driver.take_ms(20_000)
    words = words_after(driver, position_ms)
    assert words[:2] == ["The sound is back. From the start of this exercise.", "First exercise: Bridge."]
    assert driver.live.state is State.PLAYING


def test_a_session_that_was_paused_stays_so() -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    driver.command(Command.PAUSE)
    driver.take_ms(2000)
    came_back(driver)
    driver.take_ms(5000)
    assert driver.live.state is State.PAUSED


def test_an_exercise_thatwaited_waits_again_and_asks_again() -> None:
    driver = Driver(PROGRAM, waits=True)
    while driver.live.state is not State.BETWEEN:
        driver.take_ms(1000)
    driver.take_ms(5000)
    position_ms = driver.position_ms
    came_back(driver)
    driver.take_ms(15_000)
    assert driver.live.state is State.BETWEEN
    assert any("Ready for" in words for words in words_after(driver, position_ms))


class Vanishing:
    """A device that takes a second of sound and vanishes, so many times; then it plays to the end at once."""

    name = "vanishing"
    late = 0
    underruns = None

    def __init__(self, times: int) -> None:
        self.times = times
        self.plays = 0

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        self.plays += 1
        taken = 0
        while not feed.all_given and (self.plays > self.times or taken < rate_hz):
            feed.wait_for(2205, 1)
            feed.take(2205)
            taken += 2205
            heard(feed.given)
        if self.plays <= self.times:
            raise DeviceError("the audio device stopped taking sound")
        return feed.given


class Gone(Vanishing):
    """A device that never comes back."""

    def play(self, feed: Feed, rate_hz: int, heard: Callable[[int], None]) -> int:
        if self.plays:
            raise DeviceError("no audio device was found")
        return super().play(feed, rate_hz, heard)


def session() -> Session:
    return Session(program=PROGRAM, pacing=Pacing(), phrases=english())


def nothing(_: Moment) -> None:
    """Show nothing."""


def test_a_device_is_tried_again_and_the_session_comes_to_its_end() -> None:
    lost: list[float] = []
    controls = Controls(lost=lambda _, seconds: lost.append(seconds), wait=lambda _, __: None)
    sink = Vanishing(2)
    timeline = play_session(session(), LetterVoice(), sink, nothing, controls)
    assert (sink.plays, lost) == (3, [1, 1])
    assert [hold.prescribed_ms for hold in timeline.holds] == [12_000] * 4 + [20_000] * 2


def test_a_device_that_never_comes_back_is_tried_with_growing_waits_and_then_given_up() -> None:
    wait_for_event: list[float] = []
    controls = Controls(wait=lambda _, seconds: wait_for_event.append(seconds))
    with pytest.raises(DeviceError, match="no audio device was found"):
        play_session(session(), LetterVoice(), Gone(1), nothing, controls)
    assert wait_for_event == [1, 2, 4, 8, 15, 30]


def test_a_stop_while_the_device_is_away_ends_the_session() -> None:
    obeys: list[Callable[[Command], None]] = []
    controls = Controls(remote=obeys.append, wait=lambda _, __: obeys[0](Command.STOP))
    sink = Vanishing(1)
    play_session(session(), LetterVoice(), sink, nothing, controls)
    assert sink.plays == 1


def test_a_stop_while_the_device_is_away_does_not_wait_for_the_next_try() -> None:
    obeys: list[Callable[[Command], None]] = []

    def stop_soon(_: DeviceError, __: float) -> None:
        threading.Timer(0.2, obeys[0], [Command.STOP]).start()

    controls = Controls(remote=obeys.append, lost=stop_soon, wait=lambda event, _: wait_for_event(event, 2 * HANG_S))
    began = time.monotonic()
    play_session(session(), LetterVoice(), Vanishing(1), nothing, controls)
    assert time.monotonic() - began < HANG_S  # of the wait


@pytest.mark.parametrize(
    ("asked", "then"), [(Command.LEFT, State.PLAYING), (Command.TOGGLE, State.PLAYING), (Command.PAUSE, State.PAUSED)]
)
def test_while_the_device_is_away_the_session_is_told_as_paused(asked: Command, then: State) -> None:
    obeys: list[Callable[[Command], None]] = []
    moments: list[Moment] = []
    away: list[State] = []

    def ask(*_: object) -> None:
        away.append(moments[-1].state)
        obeys[0](asked)
        away.append(moments[-1].state)

    sink = Vanishing(1)
    controls = Controls(remote=obeys.append, wait=ask)
    player = threading.Thread(
        target=play_session, args=(session(), LetterVoice(), sink, moments.append, controls), daemon=True
    )
    player.start()
    while sink.plays < 2:
        time.sleep(0.01)
    obeys[0](Command.LEFT)
    assert moments[-1].state is then
    obeys[0](Command.STOP)
    player.join(60)
    assert away == [State.PAUSED] * 2


def test_commands_and_a_vanishing_device_never_wait_for_each_other() -> None:
    obeys: list[Callable[[Command], None]] = []
    busy = threading.Event()

    def bother() -> None:
        while not busy.wait(0.001):
            obeys[0](Command.LEFT)

    def remote(obey: Callable[[Command], None]) -> None:
        obeys.append(obey)
        threading.Thread(target=bother, daemon=True).start()

    controls = Controls(remote=remote, wait=lambda _, __: None)
    player = threading.Thread(
        target=play_session, args=(session(), LetterVoice(), Vanishing(30), nothing, controls), daemon=True
    )
    player.start()
    while player.is_alive() and not busy.wait(2):
        busy.set()
    player.join(60)
    assert not player.is_alive()

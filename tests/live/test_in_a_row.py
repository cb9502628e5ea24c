"""Commands in a row: one that comes while another is still being answered loses nothing of it."""

import numpy as np
import pytest

from tests.live.driver import Driver
from tests.live.test_live import PROGRAM, at_hold, whole_holds, words_after
from voicecoach.player.commands import Command, State

SOON_MS = 200
ONWARD = set(Command) - {Command.LEFT, Command.PAUSE, Command.STOP, Command.NEXT, Command.PREVIOUS}
ASIDE = (Command.LEFT, Command.SLOWER, Command.FASTER, Command.SKIP, Command.MORE, Command.RESUME)
BOTH_HOLDS = [12_000] * 4 + [20_000] * 2


def waiting() -> Driver:
    """Return a session that waits before its first exercise."""
    driver = Driver(PROGRAM, waits=True)
    while driver.live.state is not State.BETWEEN:
        driver.take_ms(5000)
    driver.take_ms(10_000)
    return driver


@pytest.mark.parametrize("command", ASIDE)
def test_a_command_while_next_is_answered_does_not_undo_it(command: Command) -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    driver.command(Command.NEXT)
    driver.take_ms(SOON_MS)
    driver.command(command)
    driver.to_end()
    driver_holds = [hold.slot.nominal_ms for hold in whole_holds(driver.live.placed)]
    assert driver_holds == [20_000] * 2
    assert driver.moments[-1].done == {2}


def test_next_twice_in_a_row_goes_on_by_two() -> None:
    driver = Driver(PROGRAM)
    driver.take_ms(5000)
    driver.command(Command.NEXT)
    driver.take_ms(SOON_MS)
    driver.command(Command.NEXT)
    position_ms = driver.position_ms
    driver.take_ms(20_000)
    assert any("Reach" in words for words in words_after(driver, position_ms))
    assert not any("Bridge" in words for words in words_after(driver, position_ms))


@pytest.mark.parametrize("command", ASIDE)
@pytest.mark.parametrize("after_ms", [SOON_MS, 3500])
def test_a_command_while_the_session_resumes_skips_no_hold(command: Command, after_ms: int) -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    driver.command(Command.PAUSE)
    driver.take_ms(5000)
    driver.command(Command.RESUME)
    driver.take_ms(after_ms)  # in the answer, or in the lead-in
    driver.command(command)
    driver.to_end()
    assert [hold.slot.nominal_ms for hold in whole_holds(driver.live.placed)] == BOTH_HOLDS
    assert driver.moments[-1].done == {1, 2}


def test_a_skip_is_answered_at_once_even_where_nothing_is_said() -> None:
    driver = Driver(PROGRAM)
    while not (driver.moments and driver.moments[-1].now.slot.kind == "rest"):
        driver.take_ms(500)
    while np.abs(driver.take_ms(50)).max() > 1:
        pass
    driver.command(Command.SKIP)
    assert np.abs(driver.take_ms(300)).max() > 500


@pytest.mark.parametrize("command", sorted(ONWARD))
def test_whatever_is_commanded_a_session_that_waits_goes_on_with_its_exercise(command: Command) -> None:
    driver = waiting()
    position_ms = driver.position_ms
    driver.command(command)
    driver.take_ms(20_000)
    assert driver.live.state is State.PLAYING
    assert "First exercise: Bridge." in words_after(driver, position_ms)


def test_who_wants_it_slower_while_it_waits_gets_it_slower() -> None:
    driver = waiting()
    driver.command(Command.SLOWER)
    driver.take_ms(60_000)
    moves = {each.slot.nominal_ms for each in driver.live.placed if each.slot.kind == "phase"}
    assert moves == {3300}


def test_a_pause_and_a_question_keep_it_waiting() -> None:
    driver = waiting()
    driver.command(Command.LEFT)
    driver.take_ms(5000)
    assert driver.moments[-1].state is State.BETWEEN
    driver.command(Command.PAUSE)
    driver.take_ms(5000)
    assert [each.state for each in driver.moments[-1:]] == [State.PAUSED]
    position_ms = driver.position_ms
    driver.command(Command.RESUME)
    driver.take_ms(10_000)
    assert "First exercise: Bridge." in words_after(driver, position_ms)


def test_reminders_come_half_a_minute_apart() -> None:
    driver = waiting()
    driver.take_ms(200_000)
    reminders = [event.start_ms for placed in driver.live.placed for event in placed.events if event.cue == "reminder"]
    apart = np.diff(reminders)
    assert len(reminders) >= 5
    assert (apart >= 30_000).all()
    assert (apart <= 35_000).all()


def test_waiting_is_told_when_it_is_heard_and_not_when_it_is_placed() -> None:
    driver = Driver(PROGRAM, waits=True)
    while not (driver.moments and driver.moments[-1].state is State.BETWEEN):
        driver.take_ms(100)
    (asked,) = [each for each in driver.live.placed if each.events and each.events[0].cue == "wait"]
    assert abs(driver.moments[-1].position_ms - asked.start_ms) <= 200
    assert driver.moments[-1].now.slot.where.exercise == "Bridge"


def test_an_exercise_that_is_left_in_its_last_lead_in_is_not_done() -> None:
    driver = Driver(PROGRAM)
    while driver.moments[-1:] == [] or driver.moments[-1].now.slot.where.set != 2:
        driver.take_ms(1000)
    while len([each for each in driver.live.placed if each.slot.kind == "hold"]) < 4:
        driver.take_ms(1000)
    driver.take_ms(driver.live.placed[-1].start_ms - driver.position_ms + 1000)
    driver.command(Command.PAUSE)
    driver.take_ms(3000)
    driver.command(Command.RESUME)
    driver.take_ms(4500)
    driver.command(Command.NEXT)
    driver.take_ms(5000)
    assert 1 not in driver.moments[-1].done

"""A live session obeys: nothing overlaps, holds stay whole, and every command is answered."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes import LetterVoice, english
from tests.live.driver import Driver
from voicecoach.events import Kind
from voicecoach.model import Breath, Dose, Exercise, Pacing, Phase, Posture, Program, Sides
from voicecoach.player.commands import Command, State
from voicecoach.session import Session, time_session
from voicecoach.timeline import PlacedSlot, gather
from voicecoach.units import RATE_HZ, Range

BRIDGE = Exercise(
    name="Bridge",
    steps=("Lift your hips.", "Lower them again."),
    posture=Posture.BACK,
    position="Lie on your back.",
    phases=(
        Phase(cue="Lift", seconds=3, breath=Breath.OUT),
        Phase(cue="Hold", hold=True),
        Phase(cue="Lower", seconds=3, breath=Breath.IN),
    ),
    dose=Dose(reps=Range(2, 2), hold=Range(12_000, 12_000), sets=Range(2, 2)),
)
REACH = Exercise(
    name="Reach",
    steps=("Reach your right arm forward.",),
    posture=Posture.HANDS_AND_KNEES,
    dose=Dose(hold=Range(20_000, 20_000)),
    sides=Sides.EACH,
)
PROGRAM = Program(title="Try", exercises=(BRIDGE, REACH))


def whole_holds(placed: list[PlacedSlot]) -> list[PlacedSlot]:
    return [each for each in placed if each.slot.kind == "hold" and each.end_ms - each.start_ms == each.slot.nominal_ms]


def at_hold(driver: Driver, into_ms: int) -> PlacedSlot:
    """Take sound until the first hold is so far on."""
    while not any(moment.now.slot.kind == "hold" for moment in driver.moments[-1:]):
        driver.take_ms(100)
    hold = driver.moments[-1].now
    driver.take_ms(hold.start_ms + into_ms - driver.position_ms)
    return hold


def words_after(driver: Driver, position_ms: int) -> list[str]:
    return [e.text for p in driver.live.placed for e in p.events if e.start_ms >= position_ms]


def test_without_commands_a_session_is_its_timeline() -> None:
    driver = Driver(PROGRAM)
    driver.to_end()
    holds = whole_holds(driver.live.placed)
    assert [hold.slot.nominal_ms for hold in holds] == [12_000] * 4 + [20_000] * 2
    assert abs(driver.position_ms - driver.live.placed[-1].end_ms) <= 1
    assert driver.moments[-1].done == {1, 2}


@pytest.mark.parametrize("hold_ms", [40, 100, 400, 1000, 3000, 12_000])
def test_without_commands_what_is_played_is_what_is_exported(hold_ms: int) -> None:
    dose = Dose(reps=Range(3, 3), hold=Range(hold_ms, hold_ms))
    program = Program(title="Try", exercises=(replace(BRIDGE, dose=dose), REACH))
    driver = Driver(program)
    driver.to_end()
    session = Session(program=program, pacing=Pacing(), phrases=english())
    exported = time_session(session, LetterVoice())
    played = gather(driver.live.player.script, driver.live.placed)
    assert played == exported
    assert len(exported.holds) == sum(event.cue == "hold-end" for event in played.events)


def test_an_exercise_that_is_left_is_not_done() -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 2000)
    driver.command(Command.NEXT)
    driver.to_end()
    assert driver.moments[-1].done == {2}


def test_a_hold_that_a_pause_cut_starts_anew_after_where_we_are_and_a_lead_in() -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    driver.command(Command.PAUSE)
    paused_ms = driver.position_ms
    driver.take_ms(30_000)
    assert driver.live.state is State.PAUSED
    assert words_after(driver, paused_ms) == ["Paused."]
    driver.command(Command.RESUME)
    resumed_ms = driver.position_ms
    driver.take_ms(25_000)
    words = words_after(driver, resumed_ms)
    assert words[:5] == ["Bridge, set one. Going on.", "Three", "Two", "One", "Repetition one"]
    driver.to_end()
    assert [hold.slot.nominal_ms for hold in whole_holds(driver.live.placed)] == [12_000] * 4 + [20_000] * 2


@pytest.mark.parametrize(
    ("command", "first_words"),
    [
        (Command.NEXT, ["Next.", "And rest.", "Next exercise: Reach."]),
        (Command.REPEAT, ["Once more.", "First exercise: Bridge."]),
        (Command.PREVIOUS, ["Back.", "Welcome to voicecoach. Try."]),
    ],
)
def test_a_jump_is_answered_and_lands_on_its_exercise(command: Command, first_words: list[str]) -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 4000)
    position_ms = driver.position_ms
    driver.command(command)
    driver.take_ms(8000)
    words = words_after(driver, position_ms)
    assert words[0] == first_words[0]
    assert words[-1] in first_words or words[1].split()[0] in {word.split()[0] for word in first_words[1:]} | {
        "Rest.",
        "Rest",
    }


def test_ten_more_seconds_lengthen_the_hold_and_only_it() -> None:
    driver = Driver(PROGRAM)
    hold = at_hold(driver, 4000)
    driver.command(Command.MORE)
    driver.to_end()
    after = [p for p in driver.live.placed if p.slot.kind == "hold"]
    assert after[0].start_ms == hold.start_ms
    assert after[1].end_ms == hold.end_ms + 10_000
    assert [each.slot.nominal_ms for each in after[2:]] == [12_000] * 3 + [20_000] * 2


@pytest.mark.parametrize("command", [Command.SLOWER, Command.FASTER])
def test_tempo_never_changes_a_hold(command: Command) -> None:
    driver = Driver(PROGRAM)
    hold = at_hold(driver, 4000)
    driver.command(command)
    driver.to_end()
    holds = [p for p in driver.live.placed if p.slot.kind == "hold"]
    assert holds[1].end_ms == hold.end_ms
    assert [each.slot.nominal_ms for each in holds[2:]] == [12_000] * 3 + [20_000] * 2
    moves = [p.slot.nominal_ms for p in driver.live.placed if p.slot.kind == "phase" and p.start_ms > hold.end_ms]
    assert set(moves) == ({3300} if command is Command.SLOWER else {2727})


def test_how_much_is_left_is_told_without_touching_the_hold() -> None:
    driver = Driver(PROGRAM)
    hold = at_hold(driver, 4000)
    driver.command(Command.LEFT)
    heard = driver.take_ms(300)
    assert np.abs(heard).max() > 500
    driver.to_end()
    holds = [p for p in driver.live.placed if p.slot.kind == "hold"]
    assert holds[1].end_ms == hold.end_ms


def test_a_stop_is_said_and_ends_the_session() -> None:
    driver = Driver(PROGRAM)
    at_hold(driver, 2000)
    position_ms = driver.position_ms
    driver.command(Command.STOP)
    driver.to_end()
    assert words_after(driver, position_ms) == ["Stopping."]
    assert driver.position_ms - position_ms < 2000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 300), st.sampled_from(list(Command))), max_size=5), st.booleans())
def test_once_it_is_stopped_no_command_brings_it_back(later: list[tuple[int, Command]], waits: bool) -> None:
    driver = Driver(PROGRAM, waits=waits)
    driver.take_ms(40_000)
    position_ms = driver.position_ms
    driver.command(Command.STOP)
    for after_ms, command in later:
        driver.take_ms(after_ms)
        driver.command(command)
        assert driver.live.state is State.STOPPED
    driver.to_end()
    assert words_after(driver, position_ms) == ["Stopping."]
    assert driver.position_ms - position_ms < 2000


def test_an_exercise_waits_for_the_person_and_reminds_them() -> None:
    driver = Driver(PROGRAM, waits=True)
    driver.take_ms(180_000)
    assert driver.live.state is State.BETWEEN
    words = words_after(driver, 0)
    assert "Ready for Bridge? Go on when you like." in words
    assert words.count("I am waiting for you. Go on when you like.") >= 2
    driver.command(Command.RESUME)
    at_hold(driver, 0)
    assert driver.moments[-1].state is State.PLAYING


ANY = st.lists(st.tuples(st.integers(0, 40_000), st.sampled_from(list(Command))), max_size=10)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, st.booleans())
def test_whatever_is_commanded_nothing_overlaps_and_holds_stay_whole(
    commands: list[tuple[int, Command]], waits: bool
) -> None:
    driver = Driver(PROGRAM, Pacing(lead_in_ms=6000), waits=waits)
    cuts_ms: list[int] = []
    for after_ms, command in commands:
        driver.take_ms(after_ms)
        before = driver.given
        driver.command(command)
        first = driver.take_ms(300)
        over = len(first) < 300 * RATE_HZ // 1000
        assert over or np.abs(first).max() > 500, (command, driver.live.state)
        assert driver.given >= before
        cuts_ms.append(-(-before * 1000 // RATE_HZ))
        if driver.live.state is State.STOPPED:
            break
    else:
        cuts_ms.append(-(-driver.given * 1000 // RATE_HZ))
        driver.command(Command.RESUME)
        for _ in range(20):
            driver.take_ms(60_000)
            if driver.live.state is State.BETWEEN:
                cuts_ms.append(-(-driver.given * 1000 // RATE_HZ))
                driver.command(Command.RESUME)
    events = [e for p in driver.live.placed for e in p.events if e.kind is not Kind.TONE]
    for early, late in pairwise(events):
        assert early.start_ms <= late.start_ms
        cut_off = any(early.start_ms <= position_ms <= early.end_ms for position_ms in cuts_ms)
        assert early.end_ms <= late.start_ms or cut_off
    starts = [placed.start_ms for placed in driver.live.placed]
    assert starts == sorted(starts)
    for early_slot, late_slot in pairwise(driver.live.placed):
        assert early_slot.end_ms <= late_slot.start_ms
    broken = [p for p in driver.live.placed if p.slot.kind == "hold" and p.end_ms - p.start_ms != p.slot.nominal_ms]
    assert len(broken) <= len(cuts_ms) + 1

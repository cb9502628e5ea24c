"""What is stated becomes what is done: effort, overrides, defaults, breaths and durations."""

from dataclasses import replace

import pytest

from tests.fakes import placed, session_of
from voicecoach.events import Filled
from voicecoach.model import (
    CALM,
    Breath,
    Breathing,
    Dose,
    Effort,
    Exercise,
    Fitted,
    Override,
    Pacing,
    Phase,
    Program,
    Sides,
)
from voicecoach.script import doses_ms
from voicecoach.script.prescription import DEFAULTS, Prescription, outside, prescribe, takes
from voicecoach.units import Range

IN, OUT = Phase(cue="In", seconds=4, breath=Breath.IN), Phase(cue="Out", seconds=6, breath=Breath.OUT)
UP, HOLD, DOWN = Phase(cue="Up", seconds=2), Phase(cue="Hold", hold=True), Phase(cue="Down", seconds=2)


def exercise(*phases: Phase, **dose: Range | int) -> Exercise:
    spans = {name: Range(value, value) if isinstance(value, int) else value for name, value in dose.items()}
    return Exercise(name="Bridge", steps=("Go.",), phases=phases, dose=Dose(**spans))


def test_doses_add_up_over_sets_sides_repetitions_rests_and_exercises() -> None:
    held = exercise(UP, HOLD, DOWN, sets=2, reps=3, hold=Range(5000, 9000), rest=10_000)
    both = Program(title="A", exercises=(held, replace(held, sides=Sides.EACH)))
    assert doses_ms(both, Pacing()) == 2 * (3 * 9000 + 10_000) + 2 * (2 * 3 * 9000 + 10_000)
    assert doses_ms(both, Pacing(effort=Effort.HIGH)) == 2 * (3 * 13_000 + 10_000) + 2 * (6 * 13_000 + 10_000)
    timed = replace(held, phases=(), dose=Dose(duration=Range(60_000, 60_000), rest=Range(0, 0)))
    assert doses_ms(Program(title="A", exercises=(timed,)), Pacing()) == 60_000


def lengths(plan: Prescription) -> list[int]:
    return [ms for _, ms in plan.phases]


@pytest.mark.parametrize(
    ("phases", "dose", "filled"),
    [
        ((), {}, {"sets": "1", "reps": "8", "rest": "15s"}),
        ((UP, DOWN), {}, {"sets": "1", "reps": "8", "rest": "15s"}),
        ((), {"hold": 5000}, {"sets": "1", "rest": "15s"}),
        ((), {"duration": 60_000}, {"sets": "1", "rest": "15s"}),
        ((), {"sets": 3, "reps": 10, "rest": 0}, {}),
        ((IN, OUT), {}, {"sets": "1", "rest": "15s", "duration": "2m"}),
        ((IN, OUT), {"breaths": 6}, {"sets": "1", "rest": "15s"}),
    ],
)
def test_what_is_not_stated_is_filled_and_a_hold_is_never_invented(
    phases: tuple[Phase, ...], dose: dict[str, int], filled: dict[str, str]
) -> None:
    plan = prescribe(exercise(*phases, **dose), Pacing())
    assert {each.field: each.value for each in plan.filled} == filled


def test_what_is_filled_stands_in_the_order_of_a_dose() -> None:
    assert [each.field for each in prescribe(exercise(), Pacing()).filled] == ["sets", "reps", "rest"]
    assert [each.field for each in prescribe(exercise(IN, OUT), Pacing()).filled] == ["sets", "rest", "duration"]


@pytest.mark.parametrize(
    ("effort", "reps", "hold_ms", "sets"),
    [(Effort.LOW, 10, 20_000, 2), (Effort.MIDDLE, 13, 25_000, 3), (Effort.HIGH, 15, 30_000, 3)],
)
def test_effort_stands_in_the_stated_range(effort: Effort, reps: int, hold_ms: int, sets: int) -> None:
    stated = exercise(reps=Range(10, 15), hold=Range(20_000, 30_000), sets=Range(2, 3))
    plan = prescribe(stated, Pacing(effort=effort))
    assert (plan.reps, plan.hold_ms, plan.sets) == (reps, hold_ms, sets)


def test_an_open_end_is_done_whole_and_may_be_left_early() -> None:
    for name in ("reps", "hold", "duration", "breaths", "cycles", "sets"):
        plan = prescribe(exercise(**{name: Range(6, 6, open_end=True)}), Pacing())
        assert plan.open_end, name
    assert not prescribe(exercise(reps=6, rest=Range(9, 9, open_end=True)), Pacing()).open_end


@pytest.mark.parametrize(
    ("phases", "dose", "field", "everywhere", "named"),
    [
        ((), {}, "sets", True, True),
        ((), {}, "rest", True, True),
        ((), {}, "reps", True, True),
        ((), {}, "hold", False, True),
        ((), {"hold": 5000}, "hold", True, True),
        ((), {"hold": 5000}, "reps", False, True),
        ((), {"duration": 60_000}, "hold", False, False),
        ((UP, DOWN), {"reps": 5}, "hold", False, False),
        ((UP, DOWN), {"reps": 5}, "reps", True, True),
        ((IN, OUT), {}, "reps", False, False),
        ((), {"cycles": 4}, "reps", False, True),
    ],
)
def test_a_flag_replaces_what_an_exercise_has_or_when_named_can_have(
    phases: tuple[Phase, ...], dose: dict[str, int], field: str, everywhere: bool, named: bool
) -> None:
    stated = exercise(*phases, **dose)
    assert takes(stated, field) is everywhere
    assert takes(stated, field, named=True) is named


def test_a_named_flag_wins_over_the_same_flag_for_all_and_stays_at_any_effort() -> None:
    overrides = (Override("hold", 9000, "bridge"), Override("hold", 4000))
    pacing = Pacing(overrides=overrides, effort=Effort.HIGH)
    assert prescribe(exercise(hold=Range(20_000, 30_000)), pacing).hold_ms == 9000
    other = Exercise(name="Plank", steps=("Go.",), dose=Dose(hold=Range(20_000, 30_000)))
    assert prescribe(other, pacing).hold_ms == 4000


def test_a_flag_outside_a_stated_range_is_told() -> None:
    stated = exercise(hold=Range(20_000, 30_000), reps=Range(12, 12, open_end=True))
    assert outside(stated, Pacing(overrides=(Override("hold", 40_000), Override("reps", 5)))) == ("hold",)
    assert outside(stated, Pacing()) == ()


def test_an_odd_total_of_alternating_sides_plays_one_more_and_says_so() -> None:
    odd = replace(exercise(reps=5, rest=0, sets=1), sides=Sides.ALTERNATE)
    plan = prescribe(odd, Pacing())
    assert plan.reps == 6
    told = "6 (5 stated, one more so that both sides are even)"
    assert plan.filled == (Filled("Bridge", "reps", told),)
    assert prescribe(replace(odd, dose=replace(odd.dose, reps=Range(6, 6))), Pacing()).filled == ()


@pytest.mark.parametrize("pace", [0.5, 0.85, 1.0, 1.15, 2.0])
def test_pace_moves_the_tempo_and_unstated_rests_and_never_a_hold(pace: float) -> None:
    plan = prescribe(exercise(UP, HOLD, DOWN, hold=7000), Pacing(pace=pace))
    assert lengths(plan) == [round(2000 / pace), 7000, round(2000 / pace)]
    assert plan.rest_ms == round(DEFAULTS["rest"][0] / pace)
    assert prescribe(exercise(hold=7000, rest=20_000), Pacing(pace=pace)).rest_ms == 20_000


def test_no_phase_is_too_short_for_its_tone() -> None:
    assert lengths(prescribe(exercise(Phase(cue="Tap", seconds=0.2), reps=3), Pacing(pace=2.0))) == [500]


@pytest.mark.parametrize(
    ("duration_ms", "reps", "phases"),
    [(120_000, 12, [4000, 6000]), (65_000, 6, [4333, 6500]), (19_000, 1, [4800, 7200]), (5000, 1, [4000, 6000])],
)
def test_whole_breaths_fill_a_duration_stretched_by_a_fifth_at_most(
    duration_ms: int, reps: int, phases: list[int]
) -> None:
    plan = prescribe(exercise(IN, OUT, duration=duration_ms), Pacing())
    assert plan.breathing
    assert (plan.reps, lengths(plan)) == (reps, phases)


def test_a_duration_with_a_hold_is_filled_with_repetitions_whose_hold_is_exact() -> None:
    plan = prescribe(exercise(UP, HOLD, DOWN, hold=5000, duration=60_000), Pacing())
    assert (plan.reps, lengths(plan)) == (6, [2400, 5000, 2400])


@pytest.mark.parametrize(
    ("breath", "phases"),
    [
        (CALM, [4000, 6000]),
        (None, [4000, 6000]),
        (Breathing(4000, 8000, full_ms=7000), [4000, 7000, 8000]),
        (Breathing(4000, 4000, 4000, 4000), [4000, 4000, 4000, 4000]),
    ],
)
def test_a_pattern_of_breath_is_for_breathing_exercises(breath: Breathing | None, phases: list[int]) -> None:
    assert lengths(prescribe(exercise(breaths=5), Pacing(breath=breath))) == phases
    assert lengths(prescribe(exercise(UP, DOWN, reps=5), Pacing(breath=breath))) == [2000, 2000]


def test_a_hold_that_a_breathing_exercise_prescribes_stays_whatever_the_pattern() -> None:
    for pattern in (CALM, Breathing(4000, 4000, 4000, 4000)):
        own = prescribe(exercise(IN, HOLD, OUT, breaths=5, hold=3000), Pacing(breath=pattern))
        assert lengths(own) == [4000, 3000, 6000]
        bare = prescribe(exercise(breaths=5, hold=3000), Pacing(breath=pattern))
        assert [ms for phase, ms in bare.phases if phase.hold] == [3000]


@pytest.mark.parametrize(
    ("pattern", "phases"),
    [
        (CALM, [4000, 5000, 6000]),
        (Breathing(4000, 8000, full_ms=7000), [4000, 5000, 8000]),
        (Breathing(4000, 4000, full_ms=4000, empty_ms=4000), [4000, 5000, 4000, 4000]),
    ],
)
def test_the_hold_of_a_breath_is_its_pause_and_ends_with_the_way_out(pattern: Breathing, phases: list[int]) -> None:
    session = session_of(exercise(breaths=2, hold=5000), pacing=Pacing(breath=pattern))
    assert lengths(prescribe(session.program.exercises[0], session.pacing)) == phases
    timeline = placed(session)
    assert [e.text for e in timeline.events if e.cue == "hold-end"] == ["Breathe out.", "Breathe out."]


@pytest.mark.parametrize(
    ("seconds", "pace", "grown_ms"), [(0.1, 1.0, [400, 400]), (0.8, 2.0, [100, 100]), (0.5, 1.0, [])]
)
def test_a_movement_too_short_to_be_followed_is_longer_and_says_so(
    seconds: float, pace: float, grown_ms: list[int]
) -> None:
    quick = exercise(Phase(cue="Up", seconds=seconds), DOWN, reps=2)
    timeline = placed(session_of(quick, pacing=Pacing(pace=pace)))
    assert prescribe(quick, Pacing(pace=pace)).phases[0][1] == 500
    assert [each.by_ms for each in timeline.stretched if each.cue == "phase"] == grown_ms
    starts = {rep.start_ms for rep in timeline.reps}
    assert all(each.at_ms in starts for each in timeline.stretched if each.cue == "phase")


def test_movement_for_a_time_is_no_hold_and_may_be_repeated() -> None:
    plan = prescribe(exercise(duration=30_000, reps=3), Pacing())
    assert (plan.timed, plan.hold_ms, plan.reps) == (True, 30_000, 3)
    assert prescribe(exercise(duration=30_000), Pacing()).reps == 1


def test_stated_repetitions_win_over_a_duration_of_the_same_phases() -> None:
    assert prescribe(exercise(UP, DOWN, reps=7, duration=60_000), Pacing()).reps == 7


def test_what_a_target_length_settled_moves_only_what_was_filled() -> None:
    pacing = Pacing(fitted=Fitted(share=1.0, fill=1.0, rest_ms=31_000))
    assert (prescribe(exercise(), pacing).reps, prescribe(exercise(), pacing).rest_ms) == (12, 31_000)
    stated = prescribe(exercise(reps=Range(10, 15), rest=5000), pacing)
    assert (stated.reps, stated.rest_ms) == (15, 5000)

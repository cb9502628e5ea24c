"""A session meets its target length wherever the ranges allow, by what may move and in that order."""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice

import pytest

from tests.fakes import LetterVoice, english, letters, placed
from voicecoach import library
from voicecoach.model import Detail, Dose, Exercise, Override, Pacing, Posture, Program
from voicecoach.script.prescription import prescribe
from voicecoach.session import Session
from voicecoach.session_length import CLOSE_ENOUGH, LEAD_IN_MS, REST_MS, Costs, estimate_duration, fit_length, shortfall
from voicecoach.units import Range, clock

THIRTY = Program(title="Thirty", exercises=tuple(islice(cycle(library.exercises().values()), 30)))
UNDOSED = Program(
    title="Undosed",
    exercises=tuple(
        Exercise(name=name, steps=("Go slowly.",), posture=Posture.BACK, position="Lie down.")
        for name in ("One", "Two", "Three")
    ),
)
PROGRAMS = {
    "thirty": THIRTY,
    "undosed": UNDOSED,
    **{name: library.load_program(name) for name in ("l5-s1-relief", "core-day", "lumbar-sacral")},
}


def fitted(program: Program, target_ms: int, **pacing: object) -> Session:
    knobs = replace(Pacing(fit_ms=target_ms), **pacing)  # type: ignore[arg-type]
    return Session(program=program, pacing=knobs, phrases=english()).fit(LetterVoice())


def length_ms(session: Session) -> int:
    return placed(session).duration_ms


def ends_ms(program: Program) -> tuple[int, int]:
    """Return the lengths between which a program can be moved."""
    return length_ms(fitted(program, 60_000)), length_ms(fitted(program, 6 * 3_600_000))


def targets(program: Program) -> Iterator[int]:
    """Give ten lengths from one end of what can be reached to the other."""
    shortest, longest = ends_ms(program)
    return (shortest + (longest - shortest) * step // 9 for step in range(10))


@pytest.mark.parametrize("name", PROGRAMS)
def test_ten_targets_within_reach_are_met_within_three_percent(name: str) -> None:
    errors = [
        abs(length_ms(fitted(PROGRAMS[name], target_ms)) / target_ms - 1) for target_ms in targets(PROGRAMS[name])
    ]
    print(f"{name}: worst {max(errors):.2%} of {[f'{error:.2%}' for error in errors]}")  # noqa: T201 - a figure
    assert max(errors) <= CLOSE_ENOUGH


def test_thirty_exercises_are_fitted_without_a_voice_in_a_moment() -> None:
    pacing = Pacing(fit_ms=9_000_000)
    began = time.perf_counter()
    costs = Costs.of(THIRTY, pacing, english(), 130, estimate_duration(130))
    found = fit_length(costs, pacing)
    print(f"thirty exercises in {time.perf_counter() - began:.3f} s")  # noqa: T201 - a figure, not a promise
    assert found.fitted


def test_the_estimate_of_a_session_is_what_it_takes_once_its_words_are_measured() -> None:
    for program in PROGRAMS.values():
        costs = Costs.of(program, Pacing(), english(), 130, letters())
        told = length_ms(Session(program=program, pacing=Pacing(), phrases=english()))
        assert costs.total_ms(Pacing()) == pytest.approx(told, rel=0.01)


def test_fitting_is_deterministic() -> None:
    assert fitted(THIRTY, 9_000_000) == fitted(THIRTY, 9_000_000)


@pytest.mark.parametrize("target_ms", [1_800_000, 2_400_000, 3_000_000])
@pytest.mark.parametrize("lead_in_ms", [10_000, 12_000])
def test_what_a_flag_fixes_does_not_move(target_ms: int, lead_in_ms: int) -> None:
    overrides = (Override("hold", 22_000, "childs-pose"), Override("rest", 11_000), Override("sets", 2))
    lead_in = {"lead_in_ms": lead_in_ms, "lead_in_given": True}
    session = fitted(library.load_program("l5-s1-relief"), target_ms, overrides=overrides, **lead_in)
    for exercise in session.program.exercises:
        plan = prescribe(exercise, session.pacing)
        assert (plan.rest_ms, plan.sets) == (11_000, 2)
        assert exercise.key != "childs-pose" or plan.hold_ms == 22_000
    assert session.pacing.lead_in_ms == lead_in_ms


def test_rests_and_lead_ins_move_before_any_dose_does() -> None:
    brief = Pacing(detail=Detail.MINIMAL)
    plain = Session(program=UNDOSED, pacing=brief, phrases=english())
    little = fitted(UNDOSED, length_ms(plain) * 104 // 100, detail=Detail.MINIMAL)
    assert little.pacing.fitted
    assert (little.pacing.fitted.share, little.pacing.fitted.fill) == (0.0, 0.0)
    assert little.pacing.fitted.rest_ms > 15_000
    assert little.pacing.lead_in_ms > 10_000


def test_filled_doses_move_only_when_stated_ranges_are_at_their_end() -> None:
    more = fitted(UNDOSED, ends_ms(UNDOSED)[1] - 10_000)
    assert more.pacing.fitted
    assert (more.pacing.fitted.share, more.pacing.fitted.rest_ms) == (1.0, REST_MS[1])
    assert more.pacing.fitted.fill > 0


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_leaves_its_bounds_however_far_the_target(name: str) -> None:
    for target_ms in (60_000, 6 * 3_600_000):
        session = fitted(PROGRAMS[name], target_ms)
        settled = session.pacing.fitted
        assert settled
        assert REST_MS[0] <= settled.rest_ms <= REST_MS[1]
        assert LEAD_IN_MS[0] <= session.pacing.lead_in_ms <= LEAD_IN_MS[1]
        for exercise in session.program.exercises:
            plan = prescribe(exercise, session.pacing)
            for field, value in (("sets", plan.sets), ("reps", plan.reps), ("hold", plan.hold_ms)):
                span = getattr(exercise.dose, field)
                assert span is None or value in span, (exercise.name, field)
            assert exercise.dose.reps or plan.breathing or plan.reps in {1, *range(8, 13)}


def test_the_time_is_spread_and_not_laid_on_one_exercise() -> None:
    holds = tuple(
        Exercise(name=name, steps=("Go.",), dose=Dose(hold=Range(20_000, 60_000), rest=Range(9000, 9000)))
        for name in ("One", "Two", "Three", "Four")
    )
    program = Program(title="Even", exercises=holds)
    shortest, longest = ends_ms(program)
    for target_ms in range(shortest + 30_000, longest, 20_000):
        session = fitted(program, target_ms)
        lengths = {prescribe(each, session.pacing).hold_ms for each in holds}
        assert max(lengths) - min(lengths) <= 5000


def test_exercises_of_one_name_move_together_and_are_counted_each() -> None:
    shortest, longest = ends_ms(THIRTY)
    target_ms = (shortest + longest) // 2
    assert length_ms(fitted(THIRTY, target_ms)) == pytest.approx(target_ms, rel=CLOSE_ENOUGH)


@pytest.mark.parametrize(
    ("target_ms", "words"),
    [(60_000, ("longer than 1:00.0", "shortest", "--detail brief")), (7_200_000, ("shorter", "longest", "--sets"))],
)
def test_a_target_out_of_reach_is_told_with_by_how_much_and_what_would_help(
    target_ms: int, words: tuple[str, ...]
) -> None:
    session = fitted(library.load_program("l5-s1-relief"), target_ms)
    told = shortfall(session.pacing, length_ms(session))
    assert clock(abs(length_ms(session) - target_ms)) in told
    assert all(word in told for word in words)
    assert "\n" not in told


def test_a_target_that_is_met_is_not_talked_about() -> None:
    assert shortfall(Pacing(fit_ms=100_000), 102_000) == ""
    assert shortfall(Pacing(fit_ms=100_000), 104_000)
    assert shortfall(Pacing(), 104_000) == ""


def test_a_session_without_a_target_is_left_alone() -> None:
    session = Session(program=THIRTY, pacing=Pacing(), phrases=english())
    assert session.fit(LetterVoice()) is session

"""A rest that is stated between long holds is had between them."""

import pytest

from voicecoach.model import Dose, Exercise, Override, Pacing, Sides
from voicecoach.script.prescription import prescribe
from voicecoach.units import Range


def exercise(sides: Sides = Sides.NONE, **dose: int) -> Exercise:
    spans = {name: Range(value, value) for name, value in dose.items()}
    return Exercise(name="Stretch", steps=("Go.",), dose=Dose(**spans), sides=sides)


def test_long_holds_with_a_stated_rest_are_sets_of_one() -> None:
    plan = prescribe(exercise(hold=30_000, reps=3, rest=30_000), Pacing())
    assert (plan.sets, plan.reps, plan.hold_ms, plan.rest_ms) == (3, 1, 30_000, 30_000)
    assert plan.filled == ()


@pytest.mark.parametrize(
    "given",
    [
        exercise(hold=5_000, reps=10, rest=30_000),
        exercise(hold=30_000, reps=3),
        exercise(hold=30_000, reps=3, rest=30_000, sets=2),
        exercise(reps=3, rest=30_000),
        exercise(Sides.ALTERNATE, hold=30_000, reps=4, rest=30_000),
        exercise(hold=10_000, reps=50, rest=30_000),
    ],
    ids=["short holds", "no rest", "sets", "no hold", "alternating", "more than sets may be"],
)
def test_anything_else_keeps_its_repetitions(given: Exercise) -> None:
    assert given.dose.reps is not None
    assert prescribe(given, Pacing()).reps == given.dose.reps.lo


def test_flags_for_repetitions_and_sets_are_kept() -> None:
    stretch = exercise(hold=30_000, reps=3, rest=30_000)
    plan = prescribe(stretch, Pacing(overrides=(Override("reps", 5),)))
    assert (plan.sets, plan.reps) == (5, 1)
    plan = prescribe(stretch, Pacing(overrides=(Override("sets", 2),)))
    assert (plan.sets, plan.reps) == (2, 3)

"""The way from one position to another is told, and so is what to avoid."""

import pytest

from tests.fakes import compiled, english, session_of
from voicecoach.events import Utterance
from voicecoach.model import Breath, Dose, Exercise, Phase, Posture, Sides
from voicecoach.units import Range


def said(*exercises: Exercise) -> list[str]:
    script = compiled(session_of(*exercises))
    sounds = [event.wordings[0] for slot in script.slots for event in slot.events]
    return [sound.text for sound in sounds if isinstance(sound, Utterance)]


def exercise(name: str, posture: Posture, **more: object) -> Exercise:
    return Exercise(name=name, steps=("Move.",), posture=posture, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (Posture.BACK, Posture.HANDS_AND_KNEES, "Roll onto your side first"),
        (Posture.HANDS_AND_KNEES, Posture.BACK, "Sit down to one side first"),
        (Posture.FRONT, Posture.BACK, "Turn over slowly."),
        (Posture.BACK, Posture.STANDING, "Roll onto your side, push"),
        (Posture.STANDING, Posture.BACK, "Come down to the floor"),
    ],
)
def test_a_change_of_position_is_led(before: Posture, after: Posture, way: str) -> None:
    words = said(exercise("One", before), exercise("Later", after))
    named = next(n for n, text in enumerate(words) if "Later" in text)
    assert words[named + 1].startswith(way)


def test_what_leads_out_of_a_position_comes_before_the_next_and_before_getting_up() -> None:
    chair = exercise("Legs up", Posture.BACK, leave="Take your legs down.")
    words = said(chair, exercise("Tilt", Posture.BACK), chair)
    after = next(n for n, text in enumerate(words) if "Tilt" in text)
    assert words[after + 1] == "Take your legs down."
    up = next(n for n, text in enumerate(words) if text.startswith("Roll onto your side, push"))
    assert words[up - 1] == "Take your legs down."


def test_the_position_is_spoken_again_where_it_is_another_on_the_other_side() -> None:
    lying = exercise("Clam", Posture.SIDE, position="Lie on your {side} side.", sides=Sides.EACH)
    words = said(lying)
    switch = next(n for n, text in enumerate(words) if text.startswith("Switch"))
    assert words[switch + 1] == "Lie on your right side."


@pytest.mark.parametrize(
    ("mistake", "spoken"),
    [
        ("Moving fast.", "Avoid this: Moving fast."),
        ("the back sags", "Avoid this: the back sags."),
        ("Do not hold your breath.", "Do not hold your breath."),
        ("Never bounce.", "Never bounce."),
    ],
)
def test_a_mistake_is_never_spoken_as_an_instruction(mistake: str, spoken: str) -> None:
    assert spoken in said(exercise("One", Posture.BACK, mistakes=(mistake,)))
    assert english().warns(mistake) is (spoken == mistake)


@pytest.mark.parametrize("reps", [1, 2, 3])
def test_a_movement_that_is_done_a_few_times_is_told_each_time(reps: int) -> None:
    lift = Phase(cue="Lift your hips", seconds=5, breath=Breath.OUT)
    dose = Dose(reps=Range(reps, reps))
    words = said(exercise("Bridge", Posture.BACK, phases=(lift,), dose=dose))
    assert words.count("Lift your hips.") == reps

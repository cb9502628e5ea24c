"""The way from one position to another is told, and so is what to avoid."""

from dataclasses import replace
from itertools import permutations

import pytest

from tests.fakes import compiled, english, session_of
from voicecoach.events import Utterance
from voicecoach.model import Breath, Detail, Dose, Exercise, Pacing, Phase, Posture, Sides
from voicecoach.units import Range


def said(*exercises: Exercise, detail: Detail = Detail.LEARN) -> list[str]:
    script = compiled(session_of(*exercises, pacing=Pacing(detail=detail)))
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


SIDED = {
    "Kneel on your right knee with your left foot in front.": (
        "Kneel on your right knee with your left foot in front.",
        "Kneel on your left knee with your right foot in front.",
    ),
    "Kneel on your {other} knee.": ("Kneel on your right knee.", "Kneel on your left knee."),
    "Stand with your right foot in front of the left.": (
        "Stand with your right foot in front of the left.",
        "Stand with your left foot in front of the right.",
    ),
}


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("position", SIDED)
def test_a_position_with_sides_is_spoken_for_each_side_in_any_detail(position: str, detail: Detail) -> None:
    words = said(exercise("Lean", Posture.STANDING, position=position, sides=Sides.EACH), detail=detail)
    spoken = [text for text in words if text in SIDED[position]]
    assert tuple(spoken) == SIDED[position]


def test_who_lies_on_a_side_is_turned_over_for_an_exercise_that_begins_on_the_other() -> None:
    left, right = (exercise(side, Posture.SIDE, sides=Sides(side)) for side in ("left", "right"))
    both = exercise("Both", Posture.SIDE, sides=Sides.EACH, position="Lie on your side.")
    over = "Turn over onto your other side."
    pairs = ((left, left), (left, right), (left, both), (both, both))
    assert [said(*each).count(over) for each in pairs] == [0, 1, 1, 3]


INTO = {
    Posture.STANDING: "Stand up.",
    Posture.SITTING: "Sit down.",
    Posture.BACK: "Lie on your back.",
    Posture.FRONT: "Lie on your front.",
    Posture.SIDE: "Lie on your side.",
    Posture.HANDS_AND_KNEES: "Come onto your hands and knees.",
}


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize(("before", "after"), list(permutations(Posture, 2)))
def test_a_new_posture_is_spoken_where_no_position_is(before: Posture, after: Posture, detail: Detail) -> None:
    words = said(exercise("One", before), exercise("Later", after), detail=detail)
    assert (words.count(INTO[before]), words.count(INTO[after])) == (1, 1)
    assert words.index(INTO[after]) > next(n for n, text in enumerate(words) if "Later" in text)


def test_a_position_is_spoken_once_and_one_that_stays_not_again() -> None:
    placed = exercise("One", Posture.BACK, position="Lie down flat.")
    assert INTO[Posture.BACK] not in said(placed, exercise("Two", Posture.BACK))
    assert INTO[Posture.BACK] in said(placed, detail=Detail.MINIMAL)
    between = replace(exercise("Two", Posture.BACK), posture=None)
    assert said(exercise("One", Posture.BACK), between, exercise("Three", Posture.BACK)).count(
        INTO[Posture.BACK]
    ) == 2  # fmt: skip


def test_who_lies_on_one_side_is_turned_over_for_the_other_and_back_for_the_next_set() -> None:
    words = said(exercise("Clam", Posture.SIDE, sides=Sides.EACH, dose=Dose(sets=Range(2, 2))))
    turned = [words[n - 1] for n, text in enumerate(words) if text == "Turn over onto your other side."]
    assert [text.partition(" ")[0] for text in turned] == ["Switch", "Next:", "Switch"]


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

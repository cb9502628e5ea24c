"""Lines that open with the name of their exercise, and plans of one line each."""

import pytest

from voicecoach.articles import Reading, read_article
from voicecoach.units import Range


def read(text: str) -> tuple[Reading, ...]:
    return read_article(text, "page.md", language="en").readings


def names(text: str) -> list[str]:
    return [each.exercise.name for each in read(text)]


def test_a_name_with_a_dash_begins_an_exercise_where_a_position_follows() -> None:
    page = """Core

Bridge - lie on your back and lift your hips. Hold 5 seconds.

Dead bug - lie on your back with arms up. Lower one arm and the opposite leg. 10 times.

Cat cow - start on all fours. Arch your back, then round it.
"""
    assert names(page) == ["Bridge", "Dead bug", "Cat cow"]


def test_names_with_a_full_stop_are_titles_where_their_siblings_have_them() -> None:
    page = """Back class

Bridge. Lift your hips with your knees bent. Hold 5 seconds.
Dead bug. Lower one arm and the opposite leg. 10 times.
Pelvic tilt. Flatten your back against the floor. Hold 5 seconds, 10 times.
"""
    assert names(page) == ["Bridge", "Dead bug", "Pelvic tilt"]


def test_a_numbered_name_with_a_dose_alone_is_an_exercise_whose_steps_are_doubtful() -> None:
    page = """Exercises

1) Bridge: hold 5-10 seconds, 3 sets of 10.
2) Plank: hold 20 seconds, 3 times.
3) Bird dog: 2 sets of 8 per side.
"""
    bridge, plank, dog = read(page)
    assert [each.exercise.steps for each in (bridge, plank, dog)] == [("Bridge.",), ("Plank.",), ("Bird dog.",)]
    assert bridge.exercise.dose.hold == Range(5000, 10_000)
    assert dog.exercise.dose.sets == Range(2, 2)
    assert all(each.evidence["steps"].doubt >= 0.3 for each in (bridge, plank, dog))


@pytest.mark.parametrize(
    ("words", "things"),
    [("None", ()), ("None needed.", ()), ("nothing", ()), ("no equipment", ()), ("-", ()), ("A mat.", ("A mat.",))],
)
def test_no_equipment_is_none(words: str, things: tuple[str, ...]) -> None:
    page = f"# Bridge\nEquipment needed: {words}\n\nLie on your back. Lift your hips. Hold 5 seconds."
    (reading,) = read(page)
    assert reading.exercise.equipment == things

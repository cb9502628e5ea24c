"""Doses in short hand, from high to low, other on one side than on the other, and told in passing."""

import pytest

from voicecoach.articles import read_article
from voicecoach.articles.dose import read_doses, settle
from voicecoach.articles.language import load_language
from voicecoach.model import Sides
from voicecoach.units import Range

SHORT = {
    ("en", "3 x :25"): {"sets": 3, "hold": 25_000},
    ("en", '25" x 4'): {"reps": 4, "hold": 25_000},
    ("en", '3 x 25"'): {"sets": 3, "hold": 25_000},
    ("en", "Lift the chin, 7 seconds. 5 reps."): {"hold": 7000, "reps": 5},
    ("en", "7 seconds. 5 reps"): {"hold": 7000, "reps": 5},
    ("de", "Dreimal täglich, jedes Mal 9."): {"reps": 9},
    ("cs", "3x denně, pokaždé 9."): {"reps": 9},
    ("es", "3 veces al día, 9 cada vez."): {"reps": 9},
    ("fr", "3 fois par jour, 9 à chaque fois."): {"reps": 9},
    ("en", "Twice a day, 9 each time."): {"reps": 9},
    ("en", "3 rounds of 9, then rest"): {"sets": 3, "reps": 9},
}


@pytest.mark.parametrize(("tag", "text"), SHORT)
def test_a_short_dose_is_read(tag: str, text: str) -> None:
    chosen = settle(read_doses(text, load_language(tag)))
    counts = {field: each.value for field, each in chosen.items() if field != "frequency"}
    assert counts == {field: Range(value, value) for field, value in SHORT[tag, text].items()}


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("25-15 reps", "reps", Range(15, 25)),
        ("Hold 25-15 seconds", "hold", Range(15_000, 25_000)),
        ("12, 9, 6 reps", "reps", Range(12, 12)),
        ("Do not do more than 9 reps", "reps", Range(9, 9, open_end=True)),
    ],
)
def test_a_limit_a_pyramid_and_a_range_from_high_to_low_are_doubtful(text: str, field: str, value: Range) -> None:
    stated = settle(read_doses(text, load_language("en")))[field]
    assert stated.value == value
    assert stated.doubt >= 0.3


@pytest.mark.parametrize("text", ["9 times with the left arm and 6 times with the right.", "9L/6R"])
def test_another_number_on_the_other_side_is_doubtful(text: str) -> None:
    chosen = settle(read_doses(text, load_language("en")))
    assert chosen["reps"].doubt >= 0.3
    assert chosen["sides"].value is Sides.EACH


def test_an_exercise_without_sets_has_none_of_the_page() -> None:
    page = (
        "Desk plan\nDo 4 sets of every exercise.\n\n"
        "1. Chair twist\nSit tall and turn your chest. 6 reps, no sets.\n\n"
        "2. Arm raise\nSit tall and raise your arms. 9 times.\n"
    )
    twist, arm = (each.exercise.dose for each in read_article(page, "plan.txt").readings)
    assert twist.sets == Range(1, 1)
    assert arm.sets == Range(4, 4)


@pytest.mark.parametrize("text", ['A board of 6" x 3"', "Figure 4 - 3 sets", "At 10:30", "Lift it 5 cm each time"])
def test_other_short_numbers_are_no_hold_and_no_falling_range(text: str) -> None:
    chosen = settle(read_doses(text, load_language("en")))
    assert not {"hold", "reps"} & chosen.keys()

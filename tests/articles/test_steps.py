"""What becomes a step, and what is a dose, a walk or a picture's number and so none."""

import pytest

from tests.articles.pages_read import BRIDGE, only, read
from voicecoach.articles.report import report
from voicecoach.languages import phrases_for
from voicecoach.model import Side, Sides


@pytest.mark.parametrize(
    "sentence",
    [
        "From all fours stretch out one arm and the opposite leg.",
        "Starting from your hands and knees reach out one arm and the opposite leg.",
        "From a plank position draw one knee towards your chest.",
    ],
)
def test_a_movement_behind_the_place_it_starts_from_is_told(sentence: str) -> None:
    exercise = only(f"## Bird dog\n{sentence} Hold 5 seconds; repeat 8 times each side. Keep your back level.")
    assert sentence in (exercise.position, *exercise.steps)


def test_where_something_comes_from_is_no_movement() -> None:
    page = "# Bridge\n" + BRIDGE + "\n\n## Why\nFrom the start of the day the back is stiff. 3 times a week."
    assert len(read(page).readings) == 1


@pytest.mark.parametrize(
    "dose",
    [
        "Hold 3 to 5 sec; repeat 5 to 8 times; perform at least once per day.",
        "Hold for 5 seconds.",
        "x3 per side.",
        "2 to 3 times 8 side.",
        "Do 3 sets of 10 reps.",
        "Stay for half a minute.",
        "Rest for a minute between sets.",
        "Walk 20 minutes a day.",
    ],
)
def test_a_dose_or_a_walk_is_no_step(dose: str) -> None:
    assert only(f"# Bridge\n{BRIDGE}{dose}").steps == ("Lift your hips.",)


@pytest.mark.parametrize(
    "step", ["Hold for 5 seconds with your knees together.", "Lower your hips over 4 seconds.", "Keep breathing."]
)
def test_a_movement_with_a_dose_is_a_step(step: str) -> None:
    assert step in only(f"# Bridge\n{BRIDGE}{step}").steps


def test_a_walk_gives_its_dose_to_no_exercise_and_is_told_as_left_out() -> None:
    article = read(f"# Bridge\n{BRIDGE}Hold 5 seconds. Walk 20 minutes a day.")
    assert article.readings[0].exercise.frequency == ""
    assert [each.what for each in article.left_out] == ["Walk 20 minutes a day."]


def test_every_sentence_without_a_place_is_told_as_left_out() -> None:
    article = read(f"# Bridge\nMany people like it. {BRIDGE}Hold 5 seconds.")
    assert [each.what for each in article.left_out] == ["Many people like it."]
    assert any("Many people like it." in line for line in report(article))


@pytest.mark.parametrize(
    ("sentence", "step"),
    [
        ("Raise your arm above the shoulder 1.", "Raise your arm above the shoulder."),
        ("Raise your arm (Fig. 2) and turn your head.", "Raise your arm and turn your head."),
        ("Raise your arm [3].", "Raise your arm."),
        ("Raise your arm and count to 5.", "Raise your arm and count to 5."),
        ("Raise your arm for 10 seconds (2 sets).", "Raise your arm for 10 seconds (2 sets)."),
    ],
)
def test_the_number_of_a_picture_is_not_spoken(sentence: str, step: str) -> None:
    assert step in only(f"# Bridge\n{BRIDGE}{sentence}").steps


@pytest.mark.parametrize(
    ("step", "first"),
    [
        ("Roll your head to the right, then to the left.", Side.RIGHT),
        ("Tip your bent legs over to the left, then to the right.", Side.LEFT),
    ],
)
def test_a_step_in_both_directions_begins_with_the_one_named_first(step: str, first: Side) -> None:
    exercise = only(f"# Rocks\nLie on your back. {step} Ten times each way.")
    assert exercise.sides is Sides.EACH
    assert phrases_for("en").first_side((*exercise.steps, exercise.position)) is first

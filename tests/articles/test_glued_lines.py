"""Lines glued without an empty line between them: which of them names, tells, and doses an exercise."""

import pytest

from voicecoach.articles import Article, read_article
from voicecoach.model import Dose, Sides
from voicecoach.units import Range

BRIDGE = "Lie on your back with your knees bent. Lift your hips. "


def read(text: str) -> Article:
    return read_article(text, "page.txt", language="en")


GLUED = """\
Exercises for your back
Cat stretch
kneel on all fours and arch your back
hold 5 seconds, 10 times
Single knee to chest stretch
lie on your back and pull one knee to your chest
30 seconds each side
"""


def test_glued_lines_in_lower_case_are_titles_steps_and_doses() -> None:
    article = read(GLUED)
    assert [(each.exercise.name, each.exercise.steps) for each in article.readings] == [
        ("Cat stretch", ("kneel on all fours and arch your back",)),
        ("Single knee to chest stretch", ("lie on your back and pull one knee to your chest",)),
    ]
    cat, knee = (each.exercise for each in article.readings)
    assert (cat.dose, cat.sides) == (Dose(hold=Range(5000, 5000), reps=Range(10, 10)), Sides.NONE)
    assert (knee.dose, knee.sides) == (Dose(hold=Range(30_000, 30_000)), Sides.EACH)
    assert article.readings[0].evidence["reps"].line == 4


@pytest.mark.parametrize("heading", ["Back exercises\n", ""])
def test_a_plan_of_names_and_doses_needs_no_numbers(heading: str) -> None:
    plan = "Cat stretch\nhold 5 seconds, 10 times\nSingle knee to chest stretch\nhold 30 seconds, 3 times\n"
    article = read(heading + plan)
    assert [(each.exercise.name, each.exercise.dose) for each in article.readings] == [
        ("Cat stretch", Dose(hold=Range(5000, 5000), reps=Range(10, 10))),
        ("Single knee to chest stretch", Dose(hold=Range(30_000, 30_000), reps=Range(3, 3))),
    ]


@pytest.mark.parametrize(("plan", "found"), [("Side bend\n10 times", 2), ("Bridge\n10 times", 1)])
def test_a_name_with_a_dose_alone_is_one_more_exercise_unless_the_page_tells_it(plan: str, found: int) -> None:
    page = f"For your back\n\nBridge\n{BRIDGE}Hold 5 seconds.\n\n{plan}\n"
    assert len(read(page).readings) == found


def test_a_dose_in_the_middle_of_a_wrapped_sentence_stays_in_it() -> None:
    page = "Bridge\n\nLie on your back with your knees bent and\nhold for 5 seconds. Lift your hips.\n"
    (reading,) = read(page).readings
    assert reading.exercise.position == "Lie on your back with your knees bent and hold for 5 seconds."

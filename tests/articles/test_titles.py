"""Titles of every form: counted ones, capitals, short ones that might instruct, and doses beside a name."""

# ruff: noqa: RUF001 - titles have dashes of every kind

import pytest

from tests.articles.pages_read import read
from voicecoach.articles import Article, read_article
from voicecoach.model import Sides
from voicecoach.units import Range


def names(article: Article) -> list[str]:
    return [each.exercise.name for each in article.readings]


def test_capitals_and_a_full_stop_that_open_a_paragraph_are_a_title() -> None:
    first, second, third = (
        each.exercise
        for each in read(
            "ANKLES. Lie on your back and draw circles with your foot. Both feet.\n\n"
            "FINGERS. Hand flat on a table; spread it wide. Six times each hand, four seconds each.\n\n"
            "UPPER BACK. Sit tall and hug yourself. Hold 15 seconds.\n"
        ).readings
    )
    assert (first.name, first.dose.reps, first.dose.hold) == ("ANKLES", None, None)
    assert (second.name, second.dose.reps, second.dose.hold) == ("FINGERS", Range(6, 6), Range(4000, 4000))
    assert (third.name, third.dose.hold) == ("UPPER BACK", Range(15000, 15000))


def test_a_warning_in_capitals_is_no_title() -> None:
    (reading,) = read("CALVES. Stand and rise on your toes. 9 reps.\n\nNOTE. Hold a chair.\n").readings
    assert reading.exercise.name == "CALVES"


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_word_that_might_instruct_is_a_title_where_the_others_look_the_same(gap: str) -> None:
    page = (
        f"Exercises\n\nBridge\n{gap}Lie down and lift your hips. 6 reps.\n\n"
        f"March\n{gap}Lift your knees in turn. 20 reps.\n\n"
        f"Plank\n{gap}Press up on your forearms. Hold 9 seconds.\n"
    )
    assert names(read(page)) == ["Bridge", "March", "Plank"]


def test_a_step_on_a_line_of_its_own_is_no_title() -> None:
    (reading,) = read("Bridge\nLie on your back.\nBreathe out\nLift your hips. 6 reps.\n").readings
    assert len(reading.exercise.steps) + bool(reading.exercise.position) == 3


def test_a_rest_between_exercises_is_none_of_the_one_above_it() -> None:
    page = "Moves\n\nBridge\nLie down and lift your hips. 6 reps.\n\nRest\nLie quietly for 3 minutes.\n\n"
    article = read(page + "Cat\nKneel and round your back. 6 reps.\n")
    assert article.readings[0].exercise.dose.rest is None
    assert "Rest" in [*names(article), *(each.what for each in article.left_out)]


@pytest.mark.parametrize("count", ["Exercise {} of 3", "Exercise {}/3", "Exercise {}", "EXERCISE {}:"])
@pytest.mark.parametrize("title", ["STEP UP", "Step up"])
def test_a_line_that_counts_exercises_is_no_name_of_one(count: str, title: str) -> None:
    page = (
        f"{count.format(1)}\n{title}\nStand in front of a step. Step up slowly. 8 reps\n\n"
        f"{count.format(2)}\nWall lean\nStand facing a wall and lean in. Hold 5 seconds.\n\n"
        f"{count.format(3)}\nHeel dig\nSit down and press your heel into the floor. 4 reps\n"
    )
    assert names(read(page)) == [title, "Wall lean", "Heel dig"]


@pytest.mark.parametrize("mark", ["→", "⟶", "⇒", "|", "-", "–", "=>", "->"])
@pytest.mark.parametrize("form", ["**{}** {} *{}*", "### {} {} {}", "**{} {} {}**"])
def test_a_dose_behind_a_mark_belongs_to_the_title_before_it(mark: str, form: str) -> None:
    page = (
        f"# Neck\n\n{form.format('Chin slide', mark, '12 reps')}\n\n- Sit tall.\n- Slide your chin back.\n\n"
        f"{form.format('Side tilt', mark, '15 s / side')}\n\n- Tilt your head to one side.\n"
    )
    first, second = (each.exercise for each in read(page).readings)
    assert (first.name, first.dose.reps, first.dose.hold) == ("Chin slide", Range(12, 12), None)
    assert (second.name, second.dose.hold, second.sides) == ("Side tilt", Range(15000, 15000), Sides.EACH)


@pytest.mark.parametrize(
    ("tag", "title", "name"),
    [
        ("cs", "Cvik č. 2 – Rotace trupu", "Rotace trupu"),
        ("cs", "Cvik 2 z 5: Rotace trupu", "Rotace trupu"),
        ("de", "Übung Nr. 2: Rumpfdrehung", "Rumpfdrehung"),
        ("de", "Übung 2 von 5 - Rumpfdrehung", "Rumpfdrehung"),
        ("es", "Ejercicio n.º 2: Puente", "Puente"),
        ("fr", "Exercice n° 2 : Le pont", "Le pont"),
        ("fr", "Exercice 2 sur 5 - Le pont", "Le pont"),
        ("en", "Exercise no. 2 - Hip hinge", "Hip hinge"),
        ("en", "Hip hinge: step by step", "Hip hinge"),
        ("en", "Hip hinge - how to do it", "Hip hinge"),
        ("de", "Rumpfdrehung: Ausführung", "Rumpfdrehung"),
    ],
)
def test_a_name_has_neither_its_number_nor_that_directions_follow(tag: str, title: str, name: str) -> None:
    steps = {
        "cs": "Lehněte si na záda a zvedněte pánev. 9 opakování.",
        "de": "Legen Sie sich auf den Rücken und heben Sie das Becken. 9 Wiederholungen.",
        "es": "Túmbese boca arriba y levante la cadera. 9 repeticiones.",
        "fr": "Allongez-vous sur le dos et levez le bassin. 9 répétitions.",
        "en": "Stand tall and bend forward from your hips. 9 reps.",
    }
    assert names(read_article(f"## {title}\n\n{steps[tag]}\n", "page.md", language=tag)) == [name]


def test_a_name_of_a_part_of_the_body_with_a_counted_movement_is_an_exercise_among_others() -> None:
    page = (
        "Thighs\nLie on your front and pull your heel in. Hold 20 seconds.\n\n"
        "Calves\nLean forward. Hold 30 seconds.\n\nHips\nKneel and push your hips forward. Hold 10 seconds.\n"
    )
    holds = [each.exercise.dose.hold for each in read(page).readings]
    assert holds == [Range(20000, 20000), Range(30000, 30000), Range(10000, 10000)]


def test_a_bar_between_a_bold_name_and_its_steps_is_part_of_neither() -> None:
    (reading,) = read("- **Knee hug** | Lie on your back and hug your knees. 9 reps.\n").readings
    assert reading.exercise.name == "Knee hug"
    assert reading.exercise.steps == ("Lie on your back and hug your knees.",)


def test_a_name_with_nothing_under_it_is_told_of() -> None:
    above = "Moves\n\nBridge\nLie down and lift your hips. 6 reps.\n\nWall slide\n\n"
    article = read(f"{above}Cat\nKneel and arch your back. 4 reps.\n")
    assert names(article) == ["Bridge", "Cat"]
    assert "Wall slide" in [each.what for each in article.left_out]

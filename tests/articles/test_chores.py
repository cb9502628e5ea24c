"""Titles of what is no exercise (sleep, stairs, lifting, aids), and exercises that only name such a thing."""

import pytest

from tests.articles.pages_read import read
from voicecoach.articles import read_article


def found(title: str, text: str, language: str = "en") -> bool:
    """Return whether a title with a text under it is read as an exercise."""
    return bool(read_article(f"# {title}\n\n{text}\n", "page.md", language=language).readings)


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Shoulder raise with a crutch", "Lie on your back. Lift your arms over your head."),
        ("en", "Knee hug before sleeping", "Lie on your back. Pull your knees to your chest."),
        ("en", "Sling row", "Pull your chest up to your hands. Lower your body."),
        ("es", "Flexión con bastón", "Acuéstese boca arriba. Levante los brazos."),
        ("de", "Arm heben mit Gehstock", "Legen Sie sich auf den Rücken. Heben Sie die Arme."),
        ("fr", "Flexion avec une canne", "Allongez-vous sur le dos. Levez les bras."),
        ("cs", "Zvedání paží s berlí", "Lehněte si na záda. Zvedněte paže nad hlavu. Vraťte se."),
    ],
)
def test_an_exercise_may_name_an_aid_or_a_chore(language: str, title: str, text: str) -> None:
    assert found(title, text, language)


@pytest.mark.parametrize("dose", ["Continue for 2 minutes.", "Practise this 6 times.", "2 sets of 8 steps."])
def test_a_chore_with_any_dose_is_an_exercise(dose: str) -> None:
    assert found("Climbing stairs", f"Lift your foot onto the step. Bring up the other foot. {dose}")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Sleeping positions", "Lie on your side. Bend your knees."),
        ("How to lift a crate", "Bend your knees. Keep your back straight."),
        ("How to lift a box", "Bend your knees. Lift the box. Keep your back straight."),
        ("Using crutches on stairs", "Lift your good leg up. Bring up the crutches."),
        ("How to apply a heat pack", "Lie on your back. Put the pack on your back for 15 minutes."),
    ],
)
def test_a_chore_without_a_dose_is_none(title: str, text: str) -> None:
    page = f"# Back\n\n## Bridge\n\nLie on your back and lift your hips. 9 reps.\n\n## {title}\n\n{text}\n"
    assert [each.exercise.name for each in read(page).readings] == ["Bridge"]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Dough press", "Squeeze a ball of dough with your hand. Pinch the dough. Hold 4 seconds. Repeat 9 times."),
        ("Knee hug", "Use a heat pack.\n\nLie on your back. Hug your knees for 25 seconds.\n\nCool the heat pack."),
    ],
)
def test_a_named_exercise_with_a_dose_may_use_dough_or_heat(title: str, text: str) -> None:
    assert found(title, text)


def test_a_medicine_is_no_exercise() -> None:
    told = "Put the mouthpiece between your lips. Shake the inhaler. Repeat 2 times."
    assert not found("Your inhaler", told)

"""Steps of exercises on each side, without the words that the session says itself."""

import pytest

from voicecoach.articles import read_article
from voicecoach.articles.draft import Piece
from voicecoach.articles.lexicon import load_lexicon
from voicecoach.articles.turn import without_turns

CUT = {
    ("en", "Lower the leg, then repeat the stretch with your left side."): "Lower the leg.",
    ("en", "Come back up and switch sides."): "Come back up.",
    ("en", "Hold for 20 seconds and then do the same on the other leg!"): "Hold for 20 seconds.",
    ("de", "Senken Sie das Bein und wiederholen Sie es mit dem anderen Bein."): "Senken Sie das Bein.",
    ("cs", "Nohu položte a opakujte na druhou stranu."): "Nohu položte.",
    ("es", "Baje la pierna y repita con el otro lado."): "Baje la pierna.",
    ("fr", "Baissez la jambe, puis changez de côté."): "Baissez la jambe.",
    ("en", "Pull your left heel in for 25 seconds, then your right."): "Pull your left heel in for 25 seconds.",
    ("en", "Hold for ten seconds, then the other side."): "Hold for ten seconds.",
    ("de", "Halten Sie das linke Bein 25 Sekunden, dann rechts."): "Halten Sie das linke Bein 25 Sekunden.",
    ("cs", "Levou nohu držte 25 sekund, pak vpravo."): "Levou nohu držte 25 sekund.",
    ("es", "Mantenga la izquierda 25 segundos, luego a la derecha."): "Mantenga la izquierda 25 segundos.",
    ("fr", "Tenez 25 secondes, puis à droite."): "Tenez 25 secondes.",
}


def turned(language: str, *steps: str) -> list[str]:
    return [piece.text for piece in without_turns([Piece(each, 1) for each in steps], load_lexicon(language), language)]


@pytest.mark.parametrize(("told", "kept"), CUT.items())
def test_the_turn_is_left_off_the_end_of_a_step(told: tuple[str, str], kept: str) -> None:
    assert turned(*told) == [kept]


@pytest.mark.parametrize(
    "step",
    [
        "Turn your head to the left side.",
        "Change the arm that holds the towel, and lift it to the side with a straight elbow.",
        "Lift your left leg.",
        "Look to the left, then to the right.",
        "Lift your left arm and your right.",
        "Repeat the movement slowly.",
        "",
    ],
)
def test_a_step_that_moves_stays_whole(step: str) -> None:
    assert turned("en", "Sit down.", step) == (["Sit down.", step] if step else ["Sit down."])


def test_a_step_that_only_turns_is_left_out_unless_it_is_the_only_one() -> None:
    assert turned("en", "Lift the leg.", "Then switch sides.") == ["Lift the leg."]
    assert turned("en", "Then switch sides.") == ["Then switch sides."]


def test_the_turn_that_is_left_off_gives_the_sides() -> None:
    page = "# Arm swing\n\n1. Stand tall.\n2. Swing one arm up, hold it for 5 seconds and change arms.\n"
    swing = read_article(page, "swing.md").readings[0].exercise
    assert swing.sides.value == "each"
    assert swing.steps[-1] == "Swing one arm up, hold it for 5 seconds."


def test_a_form_to_fill_in_is_no_step() -> None:
    page = "Knee hugs\nLie on your back and draw your knees up. Hold for ___ seconds. Repeat ___ times.\n"
    reading = read_article(page, "form.txt").readings[0]
    assert set(reading.blanks) == {"hold", "reps"}
    assert not any("_" in step for step in reading.exercise.steps)

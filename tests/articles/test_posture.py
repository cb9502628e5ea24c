"""What the first sentences tell of how the body rests."""

import pytest

from voicecoach.articles.lexicon import load_lexicon
from voicecoach.articles.posture import contradicting, posture_of
from voicecoach.articles.reading import read_article
from voicecoach.model import Posture

EN = load_lexicon("en")


@pytest.mark.parametrize(
    ("texts", "posture"),
    [
        (["Sit on a chair with your feet on the floor."], Posture.SITTING),
        (["Stand with your back against the wall."], Posture.STANDING),
        (["Kneel on all fours."], Posture.HANDS_AND_KNEES),
        (["Kneel on the mat.", "Come onto your hands and knees."], Posture.HANDS_AND_KNEES),
        (["Lie on your back on the floor."], Posture.BACK),
        (["Sit on the floor with your legs stretched out."], None),
        (["Sit with both legs stretched out in front of you."], None),
        (["Sit on the floor.", "Sit tall."], None),
        (["Sit back on your heels, arms forward."], None),
        (["Kneel upright on one knee."], None),
    ],
)
def test_a_seat_on_the_floor_is_no_chair_and_a_kneel_no_four_points(texts: list[str], posture: Posture | None) -> None:
    assert posture_of(texts, EN) is posture


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Setzen Sie sich auf den Boden."),
        ("fr", "Asseyez-vous au sol."),
        ("es", "Siéntate en el suelo."),
        ("cs", "Sedněte si na zem."),
    ],
)
def test_a_seat_on_the_floor_is_no_chair_in_any_language(tag: str, text: str) -> None:
    assert posture_of([text], load_lexicon(tag)) is None


def test_positions_that_exclude_each_other_make_an_exercise_doubtful() -> None:
    steps = ["Lie on your back.", "Lift your hips.", "Lie on your stomach.", "Lift your chest."]
    assert contradicting(steps, EN)
    (reading,) = read_article(f"# Bridge\n{' '.join(steps)} Hold 5 seconds.", "x.md", language="en").readings
    assert reading.evidence["steps"].doubt >= 0.3


def test_a_change_of_seat_is_a_movement() -> None:
    assert not contradicting(["Sit on a chair.", "Stand up.", "Sit down again."], EN)

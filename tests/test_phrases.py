"""The words: numbers, times, doses, sides, and nothing that a voice would interpret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import english
from voicecoach.model import Side

WORDS = english()


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "zero"), (1, "one"), (13, "thirteen"), (20, "twenty"), (21, "twenty-one"), (90, "ninety"),
     (100, "one hundred"), (101, "one hundred and one"), (345, "three hundred and forty-five"),
     (1000, "1000")],
)  # fmt: skip
def test_numbers_are_spelled_as_they_are_spoken(value: int, said: str) -> None:
    assert WORDS.number(value) == said


@pytest.mark.parametrize(
    ("ms", "said"),
    [(1000, "one second"), (5000, "five seconds"), (30_000, "thirty seconds"), (60_000, "one minute"),
     (65_000, "one minute and five seconds"), (61_000, "one minute and one second"),
     (2500, "two and a half seconds"), (12_500, "twelve and a half seconds"),
     (2300, "two point three seconds"),
     (500, "zero point five seconds"), (1100, "one point one seconds"),
     (12_345, "twelve point three seconds"),
     (59_990, "one minute"), (62_500, "one minute and two and a half seconds"),
     (72_500, "one minute and twelve and a half seconds"),
     (90_000, "one minute thirty"), (120_000, "two minutes"), (150_000, "two minutes thirty")],
)  # fmt: skip
def test_times_have_the_right_plural_and_no_unit_too_many(ms: int, said: str) -> None:
    assert WORDS.time(ms) == said


@pytest.mark.parametrize(
    ("sets", "reps", "hold_ms", "each", "said"),
    [
        (1, 1, 30_000, "none", "Once, holding for thirty seconds."),
        (1, 2, 0, "none", "Twice."),
        (2, 10, 5000, "each", "Two sets. Ten times on each side, holding for five seconds."),
        (1, 8, 0, "alternate", "Eight times, changing sides each time."),
        (1, 3, 0, "left", "Three times on the left side."),
        (3, 1, 20_000, "right", "Three sets. Once on the right side, holding for twenty seconds."),
    ],
)
def test_a_dose_is_said_with_what_applies(sets: int, reps: int, hold_ms: int, each: str, said: str) -> None:
    assert WORDS.dose("reps", sets=sets, reps=reps, ms=hold_ms, each=each) == said


def test_a_dose_of_half_a_second_more_is_said_as_it_is_done() -> None:
    assert WORDS.dose("reps", sets=1, reps=1, ms=7500) == ("Once, holding for seven and a half seconds.")


def test_stretches_of_time_and_breaths_are_doses_too() -> None:
    assert WORDS.dose("timed", sets=1, reps=1, ms=120_000) == "For two minutes."
    assert WORDS.dose("timed", sets=2, reps=3, ms=30_000, each="each") == (
        "Two sets. Three times for thirty seconds on each side."
    )
    assert WORDS.dose("breaths", sets=1, reps=1) == "One slow breath."
    assert WORDS.dose("breaths", sets=2, reps=12) == "Two sets. Twelve slow breaths."


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Bend your right knee.", Side.RIGHT),
        ("Bend the knee to a right angle.", Side.LEFT),
        ("Right after that, lift your right arm and your left leg.", Side.RIGHT),
        ("Keep your hands right under your shoulders.", Side.LEFT),
        ("Put it right under knees.", Side.LEFT),
        ("Let both knees sink to the right.", Side.RIGHT),
        ("Turn your head to your left, and breathe. Then lift the right arm.", Side.LEFT),
        ("Turn to the right and then to the left.", Side.RIGHT),
        ("Turn first to the left, then to the right.", Side.LEFT),
        ("Lean to the right until your left ribs open.", Side.RIGHT),
        ("Look to the right or left.", Side.LEFT),
        ("Use what is left.", Side.LEFT),
        ("Come down onto the right-hand side.", Side.RIGHT),
    ],
)
def test_the_first_side_is_the_one_a_part_of_the_body_has(text: str, first: Side) -> None:
    assert WORDS.first_side((text,)) is first


@pytest.mark.parametrize(
    ("text", "right", "left"),
    [
        ("Bend your {side} knee.", "Bend your right knee.", "Bend your left knee."),
        ("{side} knee up, {other} leg long.", "Right knee up, left leg long.", "Left knee up, right leg long."),
        ("Right arm and left leg.", "Right arm and left leg.", "Left arm and right leg."),
        ("Sink to the right.", "Sink to the right.", "Sink to the left."),
        (
            "To the right and then to the left.",
            "To the right and then to the left.",
            "To the left and then to the right.",
        ),
        (
            "Lean to the left until your right ribs open.",
            "Lean to the left until your right ribs open.",
            "Lean to the right until your left ribs open.",
        ),
        ("Look to the left and the right.", "Look to the left and the right.", "Look to the left and the right."),
        ("A right angle.", "A right angle.", "A right angle."),
    ],
)
def test_words_for_one_side_never_name_the_wrong_one(text: str, right: str, left: str) -> None:
    assert WORDS.on_side(text, Side.RIGHT, Side.RIGHT) == right
    assert WORDS.on_side(text, Side.LEFT, Side.RIGHT) == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<break time='5s'/>Go", "break time '5s' Go"),
        ("[[h@l'oU]] there", "h@l'oU there"),
        ("Bend to 90°.", "Bend to 90 degrees."),
        ("10-15 times", "10 to 15 times"),
        ("1½ minutes", "1 and a half minutes"),
        ("½ a minute", "half a minute"),
        ("1/2 way, 1/4 turn, 3/4 down", "half way, a quarter turn, three quarters down"),
        ("1 1/2 minutes, 2 3/4 m, 1¼", "1 and a half minutes, 2 and three quarters m, 1 and a quarter"),
        ("L3/4, C1/2 and 1/4s", "L3 4, C1 2 and 1 4s"),
        ("on 1/2/2026, 11/2, 1/24 and 0.1/2", "on 1 2 2026, 11 2, 1 24 and 0.1 2"),
        ("Hold & breathe", "Hold and breathe"),
        ("a\x1b[31mb", "ab"),
        ("soft\u00adly \u202eup", "softly up"),
        ("***", ""),
        ("50%", "50 percent"),
    ],
)
def test_nothing_is_left_that_a_voice_would_interpret(text: str, said: str) -> None:
    assert WORDS.spoken(text) == said


@given(st.text())
def test_spoken_words_hold_no_markup_and_are_spoken_as_they_are(text: str) -> None:
    said = WORDS.spoken(text)
    assert not set(said) & set("<>[]{}|\\\n\t\x00\x1b")
    assert said == " ".join(said.split())
    assert WORDS.spoken(said) == said


def test_facts_are_never_read_as_wordings() -> None:
    assert WORDS.wordings("first", name="{title} [[x]]") == ("First exercise: title x.",)


def test_every_variant_of_every_cue_has_wordings_from_the_longest_to_the_shortest() -> None:
    for cue, variants in WORDS.table["cues"].items():
        assert variants, cue
        for wordings in variants:
            assert wordings == sorted(wordings, key=len, reverse=True), cue


def test_a_list_is_joined_as_it_is_spoken() -> None:
    assert WORDS.items(("mat",)) == "mat"
    assert WORDS.items(("mat", "chair", "towel")) == "mat, chair and towel"

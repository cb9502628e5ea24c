"""The second side, however briefly it is named: in prose, in brackets, under a label, in a column."""

# ruff: noqa: RUF001 - values under labels are joined by dashes

import pytest

from voicecoach.articles import read_article
from voicecoach.articles.dose import read_doses, settle
from voicecoach.articles.language import load_language
from voicecoach.model import Sides
from voicecoach.units import Range

EACH = [
    ("en", "Draw your right heel in for 25 seconds, then your left."),
    ("en", "Ten circles with the left foot, then the other."),
    ("en", "9 lifts, turn over and do the same."),
    ("en", "Turn over and work the other shoulder."),
    ("en", "9 lifts, turn over, 9 more"),
    ("en", "9 reps (L/R)"),
    ("en", "4x bilat"),
    ("en", "x9 (ea)"),
    ("en", "9L/9R"),
    ("en", "25 seconds L + R"),
    ("en", "and then over to the left for twenty seconds"),
    ("de", "Ziehen Sie die rechte Ferse 25 Sekunden heran, dann links."),
    ("cs", "Pravou patu držte 25 sekund, pak vlevo."),
    ("es", "Mantenga el talón derecho 25 segundos, luego a la izquierda."),
    ("fr", "Tenez le talon droit 25 secondes, puis à gauche."),
]


@pytest.mark.parametrize(("tag", "text"), EACH)
def test_the_second_side_is_read(tag: str, text: str) -> None:
    chosen = settle(read_doses(text, load_language(tag)))
    assert chosen["sides"].value is Sides.EACH
    assert "sets" not in chosen


@pytest.mark.parametrize(
    "text",
    [
        "Lift your left arm 9 times, then lower it to the right.",
        "Roll over onto your back and do 9 lifts.",
        "Turn your head left, then right, 9 times.",
    ],
)
def test_both_sides_in_one_repetition_are_no_second_side(text: str) -> None:
    assert "sides" not in settle(read_doses(text, load_language("en")))


@pytest.mark.parametrize(
    ("tag", "label", "value", "sides"),
    [
        ("en", "Side", "Both", Sides.EACH),
        ("en", "Sides", "left and right", Sides.EACH),
        ("en", "Side", "L/R", Sides.EACH),
        ("en", "Side", "Right", Sides.RIGHT),
        ("en", "Side", "alternating", Sides.ALTERNATE),
        ("de", "Seite", "beide", Sides.EACH),
        ("de", "Seite", "links", Sides.LEFT),
        ("cs", "Strana", "obě", Sides.EACH),
        ("es", "Lado", "ambos", Sides.EACH),
        ("fr", "Côté", "les deux", Sides.EACH),
        ("fr", "Côté", "gauche", Sides.LEFT),
    ],
)
def test_a_label_tells_the_sides(tag: str, label: str, value: str, sides: Sides) -> None:
    (stated,) = read_doses(value, load_language(tag), label=label)
    assert stated.value is sides


def test_a_label_or_a_column_gives_an_exercise_its_sides() -> None:
    page = "Heel draw\nLie on your back.\nDraw one heel in.\nReps: 9 Side: both\n"
    assert read_article(page, "heel.txt").readings[0].exercise.sides is Sides.EACH
    table = (
        "| Exercise | How | Reps | Side |\n|---|---|---|---|\n"
        "| Heel draw | Lie on your back and draw one heel in. | 9 | both |\n"
        "| Hip lift | Lie on your back and lift one hip. | 12 | left |\n"
    )
    sides = [each.exercise.sides for each in read_article(table, "table.md").readings]
    assert sides == [Sides.EACH, Sides.LEFT]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("25 seconds, painful side only (the left)", Sides.LEFT),
        ("9 times on the right leg only", Sides.RIGHT),
        ("9 times, one side only", Sides.NONE),
        ("9 reps on your weaker side only", Sides.NONE),
    ],
)
def test_one_side_only_is_named(text: str, side: Sides) -> None:
    assert settle(read_doses(text, load_language("en")))["sides"].value is side


def test_more_on_the_other_side_is_no_second_set() -> None:
    chosen = settle(read_doses("9 reps, relax, then 9 more", load_language("en")))
    assert chosen["sets"].value == Range(2, 2)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Dose: 2 x 14/side - rest 40 s"),
        ("en", "Reps: 14 each side – 2 sets"),
        ("en", "Dose: 14 reps, each side: 2 sets"),
        ("en", "Hold: 40 s / Reps: 14 / Each side"),
        ("en", "Hold: 40 seconds both sides - 2 times"),
        ("en", "Reps: 14 per side: left first"),
        ("de", "Wiederholungen: 14 pro Seite - 2 Sätze"),
        ("es", "Repeticiones: 14 por lado - 2 series"),
        ("fr", "Répétitions : 14 de chaque côté – 2 séries"),
        ("cs", "Opakování: 14 na každou stranu – 2 série"),
    ],
)
def test_each_side_is_no_label_of_what_follows_it(tag: str, text: str) -> None:
    stated = read_doses(text, load_language(tag))
    assert [each.value for each in stated if each.field == "sides"] == [Sides.EACH]
    assert not [each for each in stated if each.value is None]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "14 reps. Then turn over and do 14 arm lifts on your back."),
        ("de", "Umdrehen, 14 Mal die Arme heben."),
        ("es", "Gírese 14 veces."),
        ("fr", "Tournez-vous 14 fois vers la droite."),
        ("en", "Raise only your right arm above your head."),
    ],
)
def test_to_turn_over_or_to_move_one_arm_names_no_sides(tag: str, text: str) -> None:
    assert "sides" not in settle(read_doses(text, load_language(tag)))


@pytest.mark.parametrize("text", ["Turn over, 14 reps.", "14 reps, then turn over and do 14 on the other side."])
def test_to_turn_over_and_do_as_much_is_each_side(text: str) -> None:
    assert settle(read_doses(text, load_language("en")))["sides"].value is Sides.EACH

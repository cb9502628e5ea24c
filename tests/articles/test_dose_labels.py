"""A row of labels and values: each number counts what its own label says."""

import pytest

from voicecoach.articles import read_article
from voicecoach.articles.dose import read_doses, settle
from voicecoach.articles.language import load_language
from voicecoach.units import Range

ROWS = {
    ("en", "Reps: 14, Sets: 2"): (14, 2),
    ("en", "Reps: 14 Sets: 2"): (14, 2),
    ("en", "Sets: 2 Reps: 14"): (14, 2),
    ("en", "Sets: 2, Reps: 14 per leg, Hold: 6 seconds"): (14, 2),
    ("en", "Sets 2 Reps 14"): (14, 2),
    ("en", "Reps 14, sets 2"): (14, 2),
    ("en", "2 sets: 14 reps"): (14, 2),
    ("en", "Reps x sets: 14 x 2"): (14, 2),
    ("en", "Sets x reps: 2x14"): (14, 2),
    ("en", "Sets - 2, Reps - 14"): (14, 2),
    ("en", "Dose: 2 sets: 14"): (14, 2),
    ("de", "Sätze: 2 Wiederholungen: 14"): (14, 2),
    ("de", "Wiederholungen: 14, Sätze: 2"): (14, 2),
    ("cs", "Série: 2 Opakování: 14"): (14, 2),
    ("cs", "Opakování: 14, série: 2"): (14, 2),
    ("es", "Series: 2 Repeticiones: 14"): (14, 2),
    ("es", "Repeticiones 14, series 2"): (14, 2),
    ("fr", "Séries : 2 Répétitions : 14"): (14, 2),
    ("fr", "Répétitions : 14, séries : 2"): (14, 2),
}


@pytest.mark.parametrize(("tag", "text"), ROWS)
def test_a_label_counts_the_number_after_it(tag: str, text: str) -> None:
    chosen = settle(read_doses(text, load_language(tag)))
    reps, sets = ROWS[tag, text]
    assert chosen["reps"].value == Range(reps, reps)
    assert chosen["sets"].value == Range(sets, sets)


@pytest.mark.parametrize(
    "row", ["Reps: 14, Sets: 2", "Reps:\t14\tSets:\t2", "Sets: 2 Reps: 14", "Sets 2 Reps 14", "Reps - 14 Sets - 2"]
)
def test_a_row_under_a_movement_is_read_in_its_own_order(row: str) -> None:
    page = f"Arm circle\nStand tall and draw a circle with your arm.\n{row}\n"
    dose = read_article(page, "circle.txt").readings[0].exercise.dose
    assert (dose.reps, dose.sets) == (Range(14, 14), Range(2, 2))


def test_a_label_may_stand_before_the_row() -> None:
    chosen = settle(read_doses("2, Reps: 14, Hold: 6 seconds", load_language("en"), label="Sets"))
    assert {field: each.value for field, each in chosen.items()} == {
        "sets": Range(2, 2),
        "reps": Range(14, 14),
        "hold": Range(6000, 6000),
    }

"""Numbers that are told of something else than the exercise: a routine, a warning, a study, somebody else."""

import pytest

from voicecoach.articles import read_article
from voicecoach.articles.dose import read_doses
from voicecoach.articles.evidence import Reading
from voicecoach.articles.language import load_language
from voicecoach.units import Range

MOVEMENT = "Hip lift\nLie on your back and lift your hips.\n"


def read(line: str) -> Reading:
    return read_article(f"{MOVEMENT}{line}\n", "lift.txt").readings[0]


NOTHING = [
    ("en", "8 minutes, 5 moves"),
    ("en", "See our video (3 minutes 10 seconds)."),
    ("en", "Set an alarm for 15 minutes before lunch."),
    ("en", "Five minutes, then 4 minutes of walking."),
    ("en", "Never hold for more than 45 seconds."),
    ("en", "Call a doctor if the pain lasts for 6 minutes."),
    ("en", "In one study, 30 volunteers did 4 sets of 12."),
    ("en", "My husband held it for 80 seconds."),
    ("en", "If this is too hard, do 4 reps only."),
    ("en", "If you managed 6 reps yesterday, do 9 today."),
    ("en", "[2:14] lift your hips"),
    ("en", "Then 6 minutes of easy walking."),
    ("en", "People who do 4 sets of 12 feel stronger."),
    ("en", "He held it for 80 seconds."),
    ("en", "If you cannot hold for 12 seconds, start with 6."),
    ("en", "Ice the knee for 14 minutes afterwards."),
    ("de", "In einer Studie machten 30 Teilnehmer 4 Sätze mit 12 Wiederholungen."),
    ("de", "Wenn das zu schwer ist, halten Sie nur 4 Sekunden."),
    ("de", "Wenn die Brust 6 Minuten lang schmerzt, rufen Sie den Notruf."),
    ("cs", "Ve studii cvičili 4 série po 12 opakováních."),
    ("cs", "Pokud je to příliš těžké, držte jen 4 sekundy."),
    ("es", "En un estudio hicieron 4 series de 12 repeticiones."),
    ("es", "Si es demasiado difícil, mantenga solo 4 segundos."),
    ("fr", "Dans une étude, 30 personnes ont fait 4 séries de 12 répétitions."),
    ("fr", "Si c'est trop difficile, tenez seulement 4 secondes."),
]


@pytest.mark.parametrize(("tag", "text"), NOTHING)
def test_what_is_told_of_something_else_is_no_dose(tag: str, text: str) -> None:
    stated = read_doses(text, load_language(tag))
    assert not [each for each in stated if each.value is not None and each.note != "no verb says what the time is for"]
    if tag == "en":
        dose = read(text).exercise.dose
        assert (dose.duration, dose.hold, dose.reps, dose.sets) == (None, None, None, None)


ORDERED = [
    ("en", "Bend as far as you can before it hurts and hold for 9 seconds.", "hold", 9000),
    ("en", "Bend your finger (stop if it hurts), hold 9 seconds.", "hold", 9000),
    ("en", "Stop if your shin hurts, otherwise repeat 14 times.", "reps", 14),
    ("en", "Even if it hurts a little, do 2 sets of 14 reps.", "reps", 14),
    ("en", "Press, but not too hard, and hold for 9 seconds.", "hold", 9000),
    ("en", "If you cannot reach your toes, take a belt, pull on it and hold for 9 seconds.", "hold", 9000),
    ("en", "He lifts his head and holds it for 9 seconds.", "hold", 9000),
    ("en", "When you managed to sit up, hold for 9 seconds.", "hold", 9000),
    ("de", "Ziehen Sie, bis es leicht schmerzt, und halten Sie 9 Sekunden.", "hold", 9000),
    ("de", "Wenn der Arzt zustimmt, 2 Sätze mit 14 Wiederholungen.", "reps", 14),
    ("es", "Si su médico lo permite, levante el brazo y repita 14 veces.", "reps", 14),
    ("cs", "Pokud lékař souhlasí, opakujte 14x.", "reps", 14),
    ("fr", "Arrêtez si cela fait mal, sinon répétez 14 fois.", "reps", 14),
]


@pytest.mark.parametrize(("tag", "text", "field", "most"), ORDERED)
def test_an_order_is_a_dose_beside_a_warning_or_a_condition(tag: str, text: str, field: str, most: int) -> None:
    spans = {each.field: each.value for each in read_doses(text, load_language(tag))}
    assert spans[field] == Range(most, most)


def test_who_struggles_to_do_a_part_is_told_a_step() -> None:
    step = "If you struggle to balance, touch a wall."
    assert step in read(f"{step} 9 reps.").exercise.steps


def test_a_warning_that_states_a_dose_stays_a_caution() -> None:
    exercise = read("See your doctor if the pain grows, otherwise repeat 14 times.").exercise
    assert (exercise.dose.reps, len(exercise.cautions)) == (Range(14, 14), 1)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("Lie like this for 4 minutes.", 4),
        ("Keep going for 2 minutes.", 2),
        ("Rock gently for 3 minutes.", 3),
        ("Duration: 7 minutes", 7),
        ("(1 minute)", 1),
        ("2 minutes on each side", 2),
    ],
)
def test_a_time_of_the_movement_is_its_duration(line: str, minutes: int) -> None:
    dose = read(line).exercise.dose
    assert minutes * 60_000 in {span.hi for span in (dose.duration, dose.hold) if span}


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("en", "Slow circles with the foot, 1 minute."),
        ("en", "Small circles with straight arms at shoulder height, 1 minute."),
        ("en", "Gentle circles from the hip, 1 min per leg."),
        ("en", "Rock the knee gently to the left and to the right, one minute per set, 2 sets."),
        ("en", "One minute of slow, gentle knee rocking from side to side."),
        ("de", "Langsame Drehung aus der Hüfte, 1 Minute pro Bein."),
        ("fr", "Une minute de rotation lente du genou."),
        ("es", "Un minuto de giros lentos de la rodilla."),
        ("cs", "Kroužení kotníkem, 1 minuta na každou nohu."),
    ],
)
def test_a_time_beside_a_movement_without_a_verb_is_its_duration(tag: str, line: str) -> None:
    movement = {
        "en": "Sit on a chair and lift one foot.",
        "de": "Setzen Sie sich auf einen Stuhl und heben Sie einen Fuß.",
        "fr": "Asseyez-vous et levez un pied.",
        "es": "Siéntese y levante un pie.",
        "cs": "Sedněte si a zvedněte jednu nohu.",
    }[tag]
    (reading,) = read_article(f"# 1. Foot\n\n{movement}\n\n{line}\n", "foot.md", language=tag).readings
    assert reading.exercise.dose.duration == Range(60_000, 60_000)


def test_minutes_of_a_day_are_no_duration() -> None:
    assert read("Ten minutes of exercise a day keeps you well.").exercise.dose.duration is None


def test_an_order_holds_before_the_study_it_cites() -> None:
    assert read("Hold for 25 seconds (as in the study of 40 people).").exercise.dose.hold == Range(25_000, 25_000)


def test_a_movement_that_goes_on_instead_of_being_held_has_a_duration() -> None:
    dose = read("Rock gently for a minute instead of holding.").exercise.dose
    assert (dose.hold, dose.duration) == (None, Range(60_000, 60_000))


def test_a_line_that_begins_with_a_time_and_tells_no_movement_is_doubtful() -> None:
    assert read("Two minutes, eyes closed.").evidence["duration"].doubt >= 0.3
    assert "duration" not in read("The ache goes away for 3 minutes.").evidence


def test_a_label_that_may_time_the_page_is_doubtful_and_a_long_time_none() -> None:
    assert read("Time: 2 minutes").evidence["duration"].doubt >= 0.3
    assert read("Time: 9 minutes").exercise.dose.duration is None
    assert read("Time: 25 seconds").exercise.dose.hold == Range(25_000, 25_000)


def test_a_warning_with_a_time_is_a_caution() -> None:
    assert read("Call 112 if your arm hurts for 4 minutes.").exercise.cautions
    assert read("Never hold for more than 45 seconds.").exercise.cautions


def test_an_easier_way_is_a_note_beside_the_dose() -> None:
    reading = read("Hold for 12 seconds. If that is too hard, hold for 4 seconds only.")
    assert reading.exercise.dose.hold == Range(12_000, 12_000)
    assert reading.evidence["hold"].doubt < 0.3
    assert reading.exercise.notes == ("If that is too hard, hold for 4 seconds only.",)

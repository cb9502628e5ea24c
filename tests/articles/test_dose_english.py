"""What English sentences state about a dose, form by form, and what only looks like one."""

# ruff: noqa: RUF001 - articles write ranges with an en dash

import pytest

from voicecoach.articles.dose import read_doses, settle
from voicecoach.articles.language import load_language
from voicecoach.model import Sides
from voicecoach.units import Range

ENGLISH = load_language("en")


def stated(text: str, label: str = "") -> dict[str, object]:
    """What a text states, in short: seconds and counts as (lo, hi), an open end as (hi, "open")."""
    return {field: short(each.value) for field, each in settle(read_doses(text, ENGLISH, label=label)).items()}


def short(value: object) -> object:
    if not isinstance(value, Range):
        return value
    lo, hi = ((each / 1000 if each >= 1000 else each) for each in (value.lo, value.hi))
    return (hi, "open") if value.open_end else (lo, hi) if lo != hi else hi


HOLDS = {
    "Hold for 12 seconds, then let go.": 12,
    "Draw the navel in and hold 25 secs": 25,
    "Hold the bend for five seconds": 5,
    "Hold 4 sec. at the end": 4,
    "Hold 6-9 seconds": (6, 9),
    "Hold for 20 to 40 seconds": (20, 40),
    "Hold between 10 and 15 seconds": (10, 15),
    "Stay 25–35 s": (25, 35),
    "Hold 10 -20 seconds": (10, 20),
    "(25 sec)": 25,
    "Remain like this about 14 s": 14,
    "Keep the position 40 seconds": 40,
    "Relax in this position for 30–45 seconds": (30, 45),
    "Do this for 4 seconds, then let go": 4,
    "Maintain 6 seconds while holding the breath": 6,
    "Hold for a minute": 60,
    "Hold for one and a half minutes": 90,
    "Hold for 1½ minutes": 90,
    "Hold for 1 min 30 sec": 90,
    "Hold 40 seconds to 2 minutes": (40, 120),
    "Hold from 45 seconds to two minutes": (45, 120),
    "Stay there for half a minute": 30,
    "Hold to a slow count of six": 6,
    "Hold for the count of 7": 7,
    "Hold and count to 10": 10,
    "Pause at the top for a slow count of four": 4,
    "Pause for two seconds": 2,
    "Hold briefly (4-6 s)": (4, 6),
    "Hold for at least 35 seconds": 35,
    "Stay as long as you can, up to 80 seconds": (80, "open"),
    "Hold for no more than 20 seconds": (20, "open"),
    "After 6-8 seconds breathe in and come back": (6, 8),
    "Squeeze the shoulder blades for 7 seconds": 7,
    "With a 5-second hold": 5,
    "Hold: 15–20 sec": (15, 20),
    "Hold time 15 seconds": 15,
    "Hold 5.": 5,
    "Hold twenty-five seconds": 25,
    "Hold for 15 seconds, building up to 2 min": 15,
    "Hold for thirty-five (35) seconds": 35,
    "Hold for 0:30": 30,
}


@pytest.mark.parametrize(("text", "seconds"), HOLDS.items())
def test_a_hold_is_read_in_seconds(text: str, seconds: object) -> None:
    assert stated(text)["hold"] == seconds


REPETITIONS = {
    "Do 8–12 reps": (8, 12),
    "Aim for 12 to 18 repetitions": (12, 18),
    "7 slow reps": 7,
    "7 slow and controlled reps": 7,
    "Begin with four repetitions and build up to 20": 4,
    "Repeat 9 times": 9,
    "Repeat the stretch three or four times": (3, 4),
    "Do this exercise 6 times": 6,
    "Repeat up to 12 times": (12, "open"),
    "6x": 6,
    "x4 per side": 4,
    "x12 each": 12,
    "12 slow cycles": 12,
    "6 lifts with each leg": 6,
    "9 tiny movements": 9,
    "At least 7 steps": 7,
    "Up to 7 steps": (7, "open"),
    "Reps: nine, twice daily": 9,
    "Repetition: 8-14 times, 2 times daily": (8, 14),
    "Repetitions 11": 11,
    "Nine times each way": 9,
    "Two goes per leg": 2,
    "Twice on each side": 2,
    "Once only.": 1,
    "8 on each side": 8,
    "12 total (6 each side)": 6,
    "Repeat two more times": 3,
    "Going through the sequence for 12 rounds": 12,
    "12 repetitions every morning": 12,
    "Repeat 4-6.": (4, 6),
    "8 x 5 sec holds": 8,
    "Repeat eight (8) times.": 8,
    "8 (each side)": 8,
    "Do 9 clams on each side": 9,
    "Perform 12 bird dogs": 12,
    "Do no more than 8 repetitions": (8, "open"),
    "Do not do more than 8 repetitions": (8, "open"),
    "6 on the left, then the other leg": 6,
}


@pytest.mark.parametrize(("text", "count"), REPETITIONS.items())
def test_repetitions_are_read(text: str, count: object) -> None:
    assert stated(text)["reps"] == count


COMPOSED = {
    "3 x 6-8 each side": {"sets": 3, "reps": (6, 8), "sides": Sides.EACH},
    "4x12": {"sets": 4, "reps": 12},
    "2–3 × 9/side": {"sets": (2, 3), "reps": 9, "sides": Sides.EACH},
    "2 sets of 6 with each foot": {"sets": 2, "reps": 6, "sides": Sides.EACH},
    "3 sets of 12 reps": {"sets": 3, "reps": 12},
    "3 sets x 8 reps x 5 sec hold": {"sets": 3, "reps": 8, "hold": 5},
    "3 x 25-50 seconds": {"sets": 3, "hold": (25, 50)},
    "5 sets of 40 seconds each side": {"sets": 5, "hold": 40, "sides": Sides.EACH},
    "Sets: 2": {"sets": 2},
    "Sets: 3, Reps: 12, Rest: 45 s": {"sets": 3, "reps": 12, "rest": 45},
    "Reps: 12 | Sets: 3 | Hold: 5 s": {"sets": 3, "reps": 12, "hold": 5},
    "8-10 reps, 3-4 sets": {"sets": (3, 4), "reps": (8, 10)},
    "12 reps, 3 times": {"sets": 3, "reps": 12},
    "Do 12 repetitions. Repeat 3 times.": {"sets": 3, "reps": 12},
    "Two rounds": {"sets": 2},
    "12 reps, relax, then 12 more": {"sets": 2, "reps": 12},
    "One more set of 8": {"sets": 2, "reps": 8},
    "Rest a minute, then another 40-second set": {"rest": 60, "sets": 2, "hold": 40},
    "5 times, change legs, 15 in all per leg": {"sets": 3, "reps": 5, "sides": Sides.EACH},
    "Do 8-12 reps. Repeat 2 more times.": {"sets": 3, "reps": (8, 12)},
    "Make 8 circles one way, then 8 the other way": {"reps": 8, "sides": Sides.EACH},
    "Repetitions: 12Sets: 3": {"sets": 3, "reps": 12},
    "Sets/Reps/Hold: 3/10/5s": {"sets": 3, "reps": 10, "hold": 5},
    "Sets/Reps: 2/8-12": {"sets": 2, "reps": (8, 12)},
    "Do 14 reps, rest, and then another 14.": {"sets": 2, "reps": 14},
    "Do ten reps, rest for a minute and do a second set.": {"sets": 2, "reps": 10, "rest": 60},
    "Repeat on the other side, 18 times in total.": {"reps": 9, "sides": Sides.EACH},
    "Alternate legs, 18 times in total.": {"reps": 18, "sides": Sides.ALTERNATE},
    "Do 7 of them, then swap feet and repeat.": {"reps": 7, "sides": Sides.EACH},
    "Do eight of those.": {"reps": 8},
    "2 x 7 each": {"sets": 2, "reps": 7, "sides": Sides.EACH},
    "2 x 25 s L/R": {"sets": 2, "hold": 25, "sides": Sides.EACH},
    "2x12 L, 2x12 R": {"sets": 2, "reps": 12, "sides": Sides.EACH},
    "3 lots of 9": {"sets": 3, "reps": 9},
    "Half a dozen times, changing feet each time": {"reps": 6},
    "Up to forty seconds a side": {"hold": (40, "open"), "sides": Sides.EACH},
    "5 in a row, before you change over": {"reps": 5, "sides": Sides.EACH},
    "Begin with five and add one every day.": {"reps": 5},
    "Fifteen or so.": {"reps": 15},
    "Breathe in and out three times.": {"breaths": 3},
    "Lift one foot and count to fifteen.": {"hold": 15},
    "Keep that going for about forty seconds.": {"duration": 40},
    "Sit down slowly, counting to four.": {"tempo": "Sit down slowly, counting to four"},
    "Perform 1-3 sets of 6-9": {"sets": (1, 3), "reps": (6, 9)},
    "Repetitions 4 sets of 6": {"sets": 4, "reps": 6},
    "Hold 4–6 secs; repeat 6-9 times; perform at least once per day.": {
        "hold": (4, 6),
        "reps": (6, 9),
        "frequency": "at least once per day",
    },
    "Hold 15 secs, building up to 1 min. x4 per side.": {"hold": 15, "reps": 4, "sides": Sides.EACH},
    "Do 2-3 sets of 6 to 8 reps per leg, resting 30-60 seconds between sets.": {
        "sets": (2, 3),
        "reps": (6, 8),
        "sides": Sides.EACH,
        "rest": (30, 60),
    },
}


@pytest.mark.parametrize(("text", "dose"), COMPOSED.items())
def test_a_composed_dose_is_taken_apart(text: str, dose: dict[str, object]) -> None:
    assert stated(text) == dose


SIDES = {
    "Repeat on each leg.": Sides.EACH,
    "6 reps per side": Sides.EACH,
    "Repeat 5-8 times; both sides": Sides.EACH,
    "10/side": Sides.EACH,
    "Repeat with the opposite leg": Sides.EACH,
    "Switch arms and repeat": Sides.EACH,
    "The same on the right": Sides.EACH,
    "Turn left and stay, then repeat on the right": Sides.EACH,
    "Come back and do the other side": Sides.EACH,
    "(20s left, 20s right)": Sides.EACH,
    "Change legs after that": Sides.EACH,
    "Make sure you train both sides": Sides.EACH,
    "Perform on the other side": Sides.EACH,
    "Roll over and repeat": Sides.EACH,
    "Alternate sides": Sides.ALTERNATE,
    "Alternating for 1 minute": Sides.ALTERNATE,
    "On the sore side only": Sides.NONE,
}


@pytest.mark.parametrize(("text", "sides"), SIDES.items())
def test_the_sides_are_read(text: str, sides: Sides) -> None:
    assert stated(text)["sides"] is sides


OTHERS = {
    "About 4 seconds to raise and lower": ("tempo", "About 4 seconds to raise"),
    "2 full seconds to lower": ("tempo", "2 full seconds to lower"),
    "5 seconds up": ("tempo", "5 seconds up"),
    "Lower for a count of four": ("tempo", "Lower for a count of four"),
    "Lower over 4 seconds": ("tempo", "Lower over 4 seconds"),
    "Inhale 3 s while lifting": ("tempo", "Inhale 3 s while lifting"),
    "Tempo: 3-1-3": ("tempo", "3-1-3"),
    "Rest 40 seconds between sets": ("rest", 40),
    "Rest: 15–25 seconds between legs": ("rest", (15, 25)),
    "Resting 20 seconds after each move": ("rest", 20),
    "Relax for 20 seconds": ("rest", 20),
    "With 90 seconds of rest": ("rest", 90),
    "Continue for 1 minute": ("duration", 60),
    "For 3 to 5 minutes": ("duration", (180, 300)),
    "Keep going at least 4 minutes": ("duration", 240),
    "(2.5 min)": ("duration", 150),
    "Hold for three deep breaths": ("breaths", 3),
    "Hold for 2 to 4 slow, deep breaths": ("breaths", (2, 4)),
    "Stay for six long breaths": ("breaths", 6),
    "4 rounds of breathing": ("cycles", 4),
    "Do this exercise 3-4 times per week": ("frequency", "3-4 times per week"),
    "Stay 6 breaths": ("breaths", 6),
    "Five slow breaths": ("breaths", 5),
    "Breathe deeply for ten cycles in your own rhythm": ("cycles", 10),
    "Twice daily": ("frequency", "Twice daily"),
    "Once in the evening and once in the morning": ("frequency", "Once in the evening and once in the morning"),
    "Days per week: 3 to 4": ("frequency", "3 to 4"),
    "At least three times a week": ("frequency", "At least three times a week"),
    "Every 2-3 hours": ("frequency", "Every 2-3 hours"),
    "2-4×/day": ("frequency", "2-4×/day"),
    "Every other day": ("frequency", "Every other day"),
}


@pytest.mark.parametrize(("text", "field_and_value"), OTHERS.items())
def test_the_other_fields_are_read(text: str, field_and_value: tuple[str, object]) -> None:
    field, value = field_and_value
    assert stated(text) == {field: value} | ({"sides": Sides.NONE} if field == "sides" else {})


BLANKS = {
    "Hold approximately ___ seconds.": "hold",
    "Repeat ___ times.": "reps",
    "Repeat ……… times": "reps",
    "Do ...... sets": "sets",
    "Repetitions: ______": "reps",
    "Hold ____ .": "hold",
}


@pytest.mark.parametrize(("text", "field"), BLANKS.items())
def test_a_blank_to_fill_in_is_stated_without_a_value(text: str, field: str) -> None:
    assert stated(text) == {field: None}


NO_DOSES = (
    "Hold for a few seconds",
    "Hold just a moment",
    "Several times",
    "As many as you like",
    "Do not hold",
    "Do not hold your breath for 10 seconds",
    "Hold the chair with both hands",
    "Pause for a second at the top",
    "Set your feet 6 inches apart",
    "Bend the knee to 90 degrees",
    "Later hold 20 seconds",
    "Work up to 12",
    "Build up to 40 seconds",
    "Add 4 seconds a week",
    "When this is easy, do 3 sets",
    "Once you can hold for 60 seconds, lift a leg",
    "This is one rep",
    "Repeat to complete one rep",
    "Take 400 mg and 2 glasses of water",
    "It takes about 5 minutes",
    "Exercise 4",
    "8 Best Stretches for Runners",
    "90/90 stretch",
    "4-7-8 breathing",
    "About 75% of adults have it, three times more likely after the age of 50",
    "For 4 to 6 weeks",
    "This leaflet is due for review in 3 years",
    "Ring 01632 960 123 ext. 30",
    "Page 1 of 2",
    "Take a deep breath",
    "Cross one leg over the other",
    "Roll the knees from side to side",
    "Keep the weight even on both feet",
    "Place a hand on each side of the hips",
    "The L5 and S1 vertebrae",
    "This 15-minute routine is for the back",
    "Do 3 exercises",
    "Once this gets easier, aim for 3 sets of 12",
    "On the other hand, many people like it",
    "If the left side hurts, do less",
    "If the left leg hurts, do it the other way round",
    "Hold a 2 kg weight in each hand",
    "Inhale for four.",
    "",
)


@pytest.mark.parametrize("text", NO_DOSES)
def test_what_only_looks_like_a_dose_states_nothing(text: str) -> None:
    assert stated(text) == {}


@pytest.mark.parametrize("text", ["Twice a day", "3 times daily", "5 days a week", "Every morning"])
def test_a_frequency_is_never_taken_for_repetitions(text: str) -> None:
    assert set(stated(text)) == {"frequency"}


def test_a_breath_in_counted_parts_is_no_hold() -> None:
    text = "Inhale for 4 seconds, hold for 7 seconds, exhale for 8 seconds. Repeat 5 cycles."
    assert set(stated(text)) == {"tempo", "cycles"}


LABELLED = {
    ("Sets", "3"): {"sets": 3},
    ("Number of repetitions", "8-10"): {"reps": (8, 10)},
    ("Hold", "25"): {"hold": 25},
    ("Hold", "4 breaths"): {"breaths": 4},
    ("Reps", "20-45 seconds"): {"hold": (20, 45)},
    ("Reps", "12 per leg"): {"reps": 12, "sides": Sides.EACH},
    ("Reps", "3 x 8"): {"sets": 3, "reps": 8},
    ("Sets", "3 times"): {"sets": 3},
    ("Rest", "45"): {"rest": 45},
    ("Frequency", "Daily"): {"frequency": "Daily"},
    ("How often", "3 times"): {"frequency": "3 times"},
    ("Duration", "2 minutes"): {"duration": 120},
    ("Reps", "____"): {"reps": None},
    ("Muscles", "3"): {},
}


@pytest.mark.parametrize(("cell", "dose"), LABELLED.items())
def test_a_bare_number_counts_what_its_label_says(cell: tuple[str, str], dose: dict[str, object]) -> None:
    label, text = cell
    assert stated(text, label) == dose

"""What the exercise library promises: stated doses, words for the ear, and programs that keep to both."""

import re
from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from voicecoach.library import exercises, load_program
from voicecoach.model import Dose
from voicecoach.units import parse_count_range, parse_time_range

Record = dict[str, Any]

STATED: dict[str, dict[str, str]] = {
    "bird-dog": {"hold": "5s", "reps": "10", "sets": "2-3", "sides": "each"},
    "cat-cow": {"reps": "10", "sides": "none"},
    "childs-pose": {"hold": "20-30s", "sides": "none"},
    "glute-bridge": {"hold": "3-5s", "reps": "10-12", "sets": "2-3", "sides": "none"},
    "knee-to-chest": {"hold": "20s", "reps": "5", "sides": "each"},
    "pelvic-tilt": {"hold": "3-5s", "reps": "10-15", "sides": "none"},
    "prone-knee-slide": {"reps": "5", "sides": "each"},
    "prone-pelvic-tuck": {"hold": "1m", "reps": "5", "sides": "none"},
    "seated-hamstring-stretch": {"hold": "20-30s", "sets": "3", "sides": "each"},
    "supine-breathing": {"sides": "none"},
}
"""The doses of the two sources, as they state them."""

SOURCES = {
    "lumbar-sacral": ["prone-pelvic-tuck", "prone-knee-slide", "supine-breathing"],
    "l5-s1-relief": ["cat-cow", "childs-pose", "knee-to-chest", "pelvic-tilt", "seated-hamstring-stretch",
                     "glute-bridge", "bird-dog"],
}  # fmt: skip
"""The two programs that are a source as it is, in its order."""

NAMED_SIDES = {"knee-to-chest": "right knee", "bird-dog": "right arm"}
"""The exercises whose source names the side that comes first, and how."""

RANGES = {"hold": parse_time_range, "rest": parse_time_range, "duration": parse_time_range,
          "reps": parse_count_range, "sets": parse_count_range}  # fmt: skip
DOSE = dict.fromkeys(("hold", "reps", "sets", "rest", "duration", "breaths", "cycles"))
OBJECTS = ("mat", "chair", "pillow", "towel")
_WORD = r"(?:[A-Za-z]+(?:['-][a-z]+)*|\{side\}|\{other\})"
PLAIN = re.compile(rf"[A-Z](?:{_WORD})?(?:,? {_WORD})*")
"""A sentence of words alone: no digit, symbol, bracket or abbreviation that a voice stumbles on."""

SPOKEN_WPM = 130
LIBRARY = Path(str(files("voicecoach") / "library"))
GUIDE = Path(__file__).parent.parent / "docs" / "library.md"


def read(path: Path) -> Record:
    record: Record = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return record


FILES = {path.stem: read(path) for path in sorted(LIBRARY.glob("*.yaml"))}
EXERCISES = {key: record for key, record in FILES.items() if "steps" in record}
PROGRAMS = {key: record for key, record in FILES.items() if "exercises" in record}
OWN_PROGRAMS = sorted(PROGRAMS.keys() - SOURCES.keys())


def items(program: Record) -> Iterator[tuple[str, Record, Record]]:
    """Yield each exercise of a program: its library key, the exercise as told there, and what is changed."""
    for item in program["exercises"]:
        changed = {"use": item} if isinstance(item, str) else item
        yield changed["use"], EXERCISES[changed["use"]] | changed, changed


MOVEMENTS = EXERCISES | {
    f"{name}/{key}": exercise
    for name, program in PROGRAMS.items()
    for key, exercise, changed in items(program)
    if changed.keys() & {"steps", "position"}
}
"""Every exercise there is, those that a program tells anew included."""


def sentences(exercise: Record) -> list[str]:
    lists = (exercise.get(field, []) for field in ("steps", "cautions", "mistakes", "tips"))
    return [exercise["position"], *(text for texts in lists for text in texts)]


def cues(exercise: Record) -> list[str]:
    return [phase["cue"] for phase in exercise["phases"]]


each_movement = pytest.mark.parametrize("exercise", MOVEMENTS.values(), ids=MOVEMENTS)
each_program = pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)


def test_the_library_holds_the_ten_exercises_of_its_sources() -> None:
    assert EXERCISES.keys() == STATED.keys()
    assert PROGRAMS.keys() >= SOURCES.keys() | {"desk-break", "first-day", "morning-routine", "core-day"}
    assert EXERCISES.keys() | PROGRAMS.keys() == FILES.keys()


@pytest.mark.parametrize("key", STATED)
def test_a_dose_is_the_stated_one_and_nothing_else(key: str) -> None:
    stated = {field: text for field, text in STATED[key].items() if field != "sides"}
    parsed = exercises()[key]
    assert {field: str(EXERCISES[key][field]) for field in DOSE if field in EXERCISES[key]} == stated
    assert parsed.dose == Dose(**{field: RANGES[field](text) for field, text in stated.items()})
    assert parsed.sides == STATED[key]["sides"]
    assert parsed.source


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_read_whole(name: str) -> None:
    assert len(load_program(name).exercises) == len(PROGRAMS[name]["exercises"])


@each_movement
def test_every_text_is_plain_spoken_words_in_full_sentences(exercise: Record) -> None:
    for text in sentences(exercise):
        assert text.endswith(".")
        assert all(PLAIN.fullmatch(sentence) for sentence in text.removesuffix(".").split(". ")), text
    for text in [exercise["name"], *cues(exercise)]:
        assert PLAIN.fullmatch(text), text


@each_movement
def test_no_text_is_longer_than_an_ear_follows(exercise: Record) -> None:
    assert 2 <= len(exercise["steps"]) <= 6
    assert all(len(text.split()) <= 25 for text in sentences(exercise))
    assert len(exercise["name"].split()) <= 7


@each_movement
def test_a_cue_can_be_spoken_in_its_phase_with_a_number_and_a_breath(exercise: Record) -> None:
    for phase in exercise["phases"]:
        words = len(phase["cue"].split())
        assert words <= 5
        spoken = words + len(["one", "breathe", "out"])
        assert phase.get("hold") or spoken * 60 / SPOKEN_WPM <= phase["seconds"]


@each_movement
def test_the_breath_goes_out_into_a_hold_and_in_on_the_way_back(exercise: Record) -> None:
    breaths = [phase.get("breath") for phase in exercise["phases"]]
    assert breaths in (["out", None, "in"], ["out", "in"], ["in", "out"])


@each_movement
def test_no_text_asks_to_hold_the_breath_or_promises_a_cure(exercise: Record) -> None:
    said = " ".join([*sentences(exercise), *cues(exercise)]).lower()
    assert not re.search(r"hold (your|the) breath|relie[fv]|cure|heal|guarantee|toilet", said)


@each_movement
def test_cautions_and_mistakes_say_what_not_to_do(exercise: Record) -> None:
    warnings = [*exercise.get("cautions", []), *exercise.get("mistakes", [])]
    assert warnings
    assert all(text.startswith(("Do not ", "Avoid ")) for text in warnings)


@each_movement
def test_only_a_two_sided_exercise_speaks_of_its_side(exercise: Record) -> None:
    texts = [*sentences(exercise), *cues(exercise)]
    assert any("{" in text for text in texts) == (exercise["sides"] == "each")
    assert not any("{" in text for text in [exercise["position"], *cues(exercise)])


@pytest.mark.parametrize("key", EXERCISES)
def test_a_side_is_named_once_where_the_source_names_it_and_nowhere_else(key: str) -> None:
    naming = [text for text in sentences(EXERCISES[key]) if re.search(r"\b(left|right) (?!angle)", text)]
    assert len(naming) == (key in NAMED_SIDES)
    assert all(NAMED_SIDES[key] in text and "{" not in text for text in naming)


@each_movement
def test_whatever_the_words_name_is_listed_as_equipment(exercise: Record) -> None:
    listed = " ".join(exercise["equipment"])
    said = " ".join([exercise["name"], *sentences(exercise)])
    assert all(re.search(rf"\b{thing}\b", listed) for thing in OBJECTS if re.search(rf"\b{thing}\b", said))
    assert all(re.fullmatch(r"(?!an? |the )[a-z ]+", item) for item in exercise["equipment"])
    assert ("mat" in exercise["equipment"]) == (exercise["posture"] != "sitting")


@pytest.mark.parametrize("name", SOURCES)
def test_a_program_of_a_source_is_that_source_as_it_is(name: str) -> None:
    assert PROGRAMS[name]["exercises"] == SOURCES[name]


@each_program
def test_a_program_opens_with_one_or_two_spoken_sentences(program: Record) -> None:
    intro = program["intro"].removesuffix(".").split(". ")
    assert len(intro) <= 2
    assert all(PLAIN.fullmatch(text) and len(text.split()) <= 25 for text in [program["title"], *intro])
    assert not re.search(r"relie[fv]|cure|heal", f"{program['title']} {program['intro']}".lower())


@each_program
def test_a_program_changes_a_dose_only_inside_the_stated_range(program: Record) -> None:
    for key, _, changed in items(program):
        for field in DOSE.keys() & changed.keys():
            given = RANGES[field](str(changed[field]))
            stated = RANGES[field](str(EXERCISES[key].get(field, changed[field])))
            assert given.lo in stated
            assert given.hi in stated
            assert field in EXERCISES[key] or field in {"rest", "duration"}


@pytest.mark.parametrize("name", OWN_PROGRAMS)
def test_a_program_of_ours_never_returns_to_a_posture_it_left(name: str) -> None:
    postures = [posture for posture, _ in groupby(exercise["posture"] for _, exercise, _ in items(PROGRAMS[name]))]
    assert len(postures) == len(set(postures))


def test_the_first_day_neither_loads_nor_stretches_to_the_end() -> None:
    used = {key for key, _, _ in items(PROGRAMS["first-day"])}
    spared = {"glute-bridge", "bird-dog", "childs-pose", "knee-to-chest", "seated-hamstring-stretch"}
    assert not used & (spared | {"prone-knee-slide"})


def test_the_desk_break_stays_on_the_chair() -> None:
    assert all(exercise["posture"] == "sitting" for _, exercise, _ in items(PROGRAMS["desk-break"]))


def test_the_mornings_first_movements_do_not_fold_the_back() -> None:
    assert not {key for key, _, _ in items(PROGRAMS["morning-routine"])} & {"childs-pose", "knee-to-chest"}


def test_the_guide_tells_of_every_file_what_the_file_says() -> None:
    row = re.compile(r"\| `[a-z0-9-]+` \|(?: [^|]+ \|){3,}")
    told = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if row.fullmatch(line)]
    assert told == [*map(exercise_row, EXERCISES), *map(program_row, PROGRAMS)]


def exercise_row(key: str) -> str:
    exercise = EXERCISES[key]
    dose = ", ".join(f"{field} {exercise[field]}" for field in DOSE if field in exercise) or "not stated"
    source = exercise["source"].partition(",")[0]
    cells = (f"`{key}`", exercise["name"], exercise["posture"], dose, exercise["sides"], source)
    return f"| {' | '.join(cells)} |"


def program_row(name: str) -> str:
    program = PROGRAMS[name]
    used = ", ".join(f"{key} on a chair" if "steps" in changed else key for key, _, changed in items(program))
    needs = dict.fromkeys(thing for _, exercise, _ in items(program) for thing in exercise["equipment"])
    return f"| {' | '.join((f'`{name}`', program['title'], used, ', '.join(needs)))} |"

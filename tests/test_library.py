"""The library gives its exercises and programs by name, as they stand in their files, and needs no parser for it."""

import subprocess
import sys

import pytest

from scripts.compile_library import compile_library, exercise_of
from voicecoach.errors import ProgramError, UnknownNameError
from voicecoach.library import COMPILED, exercise_names, exercises, load_program, program_names
from voicecoach.program.parse import parse_program

LISTING = """
import sys
from voicecoach.library import exercise_names, load_program, program_names
assert exercise_names() and all(map(load_program, program_names()))
print(sorted({"pydantic", "ruamel.yaml", "numpy"} & set(sys.modules)))
"""


def test_the_names_are_sorted_and_an_exercise_is_no_program() -> None:
    assert list(program_names()) == sorted(program_names())
    assert list(exercise_names()) == sorted(exercise_names())
    assert not set(program_names()) & set(exercise_names())
    assert {"l5-s1-relief", "morning-routine"} <= set(program_names())
    assert {"bird-dog", "cat-cow"} <= set(exercise_names())


def test_reading_the_library_loads_no_parser() -> None:
    done = subprocess.run([sys.executable, "-c", LISTING], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_read_is_made_of_the_files_as_they_are_now() -> None:
    held = COMPILED.read_text(encoding="utf-8")
    assert held == compile_library(), "it is out of date: run python -m scripts.compile_library"


def test_what_is_read_are_the_records_that_the_checks_give() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in COMPILED.parent.glob("*.yaml")}
    checked = {name: exercise_of(texts[name], name) for name in exercise_names()}
    assert repr(dict(exercises())) == repr(checked)
    for name in program_names():
        assert repr(load_program(name)) == repr(parse_program(texts[name], name, checked))
    assert {*exercise_names(), *program_names()} == texts.keys()


@pytest.mark.parametrize("text", ["use: cat-cow", "cat-cow", "name: N", "[a]"])
def test_an_exercise_file_is_written_out_in_full(text: str) -> None:
    with pytest.raises(ProgramError):
        exercise_of(text, "n")


@pytest.mark.parametrize("name", exercise_names())
def test_every_exercise_is_sound_and_keeps_its_key(name: str) -> None:
    assert exercises()[name].key == name
    assert exercises()[name] is exercises()[name]


@pytest.mark.parametrize("name", program_names())
def test_every_program_is_sound(name: str) -> None:
    assert load_program(name).exercises


def test_a_single_exercise_is_a_session_too() -> None:
    program = load_program("bird-dog")
    assert (program.title, program.exercises) == ("Bird dog", (exercises()["bird-dog"],))


def test_the_exercises_are_a_mapping() -> None:
    assert tuple(exercises()) == exercise_names()
    assert len(exercises()) == len(exercise_names())
    assert "bird-dog" in exercises()
    assert "l5-s1-relief" not in exercises()
    with pytest.raises(KeyError):
        exercises()["l5-s1-relief"]


@pytest.mark.parametrize("name", ["bird_dog", "L5-S1", "../errors", "", "bird-dog.yaml"])
def test_an_unknown_name_is_refused_with_what_to_do(name: str) -> None:
    with pytest.raises(UnknownNameError) as refusal:
        load_program(name)
    assert refusal.value.hint

"""The library gives its exercises and programs by name, and parses only what is asked for."""

import subprocess
import sys

import pytest

from voicecoach.errors import UnknownNameError
from voicecoach.library import exercise_names, exercises, load_program, program_names, program_text

LISTING = """
import sys
from voicecoach.library import exercise_names, program_names
assert exercise_names() and program_names()
print(sorted({"pydantic", "ruamel.yaml", "numpy"} & set(sys.modules)))
"""


def test_the_names_are_sorted_and_an_exercise_is_no_program() -> None:
    assert list(program_names()) == sorted(program_names())
    assert list(exercise_names()) == sorted(exercise_names())
    assert not set(program_names()) & set(exercise_names())
    assert {"l5-s1-relief", "morning-routine"} <= set(program_names())
    assert {"bird-dog", "cat-cow"} <= set(exercise_names())


def test_listing_the_names_loads_no_parser() -> None:
    done = subprocess.run([sys.executable, "-c", LISTING], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", exercise_names())
def test_every_exercise_is_sound_and_keeps_its_key(name: str) -> None:
    assert exercises()[name].key == name
    assert exercises()[name] is exercises()[name]


@pytest.mark.parametrize("name", program_names())
def test_every_program_is_sound(name: str) -> None:
    assert load_program(name).exercises
    assert "exercises:" in program_text(name)


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


def test_an_exercise_has_no_program_text() -> None:
    with pytest.raises(UnknownNameError, match='there is no program "bird-dog"'):
        program_text("bird-dog")

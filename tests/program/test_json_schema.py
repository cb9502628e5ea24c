"""The schema describes the files that the parser reads, and explains each of their fields."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from scripts.compile_schema import schema
from tests.program.examples import LIBRARY, programs
from voicecoach import library
from voicecoach.cli.commands.check import SCHEMA
from voicecoach.errors import ProgramError
from voicecoach.model import Program
from voicecoach.program.checks import program_faults
from voicecoach.program.compose import compose_program
from voicecoach.program.fields import DOSE, EXERCISE, PHASE, PROGRAM
from voicecoach.program.parse import parse_program

VALIDATOR = Draft202012Validator(schema(LIBRARY))


def loaded(text: str) -> Any:  # noqa: ANN401 - whatever the file holds
    return YAML(typ="safe", pure=True).load(text)


def written(field: str) -> str:
    return f"title: T\nexercises: [{{name: N, steps: [S], {field}}}]"


def test_it_is_a_schema_of_its_draft() -> None:
    Draft202012Validator.check_schema(schema(LIBRARY))
    Draft202012Validator.check_schema(schema())


def test_the_package_holds_it_as_a_file() -> None:
    held = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert held == schema(library.exercise_names()), "run python -m scripts.compile_schema"


def test_every_field_of_a_file_is_explained() -> None:
    made = schema(LIBRARY)
    parts = {
        (*PROGRAM,): made["properties"],
        (*EXERCISE, *DOSE): made["$defs"]["Exercise"]["properties"],
        (*PHASE,): made["$defs"]["Phase"]["properties"],
    }
    for names, properties in parts.items():
        assert tuple(properties) == names
        assert all(each["description"] for each in properties.values())


def test_the_library_names_are_offered() -> None:
    assert schema(LIBRARY)["$defs"]["LibraryName"]["enum"] == ["bird-dog", "cat-cow"]
    assert "enum" not in schema()["$defs"]["LibraryName"]


@pytest.mark.parametrize("name", library.program_names())
def test_the_programs_of_the_library_are_valid(name: str) -> None:
    text = library.COMPILED.with_name(f"{name}.yaml").read_text(encoding="utf-8")
    Draft202012Validator(schema(library.exercise_names())).validate(loaded(text))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programs().filter(lambda program: not list(program_faults(program))))
def test_every_composed_program_is_valid(program: Program) -> None:
    VALIDATOR.validate(loaded(compose_program(program)))


@pytest.mark.parametrize(
    "text",
    [
        "title: T\nexercises: [cat-cow]",
        "title: T\nexercises: [{use: cat-cow, sets: 2, hold: null, tips: null}]",
        *[written(f"hold: {value}") for value in ("30", "30s", "20-30s", "20 - 30 s", "up to 90s", "1m30s", "'1:30'")],
        *[written(f"duration: {value}") for value in ("2m", "1-2m", "90 seconds", "up to 5 min")],
        *[written(f"reps: {value}") for value in ("10", "10-12", "10 to 12", "up to 12", "'10'")],
        written("rest: 0"),
        written("hold: 5s, phases: [{cue: a, seconds: 4.5, breath: in}, {cue: b, hold: true}]"),
    ],
)
def test_what_the_parser_reads_is_valid(text: str) -> None:
    parse_program(text, "a.yaml", LIBRARY)
    VALIDATOR.validate(loaded(text))


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "title: T",
        "title: T\nexercises: []",
        "title: 5\nexercises: [cat-cow]",
        "title: T\nexercises: [cat-cwo]",
        "title: T\nexercises: [{use: cat-cwo}]",
        "title: T\nexercises: [{use: cat-cow, holds: 3}]",
        "title: T\nexercises: [{name: N}]",
        "title: T\nfoo: 1\nexercises: [cat-cow]",
        *[written(f"hold: {value}") for value in ("soon", "0", "-5", "2.5", "true", "4000", "30-", "[1]")],
        *[written(f"duration: {value}") for value in ("5", "'5'", "'20-30'", "up to 5")],
        *[written(f"reps: {value}") for value in ("0", "201", "ten", "2.5", "10x")],
        written("posture: bak"),
        written("cautions: Stop."),
        written("tips: [5]"),
        written("phases: [{seconds: 4}]"),
        written("phases: [{cue: a, seconds: 0}]"),
        written("phases: [{cue: a, seconds: 4, foo: 1}]"),
    ],
)
def test_what_the_parser_refuses_is_not_valid(text: str) -> None:
    with pytest.raises(ProgramError):
        parse_program(text, "a.yaml", LIBRARY)
    assert not VALIDATOR.is_valid(loaded(text))

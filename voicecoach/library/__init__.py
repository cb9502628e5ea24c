"""The exercises and programs that come with the package: a YAML file each, and one JSON file made of them all.

Only the JSON is read, which needs no parser of YAML and no checks: `scripts/compile_library.py` has done both.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from voicecoach.errors import UnknownNameError
from voicecoach.model import Breath, Dose, Exercise, Phase, Posture, Program, Sides
from voicecoach.units import Range

COMPILED = Path(__file__).with_name("compiled.json")


@cache
def _compiled() -> dict[str, dict[str, Any]]:
    """Return the records of all exercises and all programs by name, in the order of their files."""
    found: dict[str, dict[str, Any]] = json.loads(COMPILED.read_text(encoding="utf-8"))
    return found


def program_names() -> tuple[str, ...]:
    """Return the names of the programs in their order."""
    return tuple(_compiled()["programs"])


def exercise_names() -> tuple[str, ...]:
    """Return the names of the exercises in their order."""
    return tuple(_compiled()["exercises"])


def session_names() -> tuple[str, ...]:
    """Return what can be played by name: programs first, then single exercises."""
    return (*program_names(), *exercise_names())


@cache
def exercises() -> Mapping[str, Exercise]:
    """Return the exercises by name; a name that is not there raises KeyError."""
    return MappingProxyType({name: _exercise(record) for name, record in _compiled()["exercises"].items()})


def load_program(name: str) -> Program:
    """Return a program, or a program of the one exercise that is called `name`; raises UnknownNameError."""
    if name in exercise_names():
        only = exercises()[name]
        return Program(title=only.name, exercises=(only,))
    if name not in program_names():
        raise UnknownNameError("session", name, session_names(), "`voicecoach list` shows them all")
    record = _compiled()["programs"][name]
    return Program(**record | {"exercises": tuple(map(_exercise, record["exercises"]))})


def _exercise(record: dict[str, Any]) -> Exercise:
    typed = {name: tuple(value) if isinstance(value, list) else value for name, value in record.items()}
    return Exercise(**typed | {
        "posture": record["posture"] and Posture(record["posture"]),
        "sides": Sides(record["sides"]),
        "dose": Dose(**{name: span and Range(**span) for name, span in record["dose"].items()}),
        "phases": tuple(Phase(**each | {"breath": Breath(each["breath"])}) for each in record["phases"]),
    })  # fmt: skip

"""The exercises and programs that come with the package, one YAML file each."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from voicecoach.errors import UnknownNameError
from voicecoach.model import Exercise, Program
from voicecoach.program.trusted import trusted_exercise, trusted_program

_SUFFIX = ".yaml"
_OF_A_PROGRAM = re.compile(r"^exercises:", re.MULTILINE)
_HINT = "`voicecoach list` shows them all"


@cache
def _texts() -> dict[str, str]:
    """Return the text of every file by its name; they are small, and read once."""
    found = {each.name: each for each in Path(__file__).parent.iterdir() if each.name.endswith(_SUFFIX)}
    return {name.removesuffix(_SUFFIX): found[name].read_text(encoding="utf-8") for name in sorted(found)}


@cache
def program_names() -> tuple[str, ...]:
    """Return the names of the programs in their order, without parsing one: they list `exercises:`."""
    return tuple(name for name, text in _texts().items() if _OF_A_PROGRAM.search(text))


@cache
def exercise_names() -> tuple[str, ...]:
    """Return the names of the exercises in their order, without parsing one."""
    return tuple(name for name in _texts() if name not in program_names())


class _Exercises(Mapping[str, Exercise]):
    """The exercises by name; each is parsed when it is first asked for, and kept."""

    def __init__(self) -> None:
        self._parsed: dict[str, Exercise] = {}

    def __getitem__(self, name: str) -> Exercise:
        if name not in self._parsed:
            if name not in exercise_names():
                raise KeyError(name)
            self._parsed[name] = trusted_exercise(_texts()[name], name)
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(exercise_names())

    def __len__(self) -> int:
        return len(exercise_names())

    def __contains__(self, name: object) -> bool:
        return name in exercise_names()


@cache
def exercises() -> Mapping[str, Exercise]:
    """Return the exercises by name, parsed on lookup; a name that is not there raises KeyError."""
    return _Exercises()


def program_text(name: str) -> str:
    """Return the YAML of a program; raises UnknownNameError."""
    if name not in program_names():
        raise UnknownNameError("program", name, program_names(), _HINT)
    return _texts()[name]


def load_program(name: str) -> Program:
    """Return a program, or a program of the one exercise that is called `name`; raises UnknownNameError."""
    if name in exercise_names():
        only = exercises()[name]
        return Program(title=only.name, exercises=(only,))
    if name not in program_names():
        raise UnknownNameError("session", name, [*program_names(), *exercise_names()], _HINT)
    return trusted_program(program_text(name), exercises())

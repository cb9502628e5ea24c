"""The exercises and programs that come with the package, one YAML file each."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from voicecoach.errors import UnknownNameError
from voicecoach.model import Exercise, Program
from voicecoach.program.trusted import trusted_exercise, trusted_program

_OF_A_PROGRAM = re.compile(r"^exercises:", re.MULTILINE)
_HINT = "`voicecoach list` shows them all"


@cache
def _texts() -> dict[str, str]:
    """Return the text of every file by its name; they are small, and read once."""
    # By the whole file name, as `a.yaml` stands behind `a-b.yaml`.
    found = sorted(Path(__file__).parent.glob("*.yaml"), key=lambda path: path.name)
    return {path.stem: path.read_text(encoding="utf-8") for path in found}


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

    def __getitem__(self, name: str) -> Exercise:
        if name not in exercise_names():
            raise KeyError(name)
        return _exercise(name)

    def __iter__(self) -> Iterator[str]:
        return iter(exercise_names())

    def __len__(self) -> int:
        return len(exercise_names())


@cache
def _exercise(name: str) -> Exercise:
    return trusted_exercise(_texts()[name], name)


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

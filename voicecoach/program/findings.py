"""What is wrong in a file, gathered while it is read and made into records of the model."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import GenericAlias
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from voicecoach.errors import Problem, did_you_mean, near_matches
from voicecoach.model import Exercise, Program
from voicecoach.program.checks import ProgramFault, exercise_faults, program_faults
from voicecoach.program.fields import cited
from voicecoach.program.tree import Node

_IN_QUOTES = 'put a text in quotes where it looks like a number or holds ": "'

# What to do about each type of error that pydantic finds in the model.
_HINTS = {
    "missing": "add it",
    "string_type": _IN_QUOTES,
    "tuple_type": "write a list, one item a line, each after a dash",
    "enum": "write one of {expected}",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "dataclass_type": "write a mapping like {{cue: Slide up, seconds: 4}}",
}

# What replaces faulty fields of a record while the others are checked, and what checks them.
_CHECKS: dict[type, tuple[dict[str, Any], Callable[[Any], Iterable[ProgramFault]]]] = {
    Exercise: ({"name": "exercise", "steps": ("step",)}, exercise_faults),
    Program: ({"title": "program", "exercises": ()}, program_faults),
}


@cache
def _adapter_of(kind: type) -> TypeAdapter[Any]:
    # Wrapped in a tuple, so that it takes a configuration.
    wrapped: Any = GenericAlias(tuple, (kind,))
    return TypeAdapter(wrapped, config=ConfigDict(extra="forbid"))


@dataclass(slots=True)
class Findings:
    """The problems so far, in the order they were found."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, node: Node, what: str, hint: str = "") -> None:
        """Note that something is wrong with the value of `node`."""
        self.problems.append(Problem(node.line, node.column, what, hint))

    def known(self, node: Node, fields: Iterable[str], hints: Mapping[str, str], whole: str) -> dict[str, Any]:
        """Return the fields of a mapping that are known and not null, and note the unknown ones.

        `hints` says what to do about certain unknown names, and `whole` what the mapping is.
        """
        names = tuple(fields)
        for name in node.value.keys() - set(names):
            hint = hints.get(name) or did_you_mean(near_matches(name, names)[:1])
            line, column = node.keys[name]
            what = f"{whole} has no field {cited(name)}"
            self.problems.append(Problem(line, column, what, hint or f"the fields are {', '.join(names)}"))
        return {name: node.value[name] for name in names if node.value.get(name) is not None}

    def record(self, kind: type, node: Node, given: dict[str, Any], faulty: set[str]) -> Any:  # noqa: ANN401 - of `kind`
        """Return an Exercise or Program of the values that stand at `node`, and note all that is wrong with them.

        It has others in the place of faulty ones; of these fields, those in `faulty` are noted already.
        """
        stand_in, check = _CHECKS[kind]
        try:
            (record,) = _adapter_of(kind).validate_python((given,))
        except ValidationError as error:
            faulty = faulty | self._word(error, node)
            sound = {name: value for name, value in given.items() if name not in faulty}
            (record,) = _adapter_of(kind).validate_python((stand_in | sound,))
        for fault in check(record):
            if not fault.fields & faulty:
                self.add(node.at(*fault.path), fault.what, fault.hint)
        return record

    def _word(self, errors: ValidationError, node: Node) -> set[str]:
        """Note the errors that pydantic found in `node`, and return the names of the fields they are in."""
        faulty = set()
        for error in errors.errors(include_url=False):
            path = error["loc"][1:]
            expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "")
            hint = _HINTS.get(error["type"], error["msg"]).format(expected=expected)
            missing = error["type"] == "missing"
            verdict = "is missing" if missing else f"cannot be {cited(error['input'])}"
            self.add(node.at(*path[:-1] if missing else path), f"{_called(path)} {verdict}", hint)
            faulty.add(str(path[0]))
        return faulty


def _called(path: tuple[int | str, ...]) -> str:
    """Return `steps item 2` for ("steps", 1), and `cue of phases item 1` for ("phases", 0, "cue")."""
    match path:
        case [str(name), int(index)]:
            return f"{name} item {index + 1}"
        case [str(name), int(index), str(inner)]:
            return f"{inner} of {name} item {index + 1}"
        case _:
            return str(path[-1])

"""Untrusted text to a program of the model: one way in, and every problem at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from types import GenericAlias
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from voicecoach.errors import Problem, ProgramError, did_you_mean, near_matches
from voicecoach.model import Dose, Exercise, Program
from voicecoach.program.checks import ProgramFault, exercise_faults, program_faults
from voicecoach.program.fields import DOSE, EXERCISE, MOST_EXERCISES, PHASE, PROGRAM, SECONDS_HINT, cited, read_seconds
from voicecoach.program.tree import Node, read_tree

# More than these are counted and not listed: nobody reads on, and a hostile file has thousands.
_MOST_PROBLEMS = 100
_ELSEWHERE = {"dose": f"write {', '.join(DOSE)} as fields of the exercise", "key": "remove it"}
# What to do about each type of error that pydantic finds in the model.
_HINTS = {
    "missing": "add it",
    "string_type": 'put a text in quotes where it looks like a number or holds ": "',
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
# What changes are checked upon where nobody knows the exercise they are of.
_STAND_IN = Exercise(**_CHECKS[Exercise][0])


def parse_program(text: str, source: str, library: Mapping[str, Exercise]) -> Program:
    """Read a program file; `source` is what messages call it, `library` what its exercises may name.

    Only the names that are used are looked up in `library`; its names are listed only to offer a near one.
    Raises ProgramError with every problem, each with line and column.
    """
    root, problems = read_tree(text)
    program = _Reading(problems, library).program(root) if root else None
    if program is not None and not problems:
        return program
    listed, rest = sorted(problems)[:_MOST_PROBLEMS], len(problems) - _MOST_PROBLEMS
    if rest > 0:
        last = listed[-1]
        listed.append(Problem(last.line, last.column + 1, f"{rest:,} more problems from here on"))
    raise ProgramError(source, listed)


@cache
def _adapter_of(kind: type) -> TypeAdapter[Any]:
    # Wrapped in a tuple, so that it takes a configuration.
    wrapped: Any = GenericAlias(tuple, (kind,))
    return TypeAdapter(wrapped, config=ConfigDict(extra="forbid"))


class _Reading:
    """Nodes into records of the model; the `problems` so far grow in the order in which they are found."""

    def __init__(self, problems: list[Problem], library: Mapping[str, Exercise]) -> None:
        self._problems, self._library = problems, library

    def program(self, root: Node) -> Program | None:
        """Return a program as far as it can be read."""
        if not isinstance(root.value, dict):
            self._note(root, f"a program cannot be {cited(root.value)}", "begin with `title:` and `exercises:`")
            return None
        if "exercises" not in root.value and {"name", "steps"} <= root.value.keys():
            self._note(root, "this is one exercise and no program", "put it under `exercises:`, after a dash")
            return None
        given, faulty = self._known(root, PROGRAM, {}, "a program"), set[str]()
        if isinstance(given.get("exercises"), list):
            node, count = root.at("exercises"), len(given["exercises"])
            if count > MOST_EXERCISES:
                self._note(node, f"the program has {count:,} exercises", f"keep to {MOST_EXERCISES}")
            read = [self._exercise(node.at(index)) for index in range(count) if count <= MOST_EXERCISES]
            given["exercises"] = tuple(filter(None, read))
            faulty = {"exercises"} if len(given["exercises"]) < count else set()
        program: Program = self._record(Program, root, given, faulty)
        return program

    def _exercise(self, node: Node) -> Exercise | None:
        """Return an exercise: a library name, a library exercise with changes, or one written out; None if faulty."""
        if isinstance(node.value, str):
            return self._looked_up(node)
        if not isinstance(node.value, dict):
            hint = "write a library name, or a mapping with name and steps"
            self._note(node, f"an exercise cannot be {cited(node.value)}", hint)
            return None
        if "use" not in node.value:
            unknown = () if "name" in node.value else node.value.keys() - EXERCISE.keys()
            misnamed = [name for name in unknown if name in self._library]
            for name in misnamed:
                hint = f"write `use: {name}`, and its changes beside it"
                self._note(node, f"{name} is no field of an exercise", hint)
            return None if misnamed else self._merged(node, None)
        base = self._looked_up(node.at("use"))
        # What else is wrong is told at once, though nobody knows yet what is changed.
        exercise = self._merged(node, base or _STAND_IN)
        return exercise if base else None

    def _looked_up(self, node: Node) -> Exercise | None:
        name = node.value
        if not isinstance(name, str) or not name:
            self._note(node, f"use cannot be {cited(name)}", "write the name of a library exercise")
            return None
        try:
            return self._library[name]
        except KeyError:
            hint = did_you_mean(near_matches(name, self._library)) or "write one that `voicecoach list` shows"
            self._note(node, f"the library has no exercise {cited(name)}", hint)
            return None

    def _merged(self, node: Node, base: Exercise | None) -> Exercise | None:
        """Return the fields of `node`, over those of `base`, as an exercise."""
        before = len(self._problems)
        given = self._known(node, [*(["use"] if base else []), *EXERCISE, *DOSE], _ELSEWHERE, "an exercise")
        given.pop("use", None)
        dose, faulty = self._dose(node, base.dose if base else Dose())
        if isinstance(given.get("phases"), list):
            noted, place = len(self._problems), node.at("phases")
            given["phases"] = [self._phase(place.at(index)) for index in range(len(given["phases"]))]
            faulty |= {"phases"} if len(self._problems) > noted else set()
        merged: dict[str, Any] = {each.name: getattr(base, each.name) for each in fields(base)} if base else {}
        for emptied in node.value.keys() & merged.keys() - given.keys() - {"name", "steps", "key", "dose"}:
            del merged[emptied]
        merged |= {name: value for name, value in given.items() if name not in DOSE} | {"dose": dose}
        exercise: Exercise = self._record(Exercise, node, merged, faulty)
        return exercise if len(self._problems) == before else None

    def _dose(self, node: Node, stated: Dose) -> tuple[Dose, set[str]]:
        """Return `stated` with the doses of `node` in place of its own, and the names of faulty ones."""
        faulty = set()
        for name in DOSE.keys() & node.value.keys():
            value = node.value[name]
            try:
                stated = replace(stated, **{name: None if value is None else DOSE[name].read(value)})
            except ValueError as error:
                self._note(node.at(name), f"{name}: {error}", DOSE[name].hint)
                faulty.add(name)
        return stated, faulty

    def _phase(self, node: Node) -> object:
        """Return a phase as far as it can be read."""
        if not isinstance(node.value, dict):
            return node.value
        phase = self._known(node, PHASE, {}, "a phase")
        if "seconds" in phase:
            try:
                phase["seconds"] = read_seconds(phase["seconds"])
            except ValueError as error:
                self._note(node.at("seconds"), f"seconds: {error}", SECONDS_HINT)
                del phase["seconds"]
        return phase

    def _note(self, node: Node, what: str, hint: str) -> None:
        self._problems.append(Problem(node.line, node.column, what, hint))

    def _known(self, node: Node, offered: Iterable[str], hints: Mapping[str, str], whole: str) -> dict[str, Any]:
        """Return the fields of a mapping that are known and not null, and note the unknown ones.

        `hints` says what to do about certain unknown names, and `whole` what the mapping is.
        """
        names = tuple(offered)
        for name in node.value.keys() - set(names):
            hint = hints.get(name) or did_you_mean(near_matches(name, names)[:1])
            what = f"{whole} has no field {cited(name)}"
            self._problems.append(Problem(*node.keys[name], what, hint or f"the fields are {', '.join(names)}"))
        return {name: node.value[name] for name in names if node.value.get(name) is not None}

    def _record(self, kind: type, node: Node, given: dict[str, Any], faulty: set[str]) -> Any:  # noqa: ANN401 - of `kind`
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
                self._note(node.at(*fault.path), fault.what, fault.hint)
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
            self._note(node.at(*path[:-1] if missing else path), f"{_called(path)} {verdict}", hint)
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

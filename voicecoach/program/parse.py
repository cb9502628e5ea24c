"""Untrusted text to a program of the model: one way in, and every problem at once."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from voicecoach.errors import Problem, ProgramError, did_you_mean, near_matches
from voicecoach.model import Dose, Exercise, Program
from voicecoach.program.fields import DOSE, EXERCISE, MOST_EXERCISES, PHASE, PROGRAM, SECONDS_HINT, cited, read_seconds
from voicecoach.program.findings import Findings
from voicecoach.program.tree import Node, read_tree

_FORM = "begin with `title:` and `exercises:`"
# More than these are counted and not listed: nobody reads on, and a hostile file has thousands.
_MOST_PROBLEMS = 100

# What changes are checked upon where nobody knows the exercise they are of.
_STAND_IN = Exercise(name="exercise", steps=("step",))
_ELSEWHERE = {"dose": f"write {', '.join(DOSE)} as fields of the exercise", "key": "remove it"}


def parse_program(text: str, source: str, library: Mapping[str, Exercise]) -> Program:
    """Read a program file; `source` is what messages call it, `library` what its exercises may name.

    Only the names that are used are looked up in `library`; its names are listed only to offer a near one.
    Raises ProgramError with every problem, each with line and column.
    """
    root, problems = read_tree(text)
    findings = Findings(problems)
    program = _program(root, library, findings) if root else None
    if program is not None and not findings.problems:
        return program
    listed, rest = sorted(findings.problems)[:_MOST_PROBLEMS], len(findings.problems) - _MOST_PROBLEMS
    if rest > 0:
        last = listed[-1]
        listed.append(Problem(last.line, last.column + 1, f"{rest:,} more problems from here on"))
    raise ProgramError(source, listed)


def _program(root: Node, library: Mapping[str, Exercise], findings: Findings) -> Program | None:
    if not isinstance(root.value, dict):
        findings.add(root, f"a program cannot be {cited(root.value)}", _FORM)
        return None
    if "exercises" not in root.value and {"name", "steps"} <= root.value.keys():
        findings.add(root, "this is one exercise and no program", "put it under `exercises:`, after a dash")
        return None
    given = findings.known(root, PROGRAM, {}, "a program")
    faulty: set[str] = set()
    if isinstance(given.get("exercises"), list):
        node, count = root.at("exercises"), len(given["exercises"])
        if count > MOST_EXERCISES:
            findings.add(node, f"the program has {count:,} exercises", f"keep to {MOST_EXERCISES}")
        read = [_exercise(node.at(index), library, findings) for index in range(count) if count <= MOST_EXERCISES]
        given["exercises"] = tuple(filter(None, read))
        faulty = {"exercises"} if len(given["exercises"]) < count else set()
    program: Program = findings.record(Program, root, given, faulty)
    return program


def _exercise(node: Node, library: Mapping[str, Exercise], findings: Findings) -> Exercise | None:
    """Return an exercise: a library name, a library exercise with changes, or one written out; None if faulty."""
    if isinstance(node.value, str):
        return _looked_up(node, library, findings)
    if not isinstance(node.value, dict):
        hint = "write a library name, or a mapping with name and steps"
        findings.add(node, f"an exercise cannot be {cited(node.value)}", hint)
        return None
    if "use" not in node.value:
        unknown = () if "name" in node.value else node.value.keys() - EXERCISE.keys()
        misnamed = [name for name in unknown if name in library]
        for name in misnamed:
            hint = f"write `use: {name}`, and its changes beside it"
            findings.add(node, f"{name} is no field of an exercise", hint)
        return None if misnamed else _merged(node, None, findings)
    base = _looked_up(node.at("use"), library, findings)
    # What else is wrong is told at once, though nobody knows yet what is changed.
    exercise = _merged(node, base or _STAND_IN, findings)
    return exercise if base else None


def _looked_up(node: Node, library: Mapping[str, Exercise], findings: Findings) -> Exercise | None:
    name = node.value
    if not isinstance(name, str) or not name:
        findings.add(node, f"use cannot be {cited(name)}", "write the name of a library exercise")
        return None
    try:
        return library[name]
    except KeyError:
        hint = did_you_mean(near_matches(name, library)) or "write one that `voicecoach list` shows"
        findings.add(node, f"the library has no exercise {cited(name)}", hint)
        return None


def _merged(node: Node, base: Exercise | None, findings: Findings) -> Exercise | None:
    """Return the fields of `node`, over those of `base`, as an exercise."""
    before = len(findings.problems)
    given = findings.known(node, [*(["use"] if base else []), *EXERCISE, *DOSE], _ELSEWHERE, "an exercise")
    given.pop("use", None)
    dose, faulty = _dose(node, base.dose if base else Dose(), findings)
    if isinstance(given.get("phases"), list):
        noted, place = len(findings.problems), node.at("phases")
        given["phases"] = [_phase(place.at(index), findings) for index in range(len(given["phases"]))]
        faulty |= {"phases"} if len(findings.problems) > noted else set()
    merged: dict[str, Any] = {each.name: getattr(base, each.name) for each in fields(base)} if base else {}
    for emptied in node.value.keys() & merged.keys() - given.keys() - {"name", "steps", "key", "dose"}:
        del merged[emptied]
    merged |= {name: value for name, value in given.items() if name not in DOSE} | {"dose": dose}
    exercise: Exercise = findings.record(Exercise, node, merged, faulty)
    return exercise if len(findings.problems) == before else None


def _dose(node: Node, stated: Dose, findings: Findings) -> tuple[Dose, set[str]]:
    """Return `stated` with the doses of `node` in place of its own, and the names of faulty ones."""
    faulty = set()
    for name in DOSE.keys() & node.value.keys():
        value = node.value[name]
        try:
            span = None if value is None else DOSE[name].read(value)
        except ValueError as error:
            findings.add(node.at(name), f"{name}: {error}", DOSE[name].hint)
            faulty.add(name)
        else:
            stated = replace(stated, **{name: span})
    return stated, faulty


def _phase(node: Node, findings: Findings) -> object:
    """Return a phase as far as it can be read."""
    if not isinstance(node.value, dict):
        return node.value
    phase = findings.known(node, PHASE, {}, "a phase")
    if "seconds" in phase:
        try:
            phase["seconds"] = read_seconds(phase["seconds"])
        except ValueError as error:
            findings.add(node.at("seconds"), f"seconds: {error}", SECONDS_HINT)
            del phase["seconds"]
    return phase

"""Untrusted text to a program or an exercise of the model: one way in, and every problem at once."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from voicecoach.errors import Problem, ProgramError
from voicecoach.model import Exercise, Program
from voicecoach.program.checks import program_faults
from voicecoach.program.exercise import adapter_of, read_exercise, validated
from voicecoach.program.fields import MOST_EXERCISES, PROGRAM, cited
from voicecoach.program.findings import Findings
from voicecoach.program.tree import Node, read_tree

_Record = TypeVar("_Record", Exercise, Program)

_FORM = "begin with `title:` and `exercises:`"
# More than these are counted and not listed: nobody reads on, and a hostile file has thousands.
_MOST_PROBLEMS = 100


def parse_program(text: str, source: str, library: Mapping[str, Exercise]) -> Program:
    """Read a program file; `source` is what messages call it, `library` what its exercises may name.

    Only the names that are used are looked up in `library`; its names are listed only to offer a near one.
    Raises ProgramError with every problem, each with line and column.
    """
    return _read(text, source, lambda root, findings: _program(root, library, findings))


def parse_exercise(text: str, source: str, key: str) -> Exercise:
    """Read a file of one written-out exercise, which the library calls `key`; raises as `parse_program`."""
    exercise = _read(text, source, lambda root, findings: read_exercise(root, None, findings))
    return replace(exercise, key=key)


def _read(text: str, source: str, read: Callable[[Node, Findings], _Record | None]) -> _Record:
    root, problems = read_tree(text)
    findings = Findings(problems)
    record = read(root, findings) if root else None
    if record is not None and not findings.problems:
        return record
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
        read = [read_exercise(node.at(index), library, findings) for index in range(count) if count <= MOST_EXERCISES]
        given["exercises"] = tuple(filter(None, read))
        faulty = {"exercises"} if len(given["exercises"]) < count else set()
    stand_in = {"title": "program", "exercises": ()}
    program: Program = validated(adapter_of(Program), stand_in, root, given, faulty, findings)
    for fault in program_faults(program):
        if not fault.fields & faulty:
            findings.add(root.at(*fault.path), fault.what, fault.hint)
    return program

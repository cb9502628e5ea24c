"""One exercise of a file: a library name, a library exercise with changes, or one written out."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from types import GenericAlias
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from voicecoach.errors import did_you_mean, near_matches
from voicecoach.model import Dose, Exercise, Program
from voicecoach.program.checks import exercise_faults
from voicecoach.program.fields import DOSE, EXERCISE, PHASE, SECONDS_HINT, cited, read_seconds
from voicecoach.program.findings import Findings
from voicecoach.program.tree import Node

# What replaces faulty fields while the others are checked.
_STAND_IN = Exercise(name="exercise", steps=("step",))
_ELSEWHERE = {"dose": f"write {', '.join(DOSE)} as fields of the exercise", "key": "remove it"}


@cache
def adapter_of(kind: type[Exercise | Program]) -> TypeAdapter[Any]:
    """Return what validates one record of the model, wrapped in a tuple so that it takes a configuration."""
    wrapped: Any = GenericAlias(tuple, (kind,))
    return TypeAdapter(wrapped, config=ConfigDict(extra="forbid"))


def read_exercise(node: Node, library: Mapping[str, Exercise] | None, findings: Findings) -> Exercise | None:
    """Return the exercise that stands at `node`, or None where it is faulty; all that is wrong is noted.

    Without a `library` only a written-out exercise is accepted.
    """
    if library is not None and isinstance(node.value, str):
        return _looked_up(node, library, findings)
    if not isinstance(node.value, dict):
        named = "a library name, or a mapping" if library is not None else "a mapping"
        findings.add(node, f"an exercise cannot be {cited(node.value)}", f"write {named} with name and steps")
        return None
    if library is None or "use" not in node.value:
        unknown = () if "name" in node.value else node.value.keys() - EXERCISE.keys()
        misnamed = [name for name in unknown if name in (library or ())]
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
    stand_in = {"name": _STAND_IN.name, "steps": _STAND_IN.steps}
    exercise: Exercise = validated(adapter_of(Exercise), stand_in, node, merged, faulty, findings)
    for fault in exercise_faults(exercise):
        if not fault.fields & faulty:
            findings.add(node.at(*fault.path), fault.what, fault.hint)
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


def validated(
    adapter: TypeAdapter[Any], stand_in: dict[str, Any], node: Node, given: dict[str, Any],
    faulty: set[str], findings: Findings,
) -> Any:  # noqa: ANN401 - what the adapter is of  # fmt: skip
    """Return `given` as a record, with stand-ins for what is faulty; `faulty` grows by those fields."""
    try:
        return adapter.validate_python((given,))[0]
    except ValidationError as error:
        faulty |= findings.word(error.errors(include_url=False), node)
        sound = {name: value for name, value in given.items() if name not in faulty}
        return adapter.validate_python((stand_in | sound,))[0]

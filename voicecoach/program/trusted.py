"""The package's own files: read without the checks that a file of somebody's needs, ten times as fast.

They keep to a plain form, and a test reads each of them both ways. What they hold is the same YAML: fields,
lists below or in brackets, and phases in braces, all of it without quotes, comments or line breaks in a text.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from voicecoach.model import Breath, Dose, Exercise, Phase, Posture, Program, Sides
from voicecoach.program.fields import DOSE

# The lines that are still to be read, each after its indentation.
_Lines = deque[tuple[int, str]]

_LIST, _FLOW_LIST, _FLOW = "- ", "[", "{"
# Fields of an exercise that are neither texts nor lists of texts.
_TYPED: dict[str, Callable[[Any], Any]] = {
    "posture": Posture,
    "sides": Sides,
    "phases": lambda given: tuple(_phase(each) for each in given),
    "wait": lambda given: given == "true",
}


def trusted_exercise(text: str, key: str) -> Exercise:
    """Return the exercise of a file of the library, which calls it `key`."""
    fields, dose = _read(plain_tree(text))
    return Exercise(key=key, dose=dose, **fields)


def trusted_program(text: str, library: Mapping[str, Exercise]) -> Program:
    """Return the program of a file of the library."""
    tree = plain_tree(text)
    exercises = tuple(_placed(each, library) for each in tree.pop("exercises"))
    return Program(exercises=exercises, **tree)


def plain_tree(text: str) -> Any:  # noqa: ANN401 - a tree of dicts, lists and texts
    """Return a document in the plain form: dicts, lists, and every scalar as its text."""
    return _block(deque((len(line) - len(line.lstrip()), line.strip()) for line in text.splitlines() if line.strip()))


def _block(lines: _Lines) -> Any:  # noqa: ANN401 - as above
    """Take the lines of a list or mapping: those as deep as the first, with what is below each."""
    indent, first = lines[0]
    if first.startswith(_LIST):
        return [_item(lines, indent, line[2:]) for line in _taken(lines, indent, _LIST)]
    return dict(_field(lines, line) for line in _taken(lines, indent))


def _taken(lines: _Lines, indent: int, mark: str = "") -> Iterator[str]:
    while lines and lines[0][0] == indent and lines[0][1].startswith(mark):
        yield lines.popleft()[1]


def _item(lines: _Lines, indent: int, said: str) -> Any:  # noqa: ANN401 - as above
    if said.startswith(_FLOW):
        return dict(_pair(each) for each in said[1:-1].split(", "))
    if said.startswith("use: "):
        return dict([_pair(said), *(_field(lines, line) for line in _taken(lines, indent + 2))])
    return said


def _field(lines: _Lines, line: str) -> tuple[str, Any]:
    name, _, said = line.partition(":")
    said = said.strip()
    if not said:
        return name, _block(lines)
    if said.startswith(_FLOW_LIST):
        return name, [each for each in said[1:-1].split(", ") if each]
    return name, said


def _pair(said: str) -> tuple[str, str]:
    name, _, value = said.partition(": ")
    return name, value


def _placed(item: Any, library: Mapping[str, Exercise]) -> Exercise:  # noqa: ANN401 - as above
    if isinstance(item, str):
        return library[item]
    base = library[item.pop("use")]
    fields, dose = _read(item, base.dose)
    return replace(base, dose=dose, **fields)


def _read(tree: dict[str, Any], stated: Dose | None = None) -> tuple[dict[str, Any], Dose]:
    """Return the fields of an exercise, and its dose over what was stated of it."""
    doses = {name: DOSE[name].read(_scalar(tree[name])) for name in tree.keys() & DOSE.keys()}
    fields = {name: _typed(name, given) for name, given in tree.items() if name not in DOSE}
    return fields, replace(stated or Dose(), **doses)


def _typed(name: str, given: Any) -> Any:  # noqa: ANN401 - as above
    if name in _TYPED:
        return _TYPED[name](given)
    return tuple(given) if isinstance(given, list) else given


def _phase(given: dict[str, str]) -> Phase:
    return Phase(
        cue=given["cue"],
        seconds=float(given["seconds"]) if "seconds" in given else None,
        breath=Breath(given.get("breath", Breath.FREE)),
        hold=given.get("hold") == "true",
    )


def _scalar(text: str) -> int | str:
    return int(text) if text.isdigit() else text

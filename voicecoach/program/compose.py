"""A program as YAML that reads back as the same program, written out in full."""

import re
from dataclasses import fields
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from voicecoach.model import Exercise, Phase, Program
from voicecoach.program.fields import DOSE, EXERCISE, PHASE, PROGRAM
from voicecoach.program.tree import unquoted

# What stands without quotes. The library would leave off some that its own parser asks for, as of "? x".
_PLAIN = re.compile(r"\w[^:#]*")
# What is done comes before how much, and that before what is said about it.
_ORDER = ("name", "posture", "position", "steps", "phases", *DOSE, *EXERCISE)


def compose_program(program: Program) -> str:
    """Return the YAML of a program; no exercise refers to the library, so its key is not kept."""
    yaml = YAML(pure=True)
    yaml.width = 5000  # no text is folded: one sentence stands on one line, and no line ends in a space
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    text = StringIO()
    head = {"title": "", "language": _written(program.language)} | _stated(program, PROGRAM)
    yaml.dump(head | {"exercises": [_exercise(each) for each in program.exercises]}, text)
    return text.getvalue()


def _exercise(exercise: Exercise) -> dict[str, Any]:
    stated = _stated(exercise, EXERCISE)
    doses = {name: getattr(exercise.dose, name) for name in DOSE}
    stated |= {name: DOSE[name].compose(span) for name, span in doses.items() if span is not None}
    if exercise.phases:
        stated["phases"] = [CommentedMap(_stated(each, PHASE)) for each in exercise.phases]
        for each in stated["phases"]:
            each.fa.set_flow_style()
    return {name: stated[name] for name in dict.fromkeys(_ORDER) if name in stated}


def _stated(record: Program | Exercise | Phase, names: dict[str, str]) -> dict[str, Any]:
    """Return the fields that differ from their defaults, as YAML writes them."""
    defaults = {each.name: each.default for each in fields(record)}
    values = {name: getattr(record, name) for name in names}
    return {name: _written(value) for name, value in values.items() if value != defaults[name]}


def _written(value: object) -> object:
    match value:
        case str():
            plain = _PLAIN.fullmatch(value) and unquoted(value) == value
            return str(value) if plain else DoubleQuotedScalarString(value)
        case float() if value.is_integer():
            return int(value)
        case tuple():
            return [_written(each) for each in value]
        case _:
            return value

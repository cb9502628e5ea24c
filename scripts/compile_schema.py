"""Make the JSON Schema of a program file (draft 2020-12), by which editors complete, explain and check it.

Run `python -m scripts.compile_schema` after each change of a field or of the library; a test tells where it was
forgotten.
"""

import json
from collections.abc import Iterable
from typing import Any

from voicecoach import library
from voicecoach.cli.commands.check import SCHEMA
from voicecoach.model import Breath, Posture, Sides
from voicecoach.program.fields import (
    DOSE,
    EXERCISE,
    LONGEST_NAME,
    LONGEST_PHASE_S,
    LONGEST_TEXT,
    MOST_EXERCISES,
    MOST_ITEMS,
    PHASE,
    PROGRAM,
    USE,
    DoseField,
)

Schema = dict[str, Any]

_NUMBER = r"\d+(\.\d{1,3})?"
_UNIT = "(s|secs?|seconds?|m|mins?|minutes?|h|hours?)"
_LENGTH = rf"(({_NUMBER} ?{_UNIT} ?)+|{_NUMBER}|\d{{1,3}}(:[0-5]\d){{1,2}})"
_TIME = rf"(up to {_LENGTH}|{_LENGTH}( ?(-| to ) ?{_LENGTH})?)$"
_PATTERNS = {
    "Time": ("^" + _TIME, "Seconds, or a time with its unit, or a range of them."),
    "TimeWithUnit": (r"^(?=.*(\d ?[a-z]|:))" + _TIME, "A time with its unit, or a range of them."),
    "Count": (r"^(up to \d+|\d+( ?(-| to ) ?\d+)?)$", "A whole number or a range of them."),
}
_REQUIRED = {"title", "exercises", "name", "steps", "cue"}
_TEXT: Schema = {"type": "string", "maxLength": LONGEST_TEXT}
_NAME: Schema = {"type": "string", "maxLength": LONGEST_NAME, "minLength": 1}
_TEXTS: Schema = {
    "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
    "type": "array",
    "maxItems": MOST_ITEMS,
}
# What each field accepts that is no text.
_KINDS: dict[str, Schema] = {
    "title": _NAME,
    "name": _NAME,
    "language": _TEXT | {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "exercises": {"items": {"$ref": "#/$defs/Entry"}, "type": "array", "maxItems": MOST_EXERCISES, "minItems": 1},
    "steps": _TEXTS | {"minItems": 1},
    "phases": {"items": {"$ref": "#/$defs/Phase"}, "type": "array", "maxItems": MOST_ITEMS},
    "seconds": {"type": "number", "exclusiveMinimum": 0, "maximum": LONGEST_PHASE_S},
    **dict.fromkeys(("equipment", "cautions", "mistakes", "tips", "notes"), _TEXTS),
    "wait": {"type": "boolean"},
    "hold": {"type": "boolean"},
    **{name: {"$ref": f"#/$defs/{name.title()}"} for name in ("posture", "sides", "breath")},
}


def schema(names: Iterable[str] = ()) -> Schema:
    """Return the schema; `names` are the exercises of the library, any text where there are none."""
    known = sorted(names)
    exercise = _fields(EXERCISE) | {name: _dose(spec) for name, spec in DOSE.items()}
    same = {name: {"$ref": f"#/$defs/Exercise/properties/{name}"} for name in exercise}
    use = {"use": {"$ref": "#/$defs/LibraryName", "description": USE}} | same
    words = {
        each.__name__: {"description": each.__doc__, "enum": [*each], "type": "string"}
        for each in (Posture, Sides, Breath)
    }
    patterns = {
        name: {"type": "string", "pattern": pattern, "description": about}
        for name, (pattern, about) in _PATTERNS.items()
    }
    library_name = {"type": "string", "description": "An exercise of the library."}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_record(_fields(PROGRAM), "A voicecoach program.", "title", "exercises"),
        "$defs": {
            **words,
            **patterns,
            "LibraryName": library_name | ({"enum": known} if known else {}),
            "Phase": _record(_fields(PHASE), "One part of a repetition.", "cue"),
            "Exercise": _record(exercise, "An exercise written out.", "name", "steps"),
            "Use": _record(use, "An exercise of the library with changes.", "use"),
            "Entry": {"anyOf": [{"$ref": f"#/$defs/{each}"} for each in ("LibraryName", "Use", "Exercise")]},
        },
    }


def _record(fields: Schema, about: str, *required: str) -> Schema:
    return {
        "type": "object",
        "description": about,
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def _fields(about: dict[str, str]) -> Schema:
    """Return what each field accepts: its type, its limits, and nothing (null) where it may be absent."""
    kinds = {name: _KINDS.get(name, _TEXT) for name in about}
    given = {name: kind if name in _REQUIRED else {"anyOf": [kind, {"type": "null"}]} for name, kind in kinds.items()}
    return {name: {"description": text} | given[name] for name, text in about.items()}


def _dose(spec: DoseField) -> Schema:
    unit_ms = 1000 if spec.timed else 1
    number = {"type": "integer", "minimum": -(-spec.lowest // unit_ms), "maximum": spec.highest // unit_ms}
    text = ("Time" if spec.bare else "TimeWithUnit") if spec.timed else "Count"
    variants: list[Schema] = [{"$ref": f"#/$defs/{text}"}, {"type": "null"}]
    return {"description": spec.about, "anyOf": ([number] if spec.bare else []) + variants}


if __name__ == "__main__":
    text = json.dumps(schema(library.exercise_names()), indent=2, ensure_ascii=False)
    SCHEMA.write_text(f"{text}\n", encoding="utf-8")

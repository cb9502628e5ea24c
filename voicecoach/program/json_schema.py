"""The JSON Schema of a program file (draft 2020-12), by which editors complete, explain and check it."""

from collections.abc import Iterable
from typing import Any

from voicecoach.model import Program
from voicecoach.program.exercise import adapter_of
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
_TEXT = {"minLength": 1, "maxLength": LONGEST_TEXT}

_LIMITS: dict[str, Schema] = {
    "title": {"minLength": 1, "maxLength": LONGEST_NAME},
    "name": {"minLength": 1, "maxLength": LONGEST_NAME},
    "steps": {"minItems": 1, "maxItems": MOST_ITEMS},
    "seconds": {"exclusiveMinimum": 0, "maximum": LONGEST_PHASE_S},
    "language": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
}
_OF_A_TYPE: dict[str, Schema] = {"string": {"maxLength": LONGEST_TEXT}, "array": {"maxItems": MOST_ITEMS}}


def schema(names: Iterable[str] = ()) -> Schema:
    """Return the schema; `names` are the exercises of the library, any text where there are none."""
    made = adapter_of(Program).json_schema()["$defs"]
    exercise = _fields(made["Exercise"], EXERCISE) | {name: _dose(spec) for name, spec in DOSE.items()}
    known = sorted(names)
    program = _fields(made["Program"], PROGRAM)
    program["exercises"] |= {"minItems": 1, "maxItems": MOST_EXERCISES, "items": {"$ref": "#/$defs/Entry"}}
    parts = {name: _plain(made[name]) for name in ("Posture", "Sides", "Breath")} | {
        name: {"type": "string", "pattern": pattern, "description": about}
        for name, (pattern, about) in _PATTERNS.items()
    }
    same = {name: {"$ref": f"#/$defs/Exercise/properties/{name}"} for name in exercise}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_record(program, "A voicecoach program.", "title", "exercises"),
        "$defs": parts
        | {
            "LibraryName": {"type": "string", "description": "An exercise of the library."}
            | ({"enum": known} if known else {}),
            "Phase": _record(_fields(made["Phase"], PHASE), "One part of a repetition.", "cue"),
            "Exercise": _record(exercise, "An exercise written out.", "name", "steps"),
            "Use": _record(
                {"use": {"$ref": "#/$defs/LibraryName", "description": USE}} | same,
                "An exercise of the library with changes.",
                "use",
            ),
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


def _fields(made: Schema, about: dict[str, str]) -> Schema:
    types = made["properties"]
    return {name: {"description": text} | _field(name, _plain(types[name])) for name, text in about.items()}


def _field(name: str, made: Schema) -> Schema:
    """Return what one field accepts: its type, its limits, and nothing (null) where it may be absent."""
    limited = made | _OF_A_TYPE.get(made.get("type", ""), {}) | _LIMITS.get(name, {})
    if limited.get("items", {}).get("type") == "string":
        limited["items"] = limited["items"] | _TEXT
    if name in _REQUIRED:
        return limited
    variants = limited.pop("anyOf", None) or [limited]
    numeric = {"number": _LIMITS["seconds"]}
    bounded = [each | numeric.get(each.get("type", ""), {}) for each in variants if each != {"type": "null"}]
    return {"anyOf": [*bounded, {"type": "null"}]}


def _dose(spec: DoseField) -> Schema:
    unit_ms = 1000 if spec.timed else 1
    number = {"type": "integer", "minimum": -(-spec.lowest // unit_ms), "maximum": spec.highest // unit_ms}
    text = ("Time" if spec.bare else "TimeWithUnit") if spec.timed else "Count"
    variants: list[Schema] = [{"$ref": f"#/$defs/{text}"}, {"type": "null"}]
    return {"description": spec.about, "anyOf": ([number] if spec.bare else []) + variants}


def _plain(made: Schema) -> Schema:
    """Return a part of pydantic's schema without titles and defaults, which say nothing to a reader."""
    return {key: value for key, value in made.items() if key not in {"title", "default"}}

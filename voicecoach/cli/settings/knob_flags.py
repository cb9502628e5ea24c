"""The knobs as flags: what Typer makes options of, and how the words of all become a `Pacing`."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

import typer

from voicecoach.errors import UsageError
from voicecoach.knob import Knob, KnobError
from voicecoach.knobs import KNOBS
from voicecoach.model import Override, Pacing

Texts = Mapping[str, str | list[str] | None]
"""What was written, by the names of knobs; nothing for those that are not mentioned."""

Completion = Callable[[Knob], Callable[[typer.Context, str], list[str]]]


class PresetOverride(Override):
    """An override that was preset, not given: it holds for the exercises that take it, and for no other."""


def knob_parameters(completion: Completion) -> list[inspect.Parameter]:
    """Return the parameters that Typer makes the flags of all knobs of."""
    return [
        inspect.Parameter(
            knob.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=None if knob.is_dose else knob.default,
            annotation=Annotated[
                list[str] | None if knob.is_dose else str,
                typer.Option(f"--{knob.flag}", metavar=knob.metavar, help=knob.help, autocompletion=completion(knob)),
            ],
        )
        for knob in KNOBS
    ]


def parse_pacing(texts: Texts, preset: frozenset[str] = frozenset(), given: frozenset[str] = frozenset()) -> Pacing:
    """Return the pacing that was asked for; raises UsageError.

    The names that are `preset` and those `given` on the command line are wishes, and all others defaults.
    """
    asked = preset | given
    texts = _choose_one_share(texts, asked, given)
    fields: dict[str, Any] = {"lead_in_given": "lead_in" in asked}
    overrides: list[Override] = []
    for knob in KNOBS:
        text = texts.get(knob.name)
        if isinstance(text, list):
            kind = PresetOverride if knob.name in preset else Override
            overrides += [_parse_dose(knob, each, kind) for each in text]
        elif text is not None and (text or knob.name in asked):
            fields[knob.field] = parse_knob(knob, text)
    _refuse_two_values(overrides)
    return replace(Pacing(overrides=tuple(overrides)), **fields)


def parse_knob(knob: Knob, text: str) -> Any:  # noqa: ANN401 - each knob has a type of its own
    """Read one value of a flag; raises UsageError."""
    try:
        return knob.parse(text)
    except KnobError as error:
        raise UsageError(f"--{knob.flag}: {error.what}", error.hint) from None


def _choose_one_share(texts: Texts, asked: frozenset[str], given: frozenset[str]) -> Texts:
    """Return the texts with the effort or the target length, as one alone chooses where in ranges to stand.

    A flag is over a setting, and a target over an effort. Raises UsageError where both are flags.
    """
    if {"effort", "fit"} <= given:
        raise UsageError("--effort: --fit chooses where in a stated range to stand", "leave out --effort")
    is_fitted = bool(texts.get("fit")) or "fit" in asked
    return {**texts, ("fit" if "effort" in given or not is_fitted else "effort"): None}


def _parse_dose(knob: Knob, text: str, kind: type[Override]) -> Override:
    name, named, value = text.rpartition("=")
    if named and not name.strip():
        raise UsageError(f'--{knob.flag}: "{text}" names no exercise', f"write it before the =, or {value} alone")
    return kind(knob.flag, parse_knob(knob, value), name.strip())


def _refuse_two_values(overrides: list[Override]) -> None:
    meant: dict[tuple[str, str], int] = {}
    for each in overrides:
        if meant.setdefault((each.field, each.exercise.lower()), each.value) != each.value:
            of = f" of {each.exercise}" if each.exercise else ""
            raise UsageError(f"--{each.field}{of} is given twice, with two values", "leave one out")

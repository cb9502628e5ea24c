"""Flags: those of the knobs, how the words of all these become a `Pacing`, and which flags can be preset."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

import typer

from voicecoach.cli.settings.values import Flag, Key
from voicecoach.errors import UsageError
from voicecoach.knobs import KNOBS, Knob
from voicecoach.model import Override, Pacing

NEVER_PRESET = {"version", "help", "install-completion", "show-completion", "delete", "yes"}
"""Flags that say something and leave, or take something away: nobody means that every time."""

WITHOUT_PRESETS = {"config", "import"}
"""What tells of the settings, whatever those are, and what is about the blanks of one page."""

Texts = Mapping[str, str | list[str] | None]
"""What was written, by the names of knobs; nothing for those that are not mentioned."""

Command = Any
"""A command of Click, or of Typer's own copy of it."""


class PresetOverride(Override):
    """An override that was preset, not given: it holds for the exercises that take it, and for no other."""


def knob_parameters(completion: Callable[[Knob], Callable[..., list[str]]]) -> list[inspect.Parameter]:
    """Return the parameters that Typer makes the flags of all knobs of."""
    kind, made = inspect.Parameter.KEYWORD_ONLY, []
    for knob in KNOBS:
        says = typer.Option(f"--{knob.flag}", metavar=knob.metavar, help=knob.help, autocompletion=completion(knob))
        form: Any = Annotated[list[str] | None, says] if knob.is_dose else Annotated[str, says]
        default = None if knob.is_dose else knob.default
        made.append(inspect.Parameter(knob.name, kind, default=default, annotation=form))
    return made


def parse_pacing(texts: Texts, preset: frozenset[str] = frozenset(), given: frozenset[str] = frozenset()) -> Pacing:
    """Return the pacing of texts: those `preset` and those `given` are wishes, others defaults; raises UsageError."""
    asked = preset | given
    texts = _choose_one_share(texts, asked, given)
    fields: dict[str, Any] = {"lead_in_given": "lead_in" in asked}
    overrides: list[Override] = []
    for knob in KNOBS:
        text = texts.get(knob.name)
        if isinstance(text, list):
            kind = PresetOverride if knob.name in preset else Override
            overrides += [_parse_dose(knob, dose, kind) for dose in text]
        elif text is not None and (text or knob.name in asked):
            fields[knob.field] = knob.parse(text)
    meant: dict[tuple[str, str], int] = {}
    for each in overrides:
        if meant.setdefault((each.field, each.exercise.lower()), each.value) != each.value:
            of = f" of {each.exercise}" if each.exercise else ""
            raise UsageError(f"--{each.field}{of} is given twice, with two values", "leave one out")
    return replace(Pacing(overrides=tuple(overrides)), **fields)


def preset_flags(command: Command, path: Key = ()) -> Iterator[Flag]:
    """Yield the flags of a command, and of all commands below it."""
    if path[:1] and path[0] in WITHOUT_PRESETS:
        return
    for option in command.params:
        # The long name of a flag, without its dashes.
        key = max(option.opts, key=len).lstrip("-")
        if option.param_type_name == "option" and key not in NEVER_PRESET:
            yield Flag(path, key, option)
    for name in getattr(command, "commands", {}):
        yield from preset_flags(command.load(name), (*path, name))


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
    return kind(knob.flag, knob.parse(value), name.strip())

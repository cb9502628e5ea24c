"""What flags mean for a program: which exercises they name, and what a person should know about them."""

from dataclasses import replace

from voicecoach.cli.settings.flags import PresetOverride
from voicecoach.cli.tables import range_words
from voicecoach.errors import UsageError, misspelt
from voicecoach.model import Exercise, Override, Pacing
from voicecoach.script.prescription import TIMES, is_breathing, is_named, outside, stated, takes
from voicecoach.session import Session
from voicecoach.units import compose_ms


def flag_remarks(session: Session) -> tuple[str, ...]:
    """Return what a person should know about the flags: doses outside their range, flags without effect.

    Raises UsageError for a flag that names no exercise of the program, or one that has no such dose.
    """
    exercises = session.program.exercises
    said = []
    for override in session.pacing.overrides:
        named = _named(override, exercises)
        takers = _takers(override, exercises)
        if not named:
            names = " or ".join(each.key or each.name for each in exercises)
            raise UsageError(f'--{override.field}: no exercise "{override.exercise}" in this program', f"write {names}")
        if not takers and override.exercise:
            raise UsageError(f"--{override.field}: {named[0].name} has no {override.field}", "leave it out")
        if not takers:
            said.append(f"--{override.field} changes nothing: no exercise of this program has it")
    if session.pacing.breath and session.pacing.breath.paused and not all(map(is_breathing, exercises)):
        said.append("--breath: a breath with pauses is for breathing exercises; elsewhere it is 4-6")
    said += [_outside(each, name, session.pacing) for each in exercises for name in outside(each, session.pacing)]
    return tuple(said)


def without_idle_presets(pacing: Pacing, exercises: tuple[Exercise, ...]) -> Pacing:
    """Return the pacing without the preset doses that none of the exercises takes."""
    kept = (each for each in pacing.overrides if not isinstance(each, PresetOverride) or _takers(each, exercises))
    return replace(pacing, overrides=tuple(kept))


def start_at(session: Session, place_or_name: str) -> Session:
    """Return the session from an exercise on, given by its number from 1 or its name; raises UsageError."""
    exercises = session.program.exercises
    if place_or_name.isascii() and place_or_name.isdigit():
        start = int(place_or_name)
    else:
        start = next((n for n, each in enumerate(exercises, 1) if is_named(each, place_or_name)), 0)
    if not 1 <= start <= len(exercises):
        names = [each.key or each.name for each in exercises]
        what = f'--from: no exercise "{place_or_name}" in this program'
        raise misspelt(what, place_or_name, names, f"write 1 to {len(exercises)} or {', '.join(names)}")
    return replace(session, start=start)


def _named(override: Override, exercises: tuple[Exercise, ...]) -> list[Exercise]:
    return [each for each in exercises if not override.exercise or is_named(each, override.exercise)]


def _takers(override: Override, exercises: tuple[Exercise, ...]) -> list[Exercise]:
    named = _named(override, exercises)
    return [each for each in named if takes(each, override.field, named=bool(override.exercise))]


def _outside(exercise: Exercise, field: str, pacing: Pacing) -> str:
    span, value = getattr(exercise.dose, field), stated(exercise, pacing)[field]
    told = compose_ms(value) if field in TIMES else str(value)
    return f"{exercise.name}: {field} {told} is outside the stated {range_words(field, span)}"

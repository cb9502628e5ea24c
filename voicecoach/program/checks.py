"""What the types of the model cannot say: which fields go together, and how much is too much."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from voicecoach.model import LONGEST_PROGRAM_MS, TOO_LONG, Exercise, Program, Sides
from voicecoach.program.fields import LONGEST_CITED, LONGEST_NAME, MOST_EXERCISES, MOST_ITEMS
from voicecoach.units import Range, compose_ms

# The shape of a BCP 47 tag (RFC 5646, 2.1), without its registry.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_LISTS = ("steps", "phases", "equipment", "cautions", "mistakes", "tips", "notes")
# A repetition or breath whose length is not stated: three seconds there, three back.
_UNSTATED_MS = 6000
_BRACES = re.compile(r"\{([^{}]*)\}")
FILLED_IN = ("side", "other")
"""The words that may stand in braces, where an exercise has sides."""
_ON_A_SIDE = ("position", "steps", "cautions", "mistakes", "tips")
# The other texts that are spoken: of every repetition, so that no side is filled in.
_AS_THEY_ARE = ("name", "leave", "equipment")


class ProgramFault(NamedTuple):
    """What is wrong at the end of a `path` into an exercise or program, and what to do.

    `fields` are those the finding rests on: where one of them is faulty itself, it is not one.
    """

    path: tuple[str | int, ...]
    fields: frozenset[str]
    what: str
    hint: str


def exercise_faults(exercise: Exercise) -> Iterator[ProgramFault]:
    """Yield what is wrong with an exercise whose fields have the right types."""
    yield from _name("name", exercise.name)
    for check in (_lists, _phases, _pairs, contradictions, _spoken):
        yield from check(exercise)


def contradictions(exercise: Exercise) -> Iterator[ProgramFault]:
    """Yield a duration that would not be done: a count says how much as well, or even once takes longer.

    Beside a count alone it is no contradiction: so long, so often.
    """
    dose = exercise.dose
    if dose.duration is None or (dose.hold is dose.breaths is None and not exercise.phases):
        return
    # What a duration would otherwise be filled with.
    counted = next((field for field in ("breaths", "reps", "cycles") if getattr(dose, field) is not None), "")
    hold_ms = dose.hold.lo if dose.hold else 0
    once_ms = _phases_ms(exercise, hold_ms) or hold_ms
    if counted:
        what = f"duration and {counted} both say how much is done"
        yield _fault("duration", what, f"remove the duration, or the {counted}", counted, "hold", "phases")
    elif dose.duration.lo < once_ms:
        what = f"duration is {compose_ms(dose.duration.lo)}, but once takes {compose_ms(once_ms)}"
        hint = "lengthen the duration, or shorten what is done in it"
        yield _fault("duration", what, hint, "hold", "phases")


def program_faults(program: Program) -> Iterator[ProgramFault]:
    """Yield what is wrong with a program whose exercises are right."""
    yield from _name("title", program.title)
    for field in ("title", "intro"):
        yield from _braces((field,), getattr(program, field), ())
    if not _LANGUAGE.fullmatch(program.language):
        yield _fault("language", "language is not a language tag", "write one like en, en-GB or cs")
    if not program.exercises:
        yield _fault("exercises", "the program has no exercises", "list at least one")
    if len(program.exercises) > MOST_EXERCISES:
        found = f"the program has {len(program.exercises):,} exercises"
        yield _fault("exercises", found, f"keep to {MOST_EXERCISES}")
    if sum(map(longest_ms, program.exercises)) > LONGEST_PROGRAM_MS:
        yield _fault("exercises", *TOO_LONG)


def longest_ms(exercise: Exercise) -> int:
    """Return about how long the upper ends of an exercise's stated doses take, in milliseconds."""
    dose = exercise.dose
    hold = _hi(dose.hold)
    repetition = _phases_ms(exercise, hold) or hold + (0 if hold and not dose.reps else _UNSTATED_MS)
    times = max(_hi(dose.reps, 1), _hi(dose.cycles))
    work = max(repetition * times, _hi(dose.breaths) * _UNSTATED_MS, _hi(dose.duration))
    sides = 2 if exercise.sides is Sides.EACH else 1
    return _hi(dose.sets, 1) * (sides * work + _hi(dose.rest))


def _phases_ms(exercise: Exercise, hold_ms: int) -> int:
    return sum(hold_ms if phase.hold else round(1000 * (phase.seconds or 0)) for phase in exercise.phases)


def _hi(span: Range | None, unstated: int = 0) -> int:
    return unstated if span is None else span.hi


def _fault(at: str | tuple[str | int, ...], what: str, hint: str, *others: str) -> ProgramFault:
    path = (at,) if isinstance(at, str) else at
    return ProgramFault(path, frozenset((str(path[0]), *others)), what, hint)


def _name(field: str, text: str) -> Iterator[ProgramFault]:
    if not text:
        yield _fault(field, f"{field} is empty", "write a few words")
    if len(text) > LONGEST_NAME:
        yield _fault(field, f"{field} has {len(text)} characters", f"write at most {LONGEST_NAME}")


def _lists(exercise: Exercise) -> Iterator[ProgramFault]:
    if not exercise.steps:
        yield _fault("steps", "steps is empty", "write at least one")
    for field in _LISTS:
        items = getattr(exercise, field)
        if len(items) > MOST_ITEMS:
            yield _fault(field, f"{field} has {len(items):,} items", f"keep to {MOST_ITEMS}")
        for index, item in enumerate(items):
            if item == "":
                yield _fault((field, index), f"{field} item {index + 1} is empty", "remove it")


def _phases(exercise: Exercise) -> Iterator[ProgramFault]:
    for index, phase in enumerate(exercise.phases):
        path, called = ("phases", index), f"phases item {index + 1}"
        if not phase.cue:
            yield _fault(path, f"{called}: cue is empty", "write the words that start it")
        if phase.hold and phase.seconds is not None:
            hint = "remove the seconds, since the exercise's hold is its length"
            yield _fault(path, f"{called}: holds and has seconds too", hint)
        if not phase.hold and phase.seconds is None:
            yield _fault(path, f"{called}: has no length", "add seconds: 4, or hold: true")


def _pairs(exercise: Exercise) -> Iterator[ProgramFault]:
    """Yield fields that stand without the one they need."""
    holding = any(phase.hold for phase in exercise.phases)
    if holding and exercise.dose.hold is None:
        hint = "add hold: 5s to the exercise, or give the phase seconds"
        yield _fault("phases", "a phase holds, but the exercise has no hold", hint, "hold")
    if exercise.phases and not holding and exercise.dose.hold:
        hint = "add {cue: Hold, hold: true} to the phases, or remove the hold"
        yield _fault("hold", "the exercise has a hold, but none of its phases holds", hint, "phases")
    if exercise.sides is Sides.ALTERNATE and exercise.dose.reps is None:
        yield _fault("sides", "alternating sides need reps", "add reps, the total of both sides", "reps")


def _spoken(exercise: Exercise) -> Iterator[ProgramFault]:
    words = () if exercise.sides is Sides.NONE else FILLED_IN
    for index, phase in enumerate(exercise.phases):
        yield from _braces(("phases", index, "cue"), phase.cue, words)
    for fields, offered in ((_ON_A_SIDE, words), (_AS_THEY_ARE, ())):
        for field in fields:
            texts = getattr(exercise, field)
            for index, text in enumerate((texts,) if isinstance(texts, str) else texts):
                yield from _braces((field, index), text, offered)


def _braces(path: tuple[str | int, ...], text: str, offered: tuple[str, ...]) -> Iterator[ProgramFault]:
    """Yield the words in braces for which nothing is filled in."""
    for word in dict.fromkeys(_BRACES.findall(text)):
        if word in offered:
            continue
        name = word if len(word) <= LONGEST_CITED else f"{word[:LONGEST_CITED]}..."
        what, hint = f"{{{name}}} is a side, but the exercise has none", "add sides: each, or write the side out"
        if word not in FILLED_IN or path[0] not in {*_ON_A_SIDE, "phases"}:
            what = f"nothing is filled in for {{{name}}}"
            hint = "only {side} and {other} are, in position, steps, cautions, mistakes, tips and cues"
        yield _fault(path, what, hint, "sides")

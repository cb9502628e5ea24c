"""What `list`, `show` and `voices` print, line by line."""

from collections.abc import Iterable, Iterator
from itertools import chain

from voicecoach import library
from voicecoach.errors import UnknownNameError
from voicecoach.events import Filled
from voicecoach.model import Dose, Exercise, Pacing, Program, Sides
from voicecoach.script.order import Changes, changes, suggested_order
from voicecoach.script.prescription import Prescription, prescribe
from voicecoach.units import clock, compose_count_range, compose_ms, compose_time_range

_TIMES = {"hold", "rest", "duration"}


def library_lines() -> Iterator[str]:
    """Yield the library: programs with their titles, exercises with posture and stated dose."""
    programs = [(name, library.load_program(name).title) for name in library.program_names()]
    yield "Programs"
    yield from columns(programs)
    yield ""
    yield "Exercises"
    yield from columns(
        (name, each.posture or "", stated_words(each)) for name, each in library.exercises().items()
    )


def program_lines(
    program: Program, pacing: Pacing, filled: Iterable[Filled], duration_ms: int | None
) -> Iterator[str]:
    """Yield one program: its length, its exercises with stated and settled doses, and what is `filled` in.

    None is the length of a program that cannot be spoken.
    """
    language = f"no length, as there are no cue wordings for the language {program.language} yet"
    yield f"{program.title} - {language if duration_ms is None else f'{clock(duration_ms)} at this pace'}"
    if program.intro:
        yield program.intro
    yield ""
    rows = []
    for number, exercise in enumerate(program.exercises, 1):
        rows.append((str(number), exercise.name, exercise.posture or "", stated_words(exercise),
                     settled_words(exercise, prescribe(exercise, pacing))))  # fmt: skip
    yield from columns([("", "Exercise", "Posture", "Stated", "Done here"), *rows])
    told = [f"  {each.exercise}: {each.field} {each.value}" for each in filled]
    if told:
        yield ""
        yield "Filled in, or made even:"
        yield from told


def unspoken_lines(program: Program, pacing: Pacing) -> Iterator[str]:
    """Yield one program in a language without cue wordings: its doses, and what would be filled in."""
    plans = [prescribe(exercise, pacing) for exercise in program.exercises]
    yield from program_lines(program, pacing, chain.from_iterable(plan.filled for plan in plans), None)


def order_lines(program: Program) -> Iterator[str]:
    """Yield the order with the fewest changes of position, as a suggestion, or that it is this one."""
    order = suggested_order(program.exercises)
    now, then = changes(program.exercises), changes(tuple(program.exercises[place] for place in order))
    yield ""
    if now == then:
        yield "Order: no other has fewer changes of position."
        return
    yield f"An order with {_change_words(then)} instead of {_change_words(now)}:"
    yield from columns((str(place + 1), program.exercises[place].name) for place in order)


def _change_words(count: Changes) -> str:
    noun = "change" if count.positions == 1 else "changes"
    return f"{count.positions} {noun} of position ({count.levels} down or up)"


def stated_words(exercise: Exercise) -> str:
    """Return a dose as stated, ranges and all, or that none is."""
    dose = exercise.dose
    parts = []
    for name in Dose.__dataclass_fields__:
        span = getattr(dose, name)
        if span is not None:
            parts.append(
                f"{name} {compose_time_range(span) if name in _TIMES else compose_count_range(span)}"
            )
    return ", ".join(parts + _side_words(exercise)) or "no dose stated"


def settled_words(exercise: Exercise, plan: Prescription) -> str:
    """Return what is done of an exercise: sets x repetitions, hold and sides."""
    parts = [f"{plan.sets} x {plan.reps} {'breaths' if plan.breathing else 'times'}"]
    if plan.hold_ms:
        parts.append(f"{'for' if plan.timed else 'hold'} {compose_ms(plan.hold_ms)}")
    return ", ".join(parts + _side_words(exercise))


def voice_lines(language: str) -> Iterator[str]:
    """Yield the voices: name, language, how they describe themselves, and their engine.

    Raises UnknownNameError where there is none of that language.
    """
    from voicecoach.engines.table import list_voices

    every = list_voices()
    rows = [
        (voice.name, voice.language, voice.description, engine)
        for engine, voice in every
        if voice.language.lower().startswith(language.lower())
    ]
    if not rows:
        known = {voice.language for _, voice in every}
        raise UnknownNameError("voice for the language", language, known, "`voicecoach voices` lists all")
    yield from columns([("Voice", "Language", "Description", "Engine"), *rows])


def _side_words(exercise: Exercise) -> list[str]:
    said = {Sides.NONE: [], Sides.EACH: ["each side"], Sides.ALTERNATE: ["alternating sides"],
            Sides.LEFT: ["left side"], Sides.RIGHT: ["right side"]}  # fmt: skip
    return said[exercise.sides]


def columns(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns, two spaces apart."""
    every = list(rows)
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    for row in every:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()

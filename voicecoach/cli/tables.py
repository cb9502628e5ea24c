"""Doses in words and as JSON, and lines in columns: what several commands print."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from voicecoach.model import Dose, Exercise, Sides
from voicecoach.script.prescription import TIMES, Prescription
from voicecoach.units import Range, compose_count_range, compose_ms, compose_time_range

_SIDES = {Sides.NONE: (), Sides.EACH: ("each side",), Sides.ALTERNATE: ("alternating sides",),
          Sides.LEFT: ("left side",), Sides.RIGHT: ("right side",)}  # fmt: skip


def stated_words(exercise: Exercise) -> str:
    """Return a dose as stated, ranges and all, or that none is."""
    parts = [
        f"{name} {compose_time_range(span) if name in TIMES else compose_count_range(span)}"
        for name, span in _spans(exercise.dose)
    ]
    return ", ".join([*parts, *_SIDES[exercise.sides]]) or "no dose stated"


def dose_object(dose: Dose) -> dict[str, object]:
    """Return a dose as stated, for JSON: ranges of counts, and of milliseconds."""
    return {f"{name}_ms" if name in TIMES else name: asdict(span) for name, span in _spans(dose)}


def prescription_words(exercise: Exercise, plan: Prescription) -> str:
    """Return what is done of an exercise: sets x repetitions, hold and sides."""
    parts = [_amount(plan)]
    if plan.hold_ms:
        parts.append(f"{'for' if plan.timed else 'hold'} {compose_ms(plan.hold_ms)}")
    return ", ".join([*parts, *_SIDES[exercise.sides]])


def prescription_object(plan: Prescription) -> dict[str, object]:
    """Return what is done of an exercise, for JSON; `hold_ms` of a `timed` one is a stretch of movement."""
    return {
        "sets": plan.sets, "reps": plan.reps, "hold_ms": plan.hold_ms, "rest_ms": plan.rest_ms,
        "breathing": plan.breathing, "timed": plan.timed,
    }  # fmt: skip


def columns(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield rows as lines with aligned columns, two spaces apart."""
    every = list(rows)
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    for row in every:
        yield "  " + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def _spans(dose: Dose) -> Iterator[tuple[str, Range]]:
    for name in Dose.__dataclass_fields__:
        span = getattr(dose, name)
        if span is not None:
            yield name, span


def _amount(plan: Prescription) -> str:
    """Return "2 x 10 times", and what one of anything is called."""
    one, many = ("1 breath", "breaths") if plan.breathing else ("once", "times")
    if plan.reps > 1:
        return f"{plan.sets} x {plan.reps} {many}"
    return one if plan.sets == 1 else f"{plan.sets} x {one}"

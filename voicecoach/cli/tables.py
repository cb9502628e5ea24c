"""Doses in words and as JSON, and lines in columns: what several commands print."""

from collections.abc import Iterable
from dataclasses import asdict

from voicecoach.model import Dose, Exercise, Sides
from voicecoach.script.prescription import TIMES, Prescription
from voicecoach.units import Range, compose_count_range, compose_ms, compose_time_range

_SIDES = {Sides.NONE: (), Sides.EACH: ("each side",), Sides.ALTERNATE: ("alternating sides",),
          Sides.LEFT: ("left side",), Sides.RIGHT: ("right side",)}  # fmt: skip


def stated_words(exercise: Exercise) -> str:
    """Return a dose as stated, ranges and all, or that none is."""
    parts = [f"{name} {range_words(name, span)}" for name, span in exercise.dose.spans.items()]
    return ", ".join([*parts, *_SIDES[exercise.sides]]) or "no dose stated"


def dose_object(dose: Dose) -> dict[str, object]:
    """Return a dose as stated, for JSON: ranges of counts, and of milliseconds."""
    return {f"{name}_ms" if name in TIMES else name: asdict(span) for name, span in dose.spans.items()}


def range_words(field: str, span: Range) -> str:
    """Return the range of a dose as a person reads it: times as times, and counts as they are."""
    return compose_time_range(span) if field in TIMES else compose_count_range(span)


def prescription_words(exercise: Exercise, plan: Prescription) -> str:
    """Return what is done of an exercise: sets x repetitions, hold and sides."""
    one, many = ("1 breath", "breaths") if plan.breathing else ("once", "times")
    each = f"{plan.reps} {many}" if plan.reps > 1 else one
    amount = each if plan.sets == 1 and plan.reps == 1 else f"{plan.sets} x {each}"
    held = [f"{'for' if plan.timed else 'hold'} {compose_ms(plan.hold_ms)}"] if plan.hold_ms else []
    return ", ".join([amount, *held, *_SIDES[exercise.sides]])


def columns(rows: Iterable[tuple[str, ...]]) -> str:
    """Return rows as lines with aligned columns, two spaces apart."""
    every = list(rows)
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    padded = ((f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) for row in every)
    return "\n".join("  " + "  ".join(cells).rstrip() for cells in padded)

"""Doses that no day has room for: misread numbers, multiplied with each other, are not taken."""

from collections.abc import Iterable
from dataclasses import replace

from voicecoach.articles.evidence import Reading
from voicecoach.articles.find import LeftOut
from voicecoach.model import LONGEST_PROGRAM_MS, Dose, Sides
from voicecoach.program.checks import longest_ms

_DOSE = frozenset(Dose.__dataclass_fields__)


def within_a_day(readings: Iterable[Reading]) -> tuple[tuple[Reading, ...], tuple[LeftOut, ...]]:
    """Return the readings, without the doses of those that would make a session longer than a day."""
    kept, left_out, total_ms = [], [], 0
    for reading in readings:
        length_ms = longest_ms(reading.exercise)
        if total_ms + length_ms <= LONGEST_PROGRAM_MS:
            total_ms += length_ms
            kept.append(reading)
            continue
        evidence = {field: each for field, each in reading.evidence.items() if field not in _DOSE}
        sides = Sides.NONE if reading.exercise.sides is Sides.ALTERNATE else reading.exercise.sides
        bare = replace(reading.exercise, dose=Dose(), sides=sides)
        kept.append(replace(reading, exercise=bare, evidence=evidence))
        place, name = reading.evidence["name"].line, reading.exercise.name
        left_out.append(LeftOut(place, f"the dose of {name}", "the doses add up to more than a day"))
    return tuple(kept), tuple(left_out)

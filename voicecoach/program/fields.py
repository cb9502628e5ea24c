"""The form of a program file: its fields, what each means, what it may hold, and how a dose is read."""

from math import isfinite
from typing import NamedTuple

from voicecoach.units import (
    HOUR_MS,
    Range,
    compose_count_range,
    compose_ms,
    compose_time_range,
    parse_count_range,
    parse_time_range,
)

LONGEST_TEXT = 1000
"""Characters of one text: about a minute of speech."""
MOST_EXERCISES = 100
MOST_ITEMS = 60
"""Items of any list inside an exercise."""
LONGEST_FILE = 1_000_000
"""Characters of a file; the longest program of the library has about 3,000."""
LONGEST_NAME = 200
"""Characters of a title or a name, which becomes a chapter."""
LONGEST_PHASE_S = 120
LONGEST_CITED = 40
"""Characters of what a file holds that a message repeats."""

PROGRAM = {
    "title": "What the program is called.",
    "language": "The language of the texts as a BCP 47 tag, such as en or en-GB; en where it is absent.",
    "intro": "What is said before the first exercise.",
    "exercises": "The exercises in their order: a library name, a library exercise with changes (use), or "
    "one written out (name and steps).",
}

EXERCISE = {
    "name": "What the exercise is called.",
    "posture": "How the body rests during the exercise.",
    "position": "Words that lead into the starting position.",
    "leave": "Words that lead out of the position, before what comes next.",
    "steps": "What to do, one sentence a line. {side} and {other} become left and right where the exercise has sides.",
    "phases": "The parts of one repetition; without them it is a movement, the hold and the way back.",
    "sides": "Which sides work: none, each (one, then the other), alternate (every repetition), left, right.",
    "equipment": "What has to be at hand.",
    "cautions": "Warnings, spoken before the first movement.",
    "mistakes": "What often goes wrong.",
    "tips": "What makes it easier or better.",
    "frequency": "How often it is recommended, such as once a day.",
    "notes": "Further remarks, which are not spoken.",
    "source": "Where the exercise was described.",
    "wait": "True where a live session waits before the exercise until you say go.",
}

PHASE = {
    "cue": "The words that start this part.",
    "seconds": f"How long it lasts, up to {LONGEST_PHASE_S} seconds; absent where hold is true.",
    "breath": "What the breath does: in, out or free.",
    "hold": "True where this part lasts as long as the exercise's hold.",
}

USE = "The library exercise to start from; every other field here replaces its own."


class DoseField(NamedTuple):
    """One field of a dose: its bounds (milliseconds or counts), how it is read and composed, its meaning."""

    lowest: int
    highest: int
    timed: bool
    about: str
    bare: bool = True

    def read(self, value: object) -> Range:
        """Return what a file's `value` states; raises ValueError with what is wrong."""
        if isinstance(value, bool) or not isinstance(value, int | str):
            pointed = isinstance(value, float) and value.is_integer()
            wanted = "a time" if self.timed else "a whole number"
            raise ValueError(f"{cited(value)} is not {'written as ' if pointed else ''}{wanted}")  # noqa: TRY004
        if isinstance(value, int):
            if not self.bare:
                raise ValueError(f"{value} has no unit")
            number = value * 1000 if self.timed else value
            span = Range(number, number)
        else:
            span = parse_time_range(value, bare=self.bare) if self.timed else parse_count_range(value)
        if span.lo < self.lowest or span.hi > self.highest:
            raise ValueError(f"{cited(value)} is too {'little' if span.lo < self.lowest else 'much'}")
        return span

    def compose(self, span: Range) -> str | int:
        """Return a range as a file states it: a number where it is one count, else text."""
        if self.timed:
            return compose_time_range(span)
        return span.lo if span.lo == span.hi and not span.open_end else compose_count_range(span)

    @property
    def hint(self) -> str:
        """What may be written there."""
        if self.timed:
            bounds = "above 0s and at most" if self.lowest == 1 else f"from {compose_ms(self.lowest)} to"
            unit = "" if self.bare else " with its unit"
            return f"write a time{unit} like 30s or 20-30s, {bounds} {compose_ms(self.highest)}"
        return f"write a whole number from {self.lowest} to {self.highest}, or a range like 2-3"


DOSE = {
    "sets": DoseField(1, 20, timed=False, about="How many sets, as a number or a range."),
    "reps": DoseField(1, 200, timed=False, about="How many repetitions in a set, as a number or a range."),
    "hold": DoseField(1000, HOUR_MS, timed=True, about="How long to hold, such as 30s, 20-30s or up to 90s."),
    "rest": DoseField(0, 600_000, timed=True, about="How long to rest after a set and after the exercise."),
    "duration": DoseField(1, HOUR_MS, timed=True, about="How long to go on, such as 2m.", bare=False),
    "breaths": DoseField(1, 200, timed=False, about="How many breaths, as a number or a range."),
    "cycles": DoseField(1, 200, timed=False, about="How many rounds of the phases, as a number or a range."),
}
"""The bounds are what a person can be asked to do at one go; a longer rest ends a session.

A hold of less than a second has no room between the word that starts it and the one that ends it.
"""


def read_seconds(value: object) -> float:
    """Return the length of a phase in seconds; raises ValueError with what is wrong."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{cited(value)} is not a number of seconds")
    if not 0 < value <= LONGEST_PHASE_S:
        raise ValueError(f"{cited(value)} is too {'much' if value > 0 else 'little'}")
    return float(value)


SECONDS_HINT = f"write a number of seconds above 0 and at most {LONGEST_PHASE_S}, like 4"


def cited(value: object) -> str:
    """Return how a message names a wrong value."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case str():
            return f'"{value if len(value) <= LONGEST_CITED else value[:LONGEST_CITED] + "..."}"'
        case dict() | list() | tuple():
            return "a mapping" if isinstance(value, dict) else "a list"
    return "nothing"

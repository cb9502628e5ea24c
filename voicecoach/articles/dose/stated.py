"""What one sentence states about a dose."""

from dataclasses import dataclass

from voicecoach.model import Sides
from voicecoach.units import Range

FIELDS = ("hold", "reps", "sets", "rest", "duration", "breaths", "cycles", "sides", "frequency", "tempo")
"""All the fields that a statement can speak of."""

NO_VERB = "no verb says what the time is for"
"""The note of a time that stands with none."""

ROUNDS_AS_SETS = "rounds read as sets"
"""The note of a few rounds, which are sets where something else is counted or timed."""

SO_MANY_MORE = "so many more, after the first"
"""The note of repetitions that come on top of the first ("three more times")."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One field of a dose, where its words stand in the text, and how doubtful the reading is.

    `value` is a Range for hold, rest and duration (milliseconds) and for reps, sets, breaths and cycles
    (counts); `Sides` for sides; the words themselves for frequency and tempo; None for a blank that the
    page leaves to be filled in. `start` and `end` index the text that was read. `doubt` runs from 0
    (sure) to 1 (a guess), and `note` says why it is not 0. `label` tells that the value stood under a
    label, and `total` that it counts both sides or all sets together.
    """

    field: str
    value: Range | Sides | str | None
    start: int
    end: int
    doubt: float
    note: str = ""
    label: bool = False
    total: bool = False
